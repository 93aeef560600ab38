import { newId } from '../../id';
import { newSecret } from '../../credentials/scim-key';
import { hashSetupSecret, setupUrl } from '../../credentials/setup-link';
import type { Actor, AttributeChange, AuditAction, AuditEvent } from '../../store/audit/audit';
import { creatorOf } from '../../store/audit/creator';
import {
  isUsable,
  statusOf,
  type AccountRole,
  type SetupLink,
  type SetupLinkStatus,
} from '../../store/setup-links/setup-link';
import type { SetupLinkStore } from '../../store/setup-links/setup-link-store';
import { AdminError } from '../admin/admin-error';
import { validateMailAddress } from '../admin/admin-input';
import { domainNotFound } from '../domains/domain-admin';
import { CREATOR_CHECK, type CreatorRights } from './creator-rights';

/** A setup link as administrators see it. */
export interface SetupLinkSummary extends Pick<
  SetupLink,
  'linkId' | 'email' | 'accountRole' | 'createdAt' | 'createdBy' | 'expireTime' | 'openedAt' | 'revokedAt'
> {
  readonly status: SetupLinkStatus;
}

export interface NewSetupLink {
  readonly email: string;
  /** @default the link offers no account */
  readonly accountRole?: AccountRole;
}

export interface SetupLinkAdminDependencies {
  readonly links: SetupLinkStore;
  readonly creators: Pick<CreatorRights, 'endedLinks'>;
  /** The origin of the portal; absent if the deployment has none. */
  readonly portalUrl?: string;
  /** The days after which a link expires. */
  readonly days: number;
  readonly now: () => Date;
}

/** The limit of links of a domain that can be used. All links are read and shown at once. */
export const MAX_USABLE_LINKS = 20;

const DAY_MS = 86_400_000;

/** Creates, lists, and revokes the setup links of domains. Throws `AdminError`. */
export class SetupLinkAdmin {
  constructor(private readonly dependencies: SetupLinkAdminDependencies) {}

  /** Returns the link with its address, which cannot be read again. */
  async create(
    domainId: string,
    { email: input, accountRole }: NewSetupLink,
    actor: Actor,
  ): Promise<SetupLinkSummary & { url: string }> {
    const { portalUrl, days } = this.dependencies;
    if (portalUrl === undefined)
      throw new AdminError(
        'This deployment has no portal, which a setup link needs. Create a SCIM key, and send it to the person who ' +
          'sets up the identity provider.',
        'conflict',
      );
    const email = validateMailAddress(input);
    const now = this.dependencies.now();
    const secret = { domainId, linkId: newId(now), secret: newSecret() };
    const link: SetupLink = {
      linkId: secret.linkId,
      email,
      ...(accountRole && { accountRole }),
      hash: hashSetupSecret('link', secret),
      createdAt: now.toISOString(),
      ...creatorOf(actor),
      expireTime: new Date(now.getTime() + days * DAY_MS).toISOString(),
    };
    const audit = setupLinkEvent('setupLink.created', link.linkId, actor, now, [
      { attribute: 'email', after: email },
      { attribute: 'expireTime', after: link.expireTime },
      ...(accountRole ? [{ attribute: 'accountRole', after: accountRole }] : []),
    ]);
    await this.add(domainId, link, audit, now);
    return { ...summaryOf(link, now), url: setupUrl(portalUrl, secret) };
  }

  /** Adds a link if there is room. Repeats this if other links took the room that it has seen. */
  private async add(domainId: string, link: SetupLink, audit: AuditEvent, now: Date): Promise<void> {
    const { links } = this.dependencies;
    for (;;) {
      const additions = await links.additions(domainId);
      const room = MAX_USABLE_LINKS - (await this.usable(domainId, now)).length;
      if (room <= 0)
        throw new AdminError(
          `The domain already has ${MAX_USABLE_LINKS} setup links. Revoke those that are no longer needed.`,
          'conflict',
        );
      const outcome = await links.create(domainId, link, audit, { additions, room });
      if (outcome === 'noDomain') throw domainNotFound(domainId);
      if (outcome === 'created') return;
    }
  }

  /**
   * Returns the links that can be used. Revokes those whose creators may no longer create them, so that they
   * make room.
   */
  private async usable(domainId: string, now: Date): Promise<SetupLink[]> {
    const { links, creators } = this.dependencies;
    const unrevoked = (await links.list(domainId)).filter((each) => isUsable(each, now));
    const ended = await creators.endedLinks(domainId, unrevoked);
    for (const link of unrevoked)
      if (ended.has(link.linkId))
        await links.revoke(domainId, link.linkId, revocationEvent(link, CREATOR_CHECK, now));
    return unrevoked.filter(({ linkId }) => !ended.has(linkId));
  }

  /**
   * Returns the links of a domain, oldest first. Those that ended more than a month ago are not listed. A
   * link whose creator may no longer create it is as good as revoked.
   */
  async list(domainId: string): Promise<SetupLinkSummary[]> {
    const now = this.dependencies.now();
    const links = await this.dependencies.links.list(domainId);
    const usable = links.filter((link) => isUsable(link, now));
    const ended = await this.dependencies.creators.endedLinks(domainId, usable);
    return links.map((link) => ({
      ...summaryOf(link, now),
      ...(ended.has(link.linkId) && { status: 'revoked' as const }),
    }));
  }

  /** Revokes a link and the session of its browser, effective immediately. A call may be repeated. */
  async revoke(domainId: string, linkId: string, actor: Actor): Promise<void> {
    const { links } = this.dependencies;
    const link = await links.get(domainId, linkId);
    if (!link) throw new AdminError(`The domain ${domainId} has no setup link ${linkId}.`, 'notFound');
    if (link.revokedAt !== undefined) return;
    await links.revoke(domainId, linkId, revocationEvent(link, actor, this.dependencies.now()));
  }
}

function summaryOf(link: SetupLink, now: Date): SetupLinkSummary {
  const { linkId, email, accountRole, createdAt, createdBy, expireTime, openedAt, revokedAt } = link;
  const status = statusOf(link, now);
  return { linkId, email, accountRole, createdAt, createdBy, expireTime, openedAt, revokedAt, status };
}

export const setupLinkEvent = (
  action: AuditAction & `setupLink.${string}`,
  resourceId: string,
  actor: Actor,
  at: Date,
  changes: readonly AttributeChange[] = [],
): AuditEvent => ({ id: newId(), at: at.toISOString(), action, resourceId, actor, changes });

export const revocationEvent = ({ linkId, email }: SetupLink, actor: Actor, at: Date): AuditEvent =>
  setupLinkEvent('setupLink.revoked', linkId, actor, at, [
    { attribute: 'email', before: email },
    { attribute: 'revokedAt', after: at.toISOString() },
  ]);
