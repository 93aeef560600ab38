import { newId } from '../../id';
import { isActive, licenseAddress } from '../../scim/input/user-rules';
import type { Actor, AttributeChange } from '../../store/audit/audit';
import type { MappedAdministrator } from '../../store/administrators/mapped-administrator';
import type { MappedAdministratorStore } from '../../store/administrators/mapped-administrator-store';
import { addressKeyOf } from '../../store/mail/address-key';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { retryDomainChange } from '../domains/retry-domain-change';
import { administratorEvent } from './administrator-events';
import { evaluationChecks, type ConfirmedConnections } from './confirmed-connections';
import type { AppliesAdministrators, EvaluatedUser, MappedOutcome, MappedRole } from './mapped-administrator';

/**
 * The portal shows all administrators of a domain at once. A mapping of a large group must not make
 * thousands.
 */
export const MAX_MAPPED_ADMINISTRATORS = 100;

const MAX_NAME_LENGTH = 100;

/** The service makes these changes, because of a mapping. */
export const MAPPING: Actor = { kind: 'system', name: 'mapping' };

export interface MappedAdministratorsDependencies {
  readonly store: Pick<MappedAdministratorStore, 'get' | 'list' | 'make' | 'change' | 'remove'>;
  readonly connections: ConfirmedConnections;
  readonly now: () => Date;
}

/**
 * Makes users portal administrators whom the mappings of their domain name. They get an invitation, and the
 * role when they sign in with their address. They never count as an owner of the domain, and lose only this
 * role.
 */
export class MappedAdministrators implements AppliesAdministrators {
  constructor(private readonly parts: MappedAdministratorsDependencies) {}

  async apply(domainId: string, evaluated: EvaluatedUser): Promise<MappedOutcome> {
    const { userId, user, mapped } = evaluated;
    const before = await this.parts.store.get(domainId, userId);
    if (!user || !mapped || !isActive(user.attributes))
      return this.end(domainId, evaluated, before, 'unchanged');
    const email = licenseAddress(user.attributes);
    if (email === undefined) return this.end(domainId, evaluated, before, 'noAddress');
    const connectionIds = await this.parts.connections.confirmedFor(domainId, user, mapped.groupId);
    if (!connectionIds) return this.end(domainId, evaluated, before, 'notConfirmed');
    const wanted = { ...wantedOf(user, mapped, email), connectionIds };
    if (!before) return this.make(domainId, evaluated, wanted);
    if (addressKeyOf(before.email) !== addressKeyOf(email)) {
      // The role follows the address, and the portal user with the former one loses it.
      await this.remove(domainId, before, evaluated);
      return this.make(domainId, evaluated, wanted);
    }
    return this.change(domainId, evaluated, before, wanted);
  }

  /** Returns the administrators of a domain from mappings, in the order of their addresses. */
  async list(domainId: string): Promise<MappedAdministrator[]> {
    const all = await this.parts.store.list(domainId);
    return all.sort((a, b) => a.email.localeCompare(b.email, 'en'));
  }

