import type { Actor } from '../../store/audit/audit';
import type { AdministratorStore, StoredCaller } from '../../store/administrators/administrator-store';
import type { MappedAdministratorStore } from '../../store/administrators/mapped-administrator-store';
import type { ConnectionStore } from '../../store/credentials/connection-store';
import type { DomainStore } from '../../store/domains/domain-store';
import { notifyWrite } from '../../store/domains/notify-addresses';
import { addressKeyOf } from '../../store/mail/address-key';
import type { PortalUser } from '../credentials/portal-token-verifier';
import { administratorEvent } from './administrator-events';
import { confirmationChecks, isConfirmed } from './confirmed-connections';

interface TakingDependencies {
  readonly administrators: Pick<AdministratorStore, 'read' | 'accountCheck'>;
  readonly mapped: Pick<MappedAdministratorStore, 'get' | 'take'>;
  readonly connections: Pick<ConnectionStore, 'get'>;
  readonly domains: Pick<DomainStore, 'get'>;
  readonly now: () => Date;
}

interface MappedSignIn {
  readonly user: PortalUser;
  /** The verified address of the portal user. */
  readonly email: string;
  readonly domainId: string;
  readonly userId: string;
  readonly maxRoles: number;
  /** A role moves from another portal user only when this one has just signed in. */
  readonly isSignIn: boolean;
}

/** Returns the number of roles of a portal user, in all domains and of the deployment. */
export const roleCount = ({ roles, mappedRoles }: StoredCaller): number => roles.length + mappedRoles.length;

/**
 * Gives a portal user the role of the SCIM user with the same address, whom a mapping makes an administrator.
 * Does nothing if the mapping no longer does, or a connection is no longer confirmed. Throws
 * `VersionConflict` if something has changed in the meantime.
 */
export async function takeMappedRole(
  { administrators, mapped, connections, domains, now }: TakingDependencies,
  { user, email, domainId, userId, maxRoles, isSignIn }: MappedSignIn,
): Promise<void> {
  const [stored, domain, administrator, check] = await Promise.all([
    administrators.read(user.id),
    domains.get(domainId),
    mapped.get(domainId, userId),
    administrators.accountCheck(user.id),
  ]);
  if (!domain || !administrator || stored.profile?.isClosed) return;
  if (addressKeyOf(administrator.email) !== addressKeyOf(email)) return;
  if (administrator.administratorId === user.id || roleCount(stored) >= maxRoles) return;
  if (administrator.administratorId !== undefined && !isSignIn) return;
  const { connectionIds } = administrator;
  const confirmed = await Promise.all(connectionIds.map((id) => connections.get(domainId, id)));
  if (!confirmed.every((connection) => connection && isConfirmed(connection))) return;
  const at = now();
  const actor: Actor = { kind: 'admin', id: user.id, name: user.name ?? administrator.name ?? email };
  await mapped.take(
    domainId,
    administrator,
    { administratorId: user.id, at: at.toISOString(), isNewAccount: check !== undefined },
    {
      audit: administratorEvent('administrator.added', { id: user.id, name: email }, actor, at, [
        { attribute: 'role', after: administrator.role },
        { attribute: 'mappingId', after: administrator.mappingId },
        { attribute: 'userId', after: userId },
      ]),
      extraWrites: [
        // Checks that the domain still exists. The addresses that it notifies are those of its own owners.
        notifyWrite(domain, domain.notifyAddresses),
        ...confirmationChecks(domainId, connectionIds),
      ],
    },
  );
}
