import { auditWrite, type AuditEvent } from '../audit/audit';
import type { Condition } from '../table/expressions';
import { countsShardKey, seatsKey } from '../table/keys';
import type { Table } from '../table/table';
import type { Write } from '../table/write';
import { spread } from './count-shards';
import type { Counts, CountsShard, CountsSnapshot } from './counts';
import { lacksSeatSettings, withSeatSettings } from './counts-state';
import { SHARD_IS_OPEN } from './counts-write';

/** A repair of the counts of a domain. */
export interface CountsRepair {
  readonly snapshot: CountsSnapshot;
  readonly actual: Counts;
  readonly audit: AuditEvent;
  readonly auditRetentionDays: number;
}

/**
 * Makes the counts of a domain equal to `actual`, and divides the free seats or the debt again, in one
 * transaction with the audit event. Creates the item of the seat settings if it is lost. Writes nothing and
 * returns false if a shard or the seats have changed since `snapshot` was read. The stream then gives free
 * seats to the queue.
 */
export async function repairCounts(
  table: Table,
  domainId: string,
  { snapshot, actual, audit, auditRetentionDays }: CountsRepair,
): Promise<boolean> {
  const failed = await table.tryTransact([
    ...repairWrites(domainId, snapshot, actual, audit.at),
    auditWrite(domainId, audit, auditRetentionDays),
  ]);
  return failed.length === 0;
}

function repairWrites(domainId: string, snapshot: CountsSnapshot, actual: Counts, at: string): Write[] {
  const { seats, seatPolicy, shards, version } = withSeatSettings(snapshot);
  const isLost = lacksSeatSettings(snapshot);
  const missing = (name: keyof Counts) => actual[name] - shards.reduce((sum, shard) => sum + shard[name], 0);
  const free = seats === undefined ? 0 : seats - actual.activeLicenses;
  const parts = spread(free);
  return [
    {
      update: seatsKey(domainId),
      set: { wokenAt: at, version: version + 1, ...(isLost && { seats, seatPolicy }) },
      condition: isLost ? ARE_SETTINGS_LOST : areSettingsUnchanged(version),
    },
    ...shards.map((before, index) => {
      const added = (name: keyof Counts) => before[name] + (index === 0 ? missing(name) : 0);
      return {
        update: countsShardKey(domainId, before.shard),
        set: {
          ...{ users: added('users'), groups: added('groups') },
          ...{ active: added('activeLicenses'), pending: added('pendingLicenses') },
          ...(seats !== undefined && { free: parts[before.shard], limit: version + 1 }),
          ...(free < 0 && { debt: true }),
        },
        remove: [...(seats === undefined ? ['limit'] : []), ...(free < 0 ? [] : ['debt'])],
        condition: isUnchanged(before),
      };
    }),
  ];
}

const ARE_SETTINGS_LOST: Condition = {
  expression: 'attribute_not_exists(version) AND attribute_not_exists(deletedAt)',
};

const areSettingsUnchanged = (version: number): Condition => ({
  expression: 'version = :versionBefore AND attribute_not_exists(deletedAt)',
  values: { versionBefore: version },
});

/** An attribute that a shard does not have counts as 0. */
function isUnchanged(shard: CountsShard): Condition {
  const { users, groups, activeLicenses: active, pendingLicenses: pending, free } = shard;
  const before = { users, groups, active, pending, free };
  const conditions = Object.entries(before).map(([name, value]) =>
    value === 0
      ? `(attribute_not_exists(#${name}) OR #${name} = :${name}Before)`
      : `#${name} = :${name}Before`,
  );
  return {
    expression: [SHARD_IS_OPEN, ...conditions].join(' AND '),
    values: Object.fromEntries(Object.entries(before).map(([name, value]) => [`${name}Before`, value])),
  };
}
