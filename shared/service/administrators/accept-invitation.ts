import type { Actor } from '../../store/audit/audit';
import type { Administrator, Invitation } from '../../store/administrators/administrator';
import type { AdministratorStore } from '../../store/administrators/administrator-store';
import type { InvitationStore } from '../../store/administrators/invitation-store';
import type { Domain, DomainStore } from '../../store/domains/domain-store';
import { notifyWrite, withOwner } from '../../store/domains/notify-addresses';
import { addressKeyOf } from '../../store/mail/address-key';
import { DEPLOYMENT } from '../../store/table/keys';
import type { PortalUser } from '../credentials/portal-token-verifier';
import { CREATOR_CHECK, type CreatorRights } from '../setup-links/creator-rights';
import { addressesChange, administratorEvent, administratorName } from './administrator-events';
import { withdrawalEvent } from './invitations-of-administrator';

export interface AcceptanceDependencies {
  readonly administrators: Pick<AdministratorStore, 'read' | 'accountCheck'>;
  readonly invitations: Pick<InvitationStore, 'accept' | 'discard' | 'withdraw'>;
  readonly creators: Pick<CreatorRights, 'checksOfInvitation'>;
  readonly domains: Pick<DomainStore, 'get'>;
  readonly now: () => Date;
}

/**
 * Gives a portal user the role of an invitation. Does nothing if it has expired. Withdraws it if the
 * administrator who sent it may no longer do so. Throws `VersionConflict` if something has changed in the
 * meantime.
 */
export async function acceptInvitation(
  { administrators, invitations, creators, domains, now }: AcceptanceDependencies,
  { user, invitation, maxRoles }: { user: PortalUser; invitation: Invitation; maxRoles: number },
): Promise<void> {
  const at = now();
  if (invitation.expireTime <= at.toISOString()) return;
  const { scope, role, email, createdBy } = invitation;
  const [{ roles, profile }, target, check, creatorChecks] = await Promise.all([
    administrators.read(user.id),
    targetOf(domains, scope),
    administrators.accountCheck(user.id),
    creators.checksOfInvitation(invitation),
  ]);
  if (profile?.isClosed) return;
  const former = roles.find((each) => each.scope === scope)?.role;
  if (!target || former === role || former === 'owner') return invitations.discard(invitation);
  // An account that was created for it is checked when the invitation would have expired.
  if (!creatorChecks)
    return invitations.withdraw(invitation, withdrawalEvent(invitation, CREATOR_CHECK, at), false);
  if (former === undefined && roles.length >= maxRoles) return;
  const name = personName(user, invitation);
  const administrator: Administrator = {
    administratorId: user.id,
    role,
    email,
    ...(name !== undefined && { name }),
    grantedAt: at.toISOString(),
    grantedBy: createdBy,
    source: 'invitation',
  };
  const { write, change } = notifications(target.domain, administrator);
  const actor: Actor = { kind: 'admin', id: user.id, name: administratorName(administrator) };
  await invitations.accept(invitation, administrator, {
    audit: administratorEvent('administrator.added', { id: user.id, name: email }, actor, at, [
      { attribute: 'role', ...(former !== undefined && { before: former }), after: role },
      ...change,
    ]),
    ...(former !== undefined && { former }),
    isNewAccount: check !== undefined,
    extraWrites: [...write, ...creatorChecks],
  });
}

/**
 * Returns the domain of a scope, or an empty target for the deployment; undefined if the domain does not
 * exist.
 */
export async function targetOf(
  domains: Pick<DomainStore, 'get'>,
  scope: string,
): Promise<{ readonly domain?: Domain } | undefined> {
  if (scope === DEPLOYMENT) return {};
  const domain = await domains.get(scope);
  return domain && { domain };
}

/**
 * Returns the name of a new administrator. A token without a name shows the address, which says less than an
 * invitation.
 */
function personName({ name, email }: PortalUser, invitation: Invitation): string | undefined {
  const isAddress = name !== undefined && email !== undefined && addressKeyOf(name) === addressKeyOf(email);
  return isAddress ? (invitation.name ?? name) : (name ?? invitation.name);
}

/** Returns the write that checks the domain of a new role, and that fills the addresses that it notifies. */
export function notifications(domain: Domain | undefined, { role, email }: Administrator) {
  if (!domain) return { write: [], change: [] };
  const addresses = role === 'owner' ? withOwner(domain, email) : domain.notifyAddresses;
  return {
    write: [notifyWrite(domain, addresses)],
    change: [addressesChange(domain.notifyAddresses, addresses)],
  };
}
