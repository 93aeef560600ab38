import type { InvitationStore, SendLimits } from '../../store/administrators/invitation-store';
import { DEPLOYMENT } from '../../store/table/keys';

const HOUR_SECONDS = 3600;

/** The limits of one address in one domain: one invitation in a minute, and ten in a day. */
export const SEND_LIMITS: SendLimits = { secondsBetween: 60, perDay: 10 };
/** The limit of one domain with a user pool. It leaves some of Cognito's 50 emails a day to the others. */
export const DOMAIN_INVITATIONS_PER_DAY = 20;

export interface InvitationLimitsDependencies {
  readonly invitations: Pick<InvitationStore, 'claimSend' | 'claimDomainSend'>;
  /** Absent if portal users sign in at an issuer that the service does not manage. */
  readonly accounts?: object;
  /**
   * Counts an email of the user pool against the limits of the domain. Returns false if it must not be sent
   * now.
   */
  readonly claimMail: (domainId: string, at: Date) => Promise<boolean>;
  readonly now: () => Date;
}

/** The limit that an invitation has reached, and the seconds until it may be sent. */
export interface ReachedLimit {
  readonly limit: 'emails of the hour' | 'address' | 'domain';
  readonly seconds: number;
}

/**
 * Counts an invitation that is about to be sent against all limits. Returns the limit that it has reached, or
 * undefined if it may be sent. The longest limits come last, so that a refusal uses up none of them.
 */
export async function claimInvitation(
  { invitations, accounts, claimMail, now }: InvitationLimitsDependencies,
  scope: string,
  email: string,
): Promise<ReachedLimit | undefined> {
  // Cognito emails a password. The emails of the service itself are counted when they are sent.
  const isCounted = accounts !== undefined && scope !== DEPLOYMENT;
  if (isCounted && !(await claimMail(scope, now())))
    return { limit: 'emails of the hour', seconds: HOUR_SECONDS };
  const wait = await invitations.claimSend(scope, email, SEND_LIMITS, now());
  if (wait !== undefined) return { limit: 'address', seconds: wait };
  if (!isCounted) return undefined;
  const tomorrow = await invitations.claimDomainSend(scope, DOMAIN_INVITATIONS_PER_DAY, now());
  return tomorrow === undefined ? undefined : { limit: 'domain', seconds: tomorrow };
}

/** Returns the sentence with which an invitation is refused. */
export function sentenceOf({ limit, seconds }: ReachedLimit, email: string): string {
  if (limit === 'emails of the hour')
    return (
      'The domain has sent all the emails that it may send in this hour. Invite the address in the next hour, or ' +
      'ask an operator to raise the limit of the domain.'
    );
  if (limit === 'domain')
    return `The domain has sent ${DOMAIN_INVITATIONS_PER_DAY} invitations today, which is the limit. Invite the address tomorrow.`;
  return seconds <= SEND_LIMITS.secondsBetween
    ? `${email} was invited less than a minute ago. Wait a minute before you invite this address again.`
    : `${email} was invited ${SEND_LIMITS.perDay} times today. Invite this address again tomorrow.`;
}
