import { isActive, licenseAddress } from '../../../shared/scim/input/user-rules';
import { nameKeysOf } from '../../../shared/scim/text/name-key';
import type { AuditEvent } from '../../../shared/store/audit/audit';
import type { ResourceKind } from '../../../shared/store/table/keys';
import type { LicenseStatus } from '../../../shared/store/licenses/license-record';
import { nameOf, storedNameKey, type ResourceRecord } from '../../../shared/store/resources/resource-record';
import type { Table } from '../../../shared/store/table/table';
import { addressProblems } from './address-problems';
import { managedProblems } from './managed-problems';
import { type DomainData, type Memberships, readDomain, readMemberships } from './domain-data';
import { findUnsweptReferences, sweepsPerUser } from './unswept';
import {
  groupChangesPerUser,
  lastValueProblems,
  licenseStatusFromEvents,
  versionProblems,
} from './user-history';
import { eventually } from '../jest/timeouts';
import { product } from '../../../shared/product/product';
import { licenseUserType } from '../../../shared/scim/schemas/product-user';

/** Reads all data of a domain, fails unless it is consistent, and returns it. */
export async function expectConsistent(domainId: string, table?: Table): Promise<DomainData> {
  const data = await readDomain(domainId, table);
  expect(findInconsistencies(data)).toEqual([]);
  return data;
}

/** Checks a domain whose seats were never lowered. Also fails if more licenses are active than seats. */
export async function expectWithinSeats(domainId: string, table?: Table): Promise<DomainData> {
  const data = await expectConsistent(domainId, table);
  const { seats = Infinity, activeLicenses } = data.counts;
  expect(activeLicenses).toBeLessThanOrEqual(seats);
  return data;
}

/** Checks only that users, groups and memberships agree, which reads much less than a check of all data. */
export async function expectConsistentMemberships(domainId: string): Promise<Memberships> {
  const data = await readMemberships(domainId);
  expect(membershipProblems(data)).toEqual([]);
  return data;
}

/** Waits until deleted groups are swept, and then checks all data. */
export async function expectConsistentAfterSweep(domainId: string): Promise<DomainData> {
  await eventually(
    'the sweep of deleted groups',
    // The read of all data is expensive, so it waits until memberships have no references.
    async () =>
      findUnsweptReferences(await readMemberships(domainId)).length === 0 &&
      findUnsweptReferences(await readDomain(domainId)).length === 0,
    200,
  );
  return expectConsistent(domainId);
}

/** Returns a sentence for each inconsistency. */
export function findInconsistencies(data: DomainData): string[] {
  return [
    ...countProblems(data),
    ...seatProblems(data),
    ...claimProblems(data),
    ...addressProblems(data),
    ...managedProblems(data),
    ...membershipProblems(data),
    ...headProblems(data),
    ...licenseProblems(data),
    ...queueProblems(data),
    ...auditProblems(data),
  ];
}

function countProblems({ counts, users, groups, licenses }: DomainData): string[] {
  const countLicenses = (status: LicenseStatus) =>
    licenses.filter((license) => license.status === status).length;
  const actual = {
    users: users.length,
    groups: groups.length,
    activeLicenses: countLicenses('active'),
    pendingLicenses: countLicenses('pending'),
  };
  return Object.entries(actual)
    .filter(([name, value]) => counts[name as keyof typeof actual] !== value)
    .map(([name, value]) => `${value} ${name} are counted as ${counts[name as keyof typeof actual]}`);
}

/**
 * The active licenses and free seats of all shards are the seats. A free seat and a debt exclude each other.
 */
function seatProblems({ counts: { seats }, shards = [] }: DomainData): string[] {
  if (seats === undefined || shards.length === 0) return [];
  const sum = shards.reduce((total, { activeLicenses, free }) => total + activeLicenses + free, 0);
  const [hasFree, hasDebt] = [shards.some(({ free }) => free > 0), shards.some(({ free }) => free < 0)];
  return [
    ...(sum === seats ? [] : [`${seats} seats are counted as ${sum}`]),
    ...(hasFree && hasDebt ? ['one shard has a free seat although another has a debt'] : []),
  ];
}

function claimProblems({ claims, users, groups }: DomainData): string[] {
  const owned = (kind: ResourceKind, records: readonly ResourceRecord[]): string[] =>
    records.map((record) => `${kind} ${storedNameKey(kind, record)} of ${record.id}`);
  const expected = [...owned('USER', users), ...owned('GROUP', groups)];
  const claimed = claims.map(({ kind, name, ownerId }) => `${kind} ${name} of ${ownerId}`);
  return [
    ...differences('name', expected, claimed, 'is not claimed', 'is claimed without a resource'),
    ...[...users.map(unknownKey('USER')), ...groups.map(unknownKey('GROUP'))].flat(),
  ];
}

/** A stored key is the current key of the name, or that of a previous version. */
const unknownKey =
  (kind: ResourceKind) =>
  (record: ResourceRecord): string[] => {
    const [name, key] = [nameOf(kind, record.attributes), storedNameKey(kind, record)];
    return nameKeysOf(name).includes(key) ? [] : [`${kind} ${record.id} has the key ${key} for ${name}`];
  };

