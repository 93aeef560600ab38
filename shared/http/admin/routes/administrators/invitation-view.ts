import type { ListedInvitation, SentInvitation } from '../../../../service/administrators/invitation-admin';

/** Returns an invitation in the form of the API. */
export function invitationView(invitation: SentInvitation & ListedInvitation, now: number): object {
  const { invitationId, email, name, role, createdAt, createdBy, createdByName, expireTime } = invitation;
  const { mailProblem, isWithdrawn } = invitation;
  const status = Date.parse(expireTime) <= now ? 'expired' : isWithdrawn ? 'withdrawn' : 'open';
  return {
    invitationId,
    email,
    name,
    role,
    status,
    createdAt,
    createdBy,
    createdByName,
    expireTime,
    mailProblem,
  };
}
