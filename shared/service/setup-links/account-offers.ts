import type { AccountRole, SetupLink } from '../../store/setup-links/setup-link';
import type { SetupLinkStore } from '../../store/setup-links/setup-link-store';
import type { InvitationStore } from '../../store/administrators/invitation-store';
import { AdminError } from '../admin/admin-error';
import { linkIdOfCaller } from '../credentials/caller-identity';

/** The invitation that the person with a link may request. */
export interface OfferedAccount {
  readonly email: string;
  readonly role: AccountRole;
}

export interface AccountOffersDependencies {
  readonly links: SetupLinkStore;
  readonly invitations: Pick<InvitationStore, 'get'>;
  readonly now: () => Date;
}

/** The number of times that the person with a link may request the account. */
export const MAX_ACCOUNT_SENDS = 5;

/**
 * The accounts that setup links offer. An offer is used once: it sends its invitation again only as long as
 * nobody has accepted, replaced, or withdrawn it. So somebody whose role was taken away does not get it back
 * with the link.
 */
export class AccountOffers {
  constructor(private readonly parts: AccountOffersDependencies) {}

  /** Returns the account that the link of a caller offers; undefined if there is none, or it was used. */
  async of(domainId: string, callerId: string): Promise<OfferedAccount | undefined> {
    const link = await this.linkOf(domainId, callerId);
    return link && (await this.isOpen(domainId, link)) ? offerOf(link) : undefined;
  }

  /** Sends the invitation of an offer. Returns undefined if the link does not offer this account. */
  async use<T extends { readonly invitationId: string }>(
    domainId: string,
    callerId: string,
    { email, role }: { readonly email: string; readonly role: string },
    invite: () => Promise<T>,
  ): Promise<T | undefined> {
    const { links, now } = this.parts;
    const link = await this.linkOf(domainId, callerId);
    if (link?.accountRole !== role || link.email !== email) return undefined;
    const at = now();
    const isOpen = await this.isOpen(domainId, link);
    if (!isOpen || !(await links.claimAccount(domainId, link, at, MAX_ACCOUNT_SENDS))) throw offerUsed();
    let invitation: T;
    try {
      invitation = await invite();
    } catch (error) {
      // There is no invitation, so the person may try again.
      await links.releaseAccount(domainId, link, at);
      throw error;
    }
    await links.recordInvitation(domainId, link.linkId, at, invitation.invitationId);
    return invitation;
  }

  private async linkOf(domainId: string, callerId: string): Promise<SetupLink | undefined> {
    const linkId = linkIdOfCaller(callerId);
    return linkId === undefined ? undefined : this.parts.links.get(domainId, linkId);
  }

  /** Returns whether an offer was not used yet, or its invitation can still be accepted. */
  private async isOpen(domainId: string, link: SetupLink): Promise<boolean> {
    const { accountInvitedAt, accountInvitationId } = link;
    if (accountInvitedAt === undefined) return true;
    if (accountInvitationId === undefined) return false;
    const invitation = await this.parts.invitations.get(domainId, accountInvitationId);
    return invitation !== undefined && Date.parse(invitation.expireTime) > this.parts.now().getTime();
  }
}

const offerOf = ({ email, accountRole }: SetupLink): OfferedAccount | undefined =>
  accountRole && { email, role: accountRole };

const offerUsed = (): AdminError =>
  new AdminError(
    'The account of this setup link was requested before, and cannot be requested again. Look for the invitation in your ' +
      'mailbox, or ask the person who sent the link for another invitation.',
    'conflict',
  );