/** Compares both sides of the memberships of existing groups. Deleted groups may still have references. */
function membershipProblems({ memberships, users, groups }: Memberships): string[] {
  const existing = new Set(groups.map(({ id }) => id));
  const ofGroups = memberships.filter(({ groupId }) => existing.has(groupId));
  const ofUsers = users.flatMap(({ id, groupIds }) =>
    groupIds.filter((groupId) => existing.has(groupId)).map((groupId) => `${groupId} of ${id}`),
  );
  const items = ofGroups.map(({ groupId, userId }) => `${groupId} of ${userId}`);
  return [
    ...differences('membership', ofUsers, items, "is on the user's side only", "is on the group's side only"),
    ...groups.flatMap(({ id, memberCount }) => {
      const members = ofGroups.filter(({ groupId }) => groupId === id).length;
      return members === memberCount ? [] : [`group ${id} has ${members} members and counts ${memberCount}`];
    }),
  ];
}

const headProblems = ({ heads }: DomainData): string[] =>
  heads
    .filter(({ existing, expected }) => existing !== expected)
    .map(
      ({ groupId, existing, expected }) => `group ${groupId} has ${existing} heads and counts ${expected}`,
    );

const valueOf = (license: object, name: string): unknown => (license as Record<string, unknown>)[name];

function licenseProblems({ users, licenses }: DomainData): string[] {
  const byUser = new Map(licenses.map((license) => [license.userId, license]));
  const ofUsers = users.flatMap(({ id, attributes }) => {
    const license = byUser.get(id);
    byUser.delete(id);
    if (!license) return [`user ${id} has no license`];
    const isEntitled = isActive(attributes) && license.noLicenseMapping === undefined;
    const status = !isEntitled ? 'inactive' : license.status === 'pending' ? 'pending' : 'active';
    // An inactive license keeps the holder that it had when it ended.
    const expected =
      status === 'inactive'
        ? { status }
        : {
            status,
            email: licenseAddress(attributes),
            userName: attributes.userName as string,
            // Mappings may give another type.
            ...(license.mappingsVersion === undefined && { userType: licenseUserType(product, attributes) }),
          };
    const differing = Object.entries(expected).filter(([name, value]) => valueOf(license, name) !== value);
    const { activationId, changeId, changedBy, keptActivationId, endedAt } = license;
    const keeps = license.status !== 'active' && keptActivationId === activationId;
    const lacksActivation = license.status === 'active' && !(activationId && changeId);
    return [
      ...differing.map(
        ([name, value]) => `license of ${id}: ${name} is ${String(valueOf(license, name))}, not ${value}`,
      ),
      ...(lacksActivation ? [`license of ${id} is active without an activation`] : []),
      ...(changedBy ? [] : [`license of ${id} has no changedBy`]),
      ...(keptActivationId === undefined || keeps
        ? []
        : [`license of ${id} keeps a key that is not its last`]),
      ...(!keptActivationId === !endedAt
        ? []
        : [`license of ${id} lacks the kept key, or the time of its end`]),
    ];
  });
  const ofDeleted = [...byUser.values()]
    .filter(({ status }) => status !== 'inactive')
    .map(({ userId, status }) => `license of ${userId} still exists without its user as ${status}`);
  return [...ofUsers, ...ofDeleted];
}

/** Compares the pending licenses with the queue, by the change that made each license pending. */
function queueProblems({ licenses, pendingQueue }: DomainData): string[] {
  const pending = licenses.filter(({ status }) => status === 'pending');
  return differences(
    'pending license',
    pending.map(({ userId, changeId = '' }) => `${changeId} of ${userId}`),
    pendingQueue.map(({ userId, changeId }) => `${changeId} of ${userId}`),
    'is not in the queue',
    'is in the queue without a pending license',
  );
}

function auditProblems(data: DomainData): string[] {
  const { users, licenses, audit } = data;
  const existing = new Map(users.map((user) => [user.id, user]));
  const ids = new Set([...existing.keys(), ...licenses.map(({ userId }) => userId)]);
  const byResource = new Map<string, AuditEvent[]>();
  for (const event of audit) {
    const events = byResource.get(event.resourceId);
    if (events) events.push(event);
    else byResource.set(event.resourceId, [event]);
  }
  const byGroups = groupChangesPerUser(audit);
  const sweeps = sweepsPerUser(data);
  const statuses = new Map(licenses.map(({ userId, status }) => [userId, status]));
  return [...ids].flatMap((id) => {
    const all = byResource.get(id) ?? [];
    const events = all.filter(({ action }) => action.startsWith('user.'));
    const user = existing.get(id);
    const actions = events.map(({ action }) => action).join(' ');
    const expected = user
      ? /^user\.created( user\.updated)*$/
      : /^user\.created( user\.updated)* user\.deleted$/;
    const status = statuses.get(id) ?? 'inactive';
    const statusFromEvents = licenseStatusFromEvents(all);
    return [
      ...(expected.test(actions) ? [] : [`user ${id} has the history ${actions}`]),
      ...(statusFromEvents === status
        ? []
        : [`license of ${id} is ${status}, but ${statusFromEvents} by its history`]),
      ...(user ? versionProblems(user, events.length + (byGroups.get(id) ?? 0) + (sweeps.get(id) ?? 0)) : []),
      ...(user ? lastValueProblems(user, events) : []),
    ];
  });
}

/** Returns a sentence for each text that is in only one of two lists. */
function differences(
  subject: string,
  expected: readonly string[],
  actual: readonly string[],
  missing: string,
  unexpected: string,
): string[] {
  const expectedSet = new Set(expected);
  const actualSet = new Set(actual);
  return [
    ...expected.filter((each) => !actualSet.has(each)).map((each) => `${subject} ${each} ${missing}`),
    ...actual.filter((each) => !expectedSet.has(each)).map((each) => `${subject} ${each} ${unexpected}`),
  ];
}