  /**
   * Ends the roles that depend on the confirmation of a connection. Call it after the confirmation was
   * withdrawn: from then on, no write makes such a role, or gives it to a portal user. A repeated call
   * continues one that failed. Throws `AdminError`.
   */
  async endConnection(domainId: string, connectionId: string, actor: Actor): Promise<void> {
    const { store, now } = this.parts;
    const depends = ({ connectionIds }: MappedAdministrator): boolean => connectionIds.includes(connectionId);
    const end = (userId: string): Promise<void> =>
      // An invitation or a sign-in may change the administrator at the same time.
      retryDomainChange(now, async () => {
        const administrator = await store.get(domainId, userId);
        if (administrator && depends(administrator))
          await this.remove(domainId, administrator, undefined, actor);
      });
    const failures: unknown[] = [];
    for (const { userId } of (await store.list(domainId)).filter(depends))
      await end(userId).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  private async make(domainId: string, evaluated: EvaluatedUser, wanted: Wanted): Promise<MappedOutcome> {
    const { store, now } = this.parts;
    if ((await store.list(domainId)).length >= MAX_MAPPED_ADMINISTRATORS) return 'limit';
    const since = now().toISOString();
    const { userId } = evaluated;
    await store.make(domainId, { userId, ...wanted, since, revision: 1 }, newId(), {
      audit: this.event('administrator.invited', userId, wanted.email, MAPPING, [
        { attribute: 'email', after: wanted.email },
        { attribute: 'role', after: wanted.role },
        { attribute: 'mappingId', after: wanted.mappingId },
      ]),
      extraWrites: evaluationChecks(domainId, evaluated, wanted.connectionIds),
    });
    return 'made';
  }

  private async change(
    domainId: string,
    evaluated: EvaluatedUser,
    before: MappedAdministrator,
    wanted: Wanted,
  ): Promise<MappedOutcome> {
    const { role, name, mappingId, connectionIds } = wanted;
    const after = { role, mappingId, connectionIds, ...(name !== undefined && { name }) };
    const isSame =
      before.role === role &&
      before.mappingId === mappingId &&
      before.name === (name ?? before.name) &&
      before.connectionIds.join() === connectionIds.join();
    if (isSame) return 'unchanged';
    const { store, now } = this.parts;
    const { userId, email, administratorId } = before;
    const isLess = before.role === 'owner' && role === 'viewer';
    await store.change(domainId, before, after, {
      ...(before.role !== role && {
        audit: this.event('administrator.roleChanged', userId, email, MAPPING, [
          { attribute: 'role', before: before.role, after: role },
          { attribute: 'mappingId', before: before.mappingId, after: mappingId },
        ]),
      }),
      ...(isLess && {
        task: {
          ...{ domainId, userId, taskId: newId(), kind: 'ended', attempts: 0, email },
          dueAt: now().toISOString(),
          ...(administratorId !== undefined && { administratorId }),
        },
      }),
      extraWrites: evaluationChecks(domainId, evaluated, connectionIds),
    });
    return 'changed';
  }

  /** Ends the role of a user who has one. Otherwise returns `outcome`. */
  private async end(
    domainId: string,
    evaluated: EvaluatedUser,
    before: MappedAdministrator | undefined,
    outcome: MappedOutcome,
  ): Promise<MappedOutcome> {
    if (!before) return outcome;
    await this.remove(domainId, before, evaluated);
    return outcome === 'unchanged' ? 'removed' : outcome;
  }

  private async remove(
    domainId: string,
    before: MappedAdministrator,
    evaluated: EvaluatedUser | undefined,
    actor = MAPPING,
  ): Promise<void> {
    const { userId, email, role, mappingId } = before;
    await this.parts.store.remove(domainId, before, newId(), this.parts.now().toISOString(), {
      audit: this.event('administrator.removed', userId, email, actor, [
        { attribute: 'role', before: role },
        { attribute: 'mappingId', before: mappingId },
      ]),
      ...(evaluated && { extraWrites: evaluationChecks(domainId, evaluated, []) }),
    });
  }

  /** The events of an administrator from a mapping are about the SCIM user. */
  private event(
    action: 'administrator.invited' | 'administrator.roleChanged' | 'administrator.removed',
    userId: string,
    email: string,
    actor: Actor,
    changes: readonly AttributeChange[],
  ) {
    return administratorEvent(action, { id: userId, name: email }, actor, this.parts.now(), changes);
  }
}

type Wanted = Pick<MappedAdministrator, 'role' | 'email' | 'name' | 'mappingId' | 'connectionIds'>;

function wantedOf(
  { attributes }: ResourceRecord,
  { role, mappingId }: MappedRole,
  email: string,
): Omit<Wanted, 'connectionIds'> {
  const { displayName } = attributes;
  const name = typeof displayName === 'string' ? displayName.slice(0, MAX_NAME_LENGTH).trim() : '';
  return { role, email, mappingId, ...(name !== '' && { name }) };
}
