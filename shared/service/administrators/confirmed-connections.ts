import type { ConnectionStore } from '../../store/credentials/connection-store';
import type { ConnectionRecord } from '../../store/credentials/connection';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { ResourceStore } from '../../store/resources/resource-store';
import { mappingsCheck } from '../../store/mappings/mapping-store';
import { connectionKey, domainKey, resourceKey } from '../../store/table/keys';
import { VersionConflict } from '../../store/table/operations/transaction';
import { ITEM_EXISTS, ITEM_IS_ABSENT, type Write } from '../../store/table/write';
import { connectionsOf } from '../connections/connection-view';
import type { EvaluatedUser } from './mapped-administrator';

export interface ConfirmedConnectionsDependencies {
  readonly connections: Pick<ConnectionStore, 'get' | 'readAll'>;
  readonly groups: (domainId: string) => Pick<ResourceStore, 'get'>;
}

export const isConfirmed = ({ administratorsFromRoles, revokedAt }: ConnectionRecord): boolean =>
  administratorsFromRoles !== undefined && revokedAt === undefined;

/**
 * Decides which connections may make users portal administrators: those for which an owner has confirmed it.
 */
export class ConfirmedConnections {
  constructor(private readonly parts: ConfirmedConnectionsDependencies) {}

  /**
   * Returns the connections to which the role of a user is due, if all of them are confirmed; otherwise
   * undefined. These are all connections that have changed the user, and those that have changed the
   * attributes of the group: a client that is not confirmed could prepare a user whom a confirmed one changes
   * later. An earlier version did not store who changed them. Then any connection of the domain may have, and
   * all must be confirmed.
   *
   * A revoked connection makes no changes anymore. It does not count if it was confirmed before, or if the
   * others were confirmed after its revocation, because an owner has then decided with the knowledge of it.
   */
  async confirmedFor(
    domainId: string,
    user: ResourceRecord,
    groupId: string | undefined,
  ): Promise<readonly string[] | undefined> {
    const group = groupId === undefined ? undefined : await this.parts.groups(domainId).get(groupId);
    const sources = [user, ...(group ? [group] : [])].map((changed) => changed.sources ?? []);
    if (sources.some(({ length }) => length === 0)) return this.allIfConfirmed(domainId);
    const ids = [...new Set(sources.flat())].sort();
    const found = await Promise.all(ids.map((id) => this.parts.connections.get(domainId, id)));
    if (found.every((connection) => connection && isConfirmed(connection))) return ids;
    return this.withoutRevoked(domainId, ids);
  }

  private async withoutRevoked(
    domainId: string,
    ids: readonly string[],
  ): Promise<readonly string[] | undefined> {
    const records = connectionsOf(await this.parts.connections.readAll(domainId))
      .map(({ record }) => record)
      .filter(({ connectionId }) => ids.includes(connectionId));
    const [active, revoked] = [records.filter(isConfirmed), records.filter(({ revokedAt }) => revokedAt)];
    const isHarmless = ({ administratorsFromRoles, revokedAt = '' }: ConnectionRecord): boolean =>
      administratorsFromRoles !== undefined ||
      active.every((other) => (other.administratorsFromRoles?.confirmedAt ?? '') > revokedAt);
    const isComplete = active.length + revoked.length === ids.length;
    if (active.length === 0 || !isComplete || !revoked.every(isHarmless)) return undefined;
    return active.map(({ connectionId }) => connectionId);
  }

  private async allIfConfirmed(domainId: string): Promise<readonly string[] | undefined> {
    const active = connectionsOf(await this.parts.connections.readAll(domainId))
      .map(({ record }) => record)
      .filter(({ revokedAt }) => revokedAt === undefined);
    return active.length > 0 && active.every(isConfirmed)
      ? active.map(({ connectionId }) => connectionId)
      : undefined;
  }
}

const conditionError = (): Error => new VersionConflict();

/**
 * Returns the writes that fail unless an evaluation is still right: the user and the mappings have not
 * changed, and the connections are still confirmed.
 */
export function evaluationChecks(
  domainId: string,
  { userId, user, mappingsVersion }: EvaluatedUser,
  connectionIds: readonly string[],
): Write[] {
  return [
    {
      check: resourceKey(domainId, 'USER', userId),
      condition: user ? { expression: 'version = :seen', values: { seen: user.version } } : ITEM_IS_ABSENT,
      conditionError,
    },
    { check: domainKey(domainId), condition: ITEM_EXISTS, conditionError },
    mappingsCheck(domainId, mappingsVersion),
    ...confirmationChecks(domainId, connectionIds),
  ];
}

/** Returns the writes that fail unless the connections are still confirmed. */
export const confirmationChecks = (domainId: string, connectionIds: readonly string[]): Write[] =>
  connectionIds.map((connectionId) => ({
    check: connectionKey(domainId, connectionId),
    condition: {
      expression: 'attribute_exists(administratorsFromRoles) AND attribute_not_exists(revokedAt)',
    },
    conditionError,
  }));
