import { newSecret } from '../../credentials/scim-key';
import {
  formatSetupSession,
  hashSetupCode,
  hashSetupSecret,
  isSameHash,
  newSetupCode,
  SETUP_CODE_MINUTES,
  type SetupSecret,
} from '../../credentials/setup-link';
import type { Actor, AuditEvent } from '../../store/audit/audit';
import type { InvitationStore, SendLimits } from '../../store/administrators/invitation-store';
import type { Domain, DomainStore } from '../../store/domains/domain-store';
import type { SetupAttempts } from '../../store/setup-links/setup-attempts';
import { statusOf, type SetupLink } from '../../store/setup-links/setup-link';
import type { CodeLimits, SetupLinkStore } from '../../store/setup-links/setup-link-store';
import { AdminError } from '../admin/admin-error';
import { setupLinkCallerId } from '../credentials/caller-identity';
import type { CreatorRights } from './creator-rights';
import { setupLinkEvent } from './setup-link-admin';

/** The address and the user agent of a request without a session. */
export type RequestSource = Pick<Actor, 'sourceAddress' | 'userAgent'>;

/**
 * The outcome of an email with a one-time code. `suppressed`: an earlier email to the address bounced.
 * `refused`: SES cannot deliver to the address. `overBudget`: the domain has sent its emails of this hour.
 * `failed`: it may succeed later.
 */
export type CodeMailOutcome = 'sent' | 'suppressed' | 'refused' | 'overBudget' | 'failed';

export interface SetupLinkOpeningDependencies {
  readonly domains: Pick<DomainStore, 'get'>;
  readonly links: SetupLinkStore;
  readonly creators: Pick<CreatorRights, 'isValidLink'>;
  readonly attempts: Pick<SetupAttempts, 'count'>;
  /** Counts the emails to each address. */
  readonly sends: Pick<InvitationStore, 'claimSend'>;
  readonly sendCode: (domain: Domain, email: string, code: string) => Promise<CodeMailOutcome>;
  readonly writeAudit: (domainId: string, event: AuditEvent) => Promise<void>;
  readonly now: () => Date;
}

/**
 * The limits of codes. Somebody who has a link, but not the mailbox, can make 50 guesses, and each is right
 * with a probability of one in a million.
 */
export const CODE_LIMITS: CodeLimits = { attempts: 5, codes: 10, secondsBetween: 60 };

/**
 * The limits of the codes to one address, for all links of a domain, because an owner can create any number
 * of links.
 */
export const ADDRESS_LIMITS: SendLimits = { secondsBetween: 0, perDay: 30 };

/**
 * Opens setup links: sends a one-time code to the invited address, and binds the link to the browser that
 * enters it. Throws `AdminError`. Without the secret of a link, all responses are those for a link that does
 * not exist.
 */
export class SetupLinkOpening {
  constructor(private readonly dependencies: SetupLinkOpeningDependencies) {}

  /**
   * Emails a new code, which replaces the one before. Returns the address in a form that only its owner
   * recognizes.
   */
  async sendCode(secret: SetupSecret, source: RequestSource): Promise<{ sentTo: string }> {
    const { links, now } = this.dependencies;
    const { domain, link } = await this.find(secret, source);
    await this.assertCanBeOpened(secret, link);
    const at = now();
    const code = newSetupCode();
    const stored = {
      codeHash: hashSetupCode(code, secret),
      codeSentAt: at.toISOString(),
      codeExpireTime: new Date(at.getTime() + SETUP_CODE_MINUTES * 60_000).toISOString(),
    };
    const audit = setupLinkEvent('setupLink.codeRequested', link.linkId, actorOf(link, source), at);
    const { domainId, linkId } = secret;
    if (!(await links.replaceCode(domainId, linkId, stored, CODE_LIMITS, audit)))
      throw await this.reasonForNoCode(secret);
    // Only now, so that requests that send nothing do not use up the limit of the address.
    await this.claimAddress(domainId, link.email, at);
    const outcome = await this.dependencies.sendCode(domain, link.email, code);
    if (outcome !== 'sent') throw MAIL_ERRORS[outcome]();
    return { sentTo: maskAddress(link.email) };
  }

  /**
   * Throws if the address must get no more codes today. Invitations to the same address are counted
   * separately.
   */
  private async claimAddress(domainId: string, email: string, at: Date): Promise<void> {
    const wait = await this.dependencies.sends.claimSend(`${domainId}#CODES`, email, ADDRESS_LIMITS, at);
    if (wait !== undefined) throw codesUsedUp(wait);
  }

  /** Exchanges a code for the token of this browser. The link cannot be opened again. */
  async open(
    secret: SetupSecret,
    code: string,
    source: RequestSource,
  ): Promise<{ token: string; expireTime: string }> {
    const { links, now } = this.dependencies;
    const { link: found } = await this.find(secret, source);
    await this.assertCanBeOpened(secret, found);
    const { domainId, linkId } = secret;
    const link = await links.countGuess(domainId, linkId, now(), CODE_LIMITS);
    if (!link) throw await this.reasonForNoGuess(secret);
    const actor = actorOf(link, source);
    if (!isSameHash(hashSetupCode(code.replace(/\s/g, ''), secret), link.codeHash ?? '')) {
      await this.dependencies.writeAudit(
        domainId,
        setupLinkEvent('setupLink.codeRefused', linkId, actor, now()),
      );
      throw wrongCode(CODE_LIMITS.attempts - (link.codeAttempts ?? 0));
    }
    const session = { domainId, linkId, secret: newSecret() };
    const audit = setupLinkEvent('setupLink.opened', linkId, actor, now());
    if (!(await links.open(domainId, link, hashSetupSecret('session', session), audit)))
      throw await this.reasonForNoGuess(secret);
    return { token: formatSetupSession(session), expireTime: link.expireTime };
  }

