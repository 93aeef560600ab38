import { DOMAIN_ID, licenseOf, readDirectory, readLicenses, type StoredLicense, userOf } from '../directory';
import type { ItemChange, MemoryTable } from '../table/memory-table';

/** Thrown if the service has broken a rule. */
export class RuleBroken extends Error {
  override readonly name = 'RuleBroken';
}

export function assertRule(holds: boolean, rule: string, detail: () => string): void {
  if (!holds) throw new RuleBroken(`${rule}: ${detail()}`);
}

const numberOf = (value: { N?: string } | undefined): number => Number(value?.N ?? 0);

/** Checks the rules that hold after each write, because each change is one transaction. */
export function checkCommit(table: MemoryTable, changes: readonly ItemChange[]): void {
  const touched = new Map(changes.map((change) => [`${change.key.pk}\n${change.key.sk}`, change]));
  const partitions = new Set(changes.map(({ key }) => key.pk));
  const concernsUsers = partitions.has(`${DOMAIN_ID}#USER`) || partitions.has(`${DOMAIN_ID}#LICENSE`);
  if (!concernsUsers && !partitions.has(`${DOMAIN_ID}#COUNTS`) && !partitions.has(`${DOMAIN_ID}#PENDING`))
    return;
  const licenses = readLicenses(table);
  checkCounts(table, licenses, [...touched.values()]);
  checkQueue(table, licenses);
  if (concernsUsers) {
    checkStatuses(table, licenses);
    checkAudit(changes);
  }
}

function checkCounts(
  table: MemoryTable,
  licenses: readonly StoredLicense[],
  changes: readonly ItemChange[],
): void {
  const items = [...table.items.partition(`${DOMAIN_ID}#COUNTS`)];
  const shards = items.filter(({ sk }) => sk?.S !== 'SEATS');
  const seatsItem = items.find(({ sk }) => sk?.S === 'SEATS');
  const sum = (name: string) =>
    shards.reduce((total, shard) => total + numberOf(shard[name] as { N?: string }), 0);
  const active = licenses.filter(({ status }) => status === 'active').length;
  const pending = licenses.filter(({ status }) => status === 'pending').length;
  const users = readDirectory(table).length;
  const compare = (name: string, actual: number) =>
    assertRule(
      sum(name) === actual,
      'counts are exact',
      () => `${name} is ${sum(name)} instead of ${actual}`,
    );
  compare('active', active);
  compare('pending', pending);
  compare('users', users);
  const seats = seatsItem?.seats?.N;
  if (seats === undefined) return;
  compare('free', Number(seats) - active);
  const begins = changes.some(
    ({ key, before, after }) =>
      key.pk === `${DOMAIN_ID}#LICENSE` && after?.status?.S === 'active' && before?.status?.S !== 'active',
  );
  assertRule(
    !begins || active <= Number(seats),
    'seats are never exceeded',
    () => `${active} licenses are active, and there are ${seats} seats`,
  );
}

/** The queue for seats has one entry for each license that waits. */
function checkQueue(table: MemoryTable, licenses: readonly StoredLicense[]): void {
  const entries = [...table.items.partition(`${DOMAIN_ID}#PENDING`)].map(
    ({ sk, userId }) => `${sk?.S} ${userId?.S}`,
  );
  const waiting = licenses
    .filter(({ status }) => status === 'pending')
    .map(({ changeId, userId }) => `${changeId} ${userId}`);
  assertRule(
    entries.sort().join() === waiting.sort().join(),
    'the queue has the licenses that wait',
    () => `the queue has ${entries.join(', ')}, and these licenses wait: ${waiting.join(', ')}`,
  );
}

/** The status of a license is that of its user. */
function checkStatuses(table: MemoryTable, licenses: readonly StoredLicense[]): void {
  const users = new Map(readDirectory(table).map((user) => [user.id, user]));
  for (const { userId, status } of licenses) {
    const isActive = users.get(userId)?.isActive ?? false;
    assertRule(
      isActive === (status !== 'inactive'),
      'licenses follow their users',
      () => `the user ${userId} is ${isActive ? 'active' : 'not active'}, and the license is ${status}`,
    );
  }
  for (const { id, isActive } of users.values())
    assertRule(
      !isActive || licenses.some(({ userId }) => userId === id),
      'licenses follow their users',
      () => `the active user ${id} has no license`,
    );
}

/** Each change of a user or of the status of a license has one audit event. */
function checkAudit(changes: readonly ItemChange[]): void {
  const changed = new Set<string>();
  for (const { key, before, after } of changes) {
    if (key.pk === `${DOMAIN_ID}#USER` && !isMarkOnly(before, after)) changed.add(key.sk);
    if (key.pk === `${DOMAIN_ID}#LICENSE` && changeOf(before) !== changeOf(after)) changed.add(key.sk);
  }
  for (const id of changed) {
    const events = changes.filter(
      ({ key, after }) => key.pk === `${DOMAIN_ID}#AUDIT` && after?.resourceId?.S === id,
    );
    assertRule(events.length === 1, 'each change has one audit event', () => `${id} has ${events.length}`);
  }
}

type Item = ItemChange['after'];

const isMarkOnly = (before: Item, after: Item): boolean =>
  before !== undefined &&
  after !== undefined &&
  before.version?.N === after.version?.N &&
  sameUser(before, after);

const sameUser = (before: NonNullable<Item>, after: NonNullable<Item>): boolean =>
  userOf(before).isActive === userOf(after).isActive;

const changeOf = (item: Item): string => {
  const { changeId = '', status } = licenseOf(item ?? {});
  return `${changeId} ${status} ${item?.resendId?.S ?? ''}`.trim();
};
