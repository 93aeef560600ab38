import type { Actor, AuditEvent } from '../../store/audit/audit';
import type { Invitation } from '../../store/administrators/administrator';
import type { AdministratorStore } from '../../store/administrators/administrator-store';
import type { InvitationStore } from '../../store/administrators/invitation-store';
import type { SetupLinkStore } from '../../store/setup-links/setup-link-store';
import { setupLinkCallerId } from '../credentials/caller-identity';
import { administratorEvent } from './administrator-events';

interface InvitationsDependencies {
  readonly administrators: Pick<AdministratorStore, 'list'>;
  readonly invitations: Pick<InvitationStore, 'withdraw'>;
  readonly links: Pick<SetupLinkStore, 'list'>;
  readonly now: () => Date;
}

/**
 * Withdraws the invitations to a scope that an administrator sent, also by setup links that the administrator
 * created: their addresses may be known to nobody else. An account that was created for one is checked when
 * the invitation would have expired. Throws `VersionConflict` if one was accepted in the meantime.
 */
export async function withdrawInvitationsOf(
  { administrators, invitations, links, now }: InvitationsDependencies,
  scope: string,
  administratorId: string,
  actor: Actor,
): Promise<void> {
  const open = (await administrators.list(scope)).invitations;
  if (open.length === 0) return;
  const ofLinks = (await links.list(scope)).filter(({ creatorId }) => creatorId === administratorId);
  const senders = [administratorId, ...ofLinks.map(({ linkId }) => setupLinkCallerId(linkId))];
  for (const invitation of open.filter(({ createdBy }) => senders.includes(createdBy)))
    await invitations.withdraw(invitation, withdrawalEvent(invitation, actor, now()), false);
}

/** Returns the audit event of an invitation that is withdrawn. */
export const withdrawalEvent = (
  { invitationId, email, role }: Invitation,
  actor: Actor,
  at: Date,
): AuditEvent =>
  administratorEvent('administrator.invitationWithdrawn', { id: invitationId, name: email }, actor, at, [
    { attribute: 'role', before: role },
  ]);