  /** Returns the link of a secret with its domain. Throws the same 404 for every other secret. */
  private async find(
    secret: SetupSecret,
    { sourceAddress = '' }: RequestSource,
  ): Promise<{ domain: Domain; link: SetupLink }> {
    const { domains, links, attempts, now } = this.dependencies;
    const wait = await attempts.count(sourceAddress, now());
    if (wait !== undefined)
      throw new AdminError(
        'Too many attempts to open a setup link come from your network. Wait as many seconds as Retry-After says.',
        'tooSoon',
        wait,
      );
    const [domain, link] = await Promise.all([
      domains.get(secret.domainId),
      links.get(secret.domainId, secret.linkId),
    ]);
    const isRight = isSameHash(hashSetupSecret('link', secret), link?.hash ?? '');
    if (!domain || !link || !isRight)
      throw new AdminError(
        'This setup link does not exist. Open the complete link, or ask the person who sent it for a new one.',
        'notFound',
      );
    return { domain, link };
  }

  private async assertCanBeOpened({ domainId }: SetupSecret, link: SetupLink): Promise<void> {
    const status = statusOf(link, this.dependencies.now());
    if (status !== 'pending') throw new AdminError(ENDED[status], 'conflict');
    const isValid = await this.dependencies.creators.isValidLink(domainId, link);
    if (!isValid) throw new AdminError(ENDED.revoked, 'conflict');
  }

  /** Reads the link again, because another request may have changed it. */
  private async reread(secret: SetupSecret): Promise<SetupLink | undefined> {
    const link = await this.dependencies.links.get(secret.domainId, secret.linkId);
    if (link) await this.assertCanBeOpened(secret, link);
    return link;
  }

  private async reasonForNoCode(secret: SetupSecret): Promise<AdminError> {
    const { codesSent = 0, codeSentAt = '' } = (await this.reread(secret)) ?? {};
    if (codesSent >= CODE_LIMITS.codes)
      return new AdminError(
        `This link has used up its ${CODE_LIMITS.codes} codes. Ask the person who sent it for a new one.`,
        'conflict',
      );
    const passed = Math.floor((this.dependencies.now().getTime() - Date.parse(codeSentAt)) / 1000) || 0;
    return new AdminError(
      'A code was sent less than a minute ago. Look for the email, also in the spam folder, before you request another.',
      'tooSoon',
      Math.max(1, CODE_LIMITS.secondsBetween - passed),
    );
  }

  private async reasonForNoGuess(secret: SetupSecret): Promise<AdminError> {
    const link = await this.reread(secret);
    if (link?.codeHash === undefined) return new AdminError('Request a code first.', 'conflict');
    return (link.codeAttempts ?? 0) >= CODE_LIMITS.attempts ? wrongCode(0) : codeExpired();
  }
}

const ENDED = {
  open: 'This link is already open in another browser, and works only there. If that was not you, tell the person who sent the link. Otherwise, continue in that browser, or ask for a new link.',
  expired: 'This link has expired. Ask the person who sent it for a new one.',
  revoked: 'This link was revoked. Ask the person who sent it for a new one.',
} as const;

const codesUsedUp = (seconds: number): AdminError =>
  new AdminError(
    `The invited address got ${ADDRESS_LIMITS.perDay} codes today, which is the limit. Request another code tomorrow.`,
    'tooSoon',
    seconds,
  );

const codeExpired = (): AdminError =>
  new AdminError(`The code is older than ${SETUP_CODE_MINUTES} minutes. Request a new one.`, 'conflict');

const wrongCode = (left: number): AdminError =>
  left > 0
    ? new AdminError(
        `The code is not correct. Compare it with the newest email. You can try ${left} more ${left === 1 ? 'time' : 'times'}.`,
      )
    : new AdminError('There were too many wrong codes. Request a new one.', 'conflict');

const MAIL_ERRORS: Readonly<Record<Exclude<CodeMailOutcome, 'sent'>, () => AdminError>> = {
  suppressed: () =>
    new AdminError(
      'No email can be sent to the invited address, because an earlier one bounced. Ask the person who sent the link.',
      'conflict',
    ),
  refused: () =>
    new AdminError(
      'No email can be sent to the invited address. Ask the person who sent the link for one to another address.',
      'conflict',
    ),
  overBudget: () =>
    new AdminError(
      'Too many emails were sent in this hour. Request a code in the next hour.',
      'tooSoon',
      3600,
    ),
  failed: () =>
    new AdminError(
      'The email with the code could not be sent. Request a code again in a minute.',
      'tooSoon',
      60,
    ),
};

const actorOf = ({ linkId, email }: SetupLink, source: RequestSource): Actor => ({
  kind: 'admin',
  id: setupLinkCallerId(linkId),
  name: email,
  ...(source.sourceAddress !== undefined && { sourceAddress: source.sourceAddress }),
  ...(source.userAgent !== undefined && { userAgent: source.userAgent }),
});

/** Returns an address with only the first character before the `@`, such as `j…@example.com`. */
function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${[...address.slice(0, at)][0] ?? ''}…${address.slice(at)}`;
}
