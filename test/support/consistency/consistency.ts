import { isDeepStrictEqual } from 'node:util';
import { isActive, licenseAddress, licenseUserType } from '../../../shared/scim/input/user-rules';
import { isAttributes, type Json } from '../../../shared/scim/resource';
import type { AuditEvent } from '../../../shared/store/audit/audit';
import { nameKeyOf, type ResourceKind } from '../../../shared/store/table/keys';
import type { LicenseStatus } from '../../../shared/store/licenses/license-record';
import { nameOf, type ResourceRecord } from '../../../shared/store/resources/resource-record';
import type { Table } from '../../../shared/store/table/table';
import { type DomainData, type Memberships, readDomain, readMemberships } from './domain-data';
import { findUnsweptReferences, sweepsPerUser } from './unswept';
import { eventually } from '../jest/timeouts';

/**
 * Reads a domain and fails unless all of it agrees: what a change writes in one transaction is whole, whatever happened in
 * between. Returns what was read.
 */
export async function expectConsistent(domainId: string, table?: Table): Promise<DomainData> {
  const data = await readDomain(domainId, table);
  expect(findInconsistencies(data)).toEqual([]);
  return data;
}

/** Does the same for a domain whose seats were never lowered: no more licenses than seats are active. */
export async function expectWithinSeats(domainId: string, table?: Table): Promise<DomainData> {
  const data = await expectConsistent(domainId, table);
  const { seats = Infinity, activeLicenses } = data.counts;
  expect(activeLicenses).toBeLessThanOrEqual(seats);
  return data;
}

/** Fails unless members, groups and users agree on who is in which: a part of the above, for many users at many moments. */
export async function expectConsistentMemberships(domainId: string): Promise<Memberships> {
  const data = await readMemberships(domainId);
  expect(membershipProblems(data)).toEqual([]);
  return data;
}

/** Waits until deleted groups have left nothing behind, and then does the same. */
export async function expectConsistentAfterSweep(domainId: string): Promise<DomainData> {
  await eventually(
    'the sweep of deleted groups',
    // Only where no user names one any more, it is worth to look through all.
    async () =>
      findUnsweptReferences(await readMemberships(domainId)).length === 0 &&
      findUnsweptReferences(await readDomain(domainId)).length === 0,
    200,
  );
  return expectConsistent(domainId);
}

/** What does not agree with what, a sentence each. */
export function findInconsistencies(data: DomainData): string[] {
  return [
    ...countProblems(data),
    ...claimProblems(data),
    ...membershipProblems(data),
    ...licenseProblems(data),
    ...queueProblems(data),
    ...auditProblems(data),
  ];
}

function countProblems({ counts, users, groups, licenses }: DomainData): string[] {
  const licensesThatAre = (wanted: LicenseStatus) =>
    licenses.filter(({ status }) => status === wanted).length;
  const actual = {
    users: users.length,
    groups: groups.length,
    activeLicenses: licensesThatAre('active'),
    pendingLicenses: licensesThatAre('pending'),
  };
  return Object.entries(actual)
    .filter(([name, value]) => counts[name as keyof typeof actual] !== value)
    .map(([name, value]) => `${value} ${name} are counted as ${counts[name as keyof typeof actual]}`);
}

function claimProblems({ claims, users, groups }: DomainData): string[] {
  const owned = (kind: ResourceKind, records: readonly ResourceRecord[]): string[] =>
    records.map((record) => `${kind} ${nameKeyOf(nameOf(kind, record.attributes))} of ${record.id}`);
  const wanted = [...owned('USER', users), ...owned('GROUP', groups)];
  const claimed = claims.map(({ kind, name, ownerId }) => `${kind} ${name} of ${ownerId}`);
  return differences('name', wanted, claimed, 'is not claimed', 'is claimed by nothing that has it');
}

/** A group that is gone may have left traces. */
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

function licenseProblems({ users, licenses }: DomainData): string[] {
  const byUser = new Map(licenses.map((license) => [license.userId, license]));
  const ofUsers = users.flatMap(({ id, attributes }) => {
    const license = byUser.get(id);
    byUser.delete(id);
    if (!license) return [`user ${id} has no license`];
    const wanted = {
      status: !isActive(attributes) ? 'inactive' : license.status === 'pending' ? 'pending' : 'active',
      email: licenseAddress(attributes),
      userName: attributes.userName as string,
      userType: licenseUserType(attributes),
    };
    const names = Object.keys(wanted) as (keyof typeof wanted)[];
    const wrong = names.filter((name) => license[name] !== wanted[name]);
    const { status, activationId, changeId, changedBy } = license;
    const keyless = status === 'active' && !(activationId && changeId);
    return [
      ...wrong.map((name) => `license of ${id}: ${name} is ${license[name]}, not ${wanted[name]}`),
      ...(keyless ? [`license of ${id} is active without an activation`] : []),
      ...(changedBy ? [] : [`license of ${id} was changed by nobody`]),
    ];
  });
  const ofDeleted = [...byUser.values()]
    .filter(({ status }) => status !== 'inactive')
    .map(({ userId, status }) => `license of ${userId} outlived its user as ${status}`);
  return [...ofUsers, ...ofDeleted];
}

/** Whoever waits for a seat is in the queue, by the change that made the license wait. */
function queueProblems({ licenses, pendingQueue }: DomainData): string[] {
  const pending = licenses.filter(({ status }) => status === 'pending');
  return differences(
    'wait',
    pending.map(({ userId, changeId = '' }) => `${changeId} of ${userId}`),
    pendingQueue.map(({ userId, changeId }) => `${changeId} of ${userId}`),
    'is not in the queue',
    'is in the queue of nobody who waits',
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
    const wanted = user
      ? /^user\.created( user\.updated)*$/
      : /^user\.created( user\.updated)* user\.deleted$/;
    const status = statuses.get(id) ?? 'inactive';
    const byHistory = licenseStatusFromEvents(all);
    return [
      ...(wanted.test(actions) ? [] : [`user ${id} has the history ${actions}`]),
      ...(byHistory === status ? [] : [`license of ${id} is ${status}, by its history ${byHistory}`]),
      ...(user ? versionProblems(user, events.length + (byGroups.get(id) ?? 0) + (sweeps.get(id) ?? 0)) : []),
      ...(user ? lastValueProblems(user, events) : []),
    ];
  });
}

/** What the events of a user have made of its license; a sentence where they cannot have. */
function licenseStatusFromEvents(events: readonly AuditEvent[]): string {
  let active = 0;
  let waiting = 0;
  for (const { action, license } of events) {
    if (license === 'activated') active++;
    if (license === 'deactivated') active--;
    if (license === 'pending') waiting++;
    if (license === 'withdrawn' || action === 'license.promoted') waiting--;
  }
  const statuses: Record<string, LicenseStatus> = { '0 0': 'inactive', '1 0': 'active', '0 1': 'pending' };
  return statuses[`${active} ${waiting}`] ?? `${active} times active and ${waiting} times waiting`;
}

/** How often each user was taken into a group or out of one by a change of the group. */
function groupChangesPerUser(audit: readonly AuditEvent[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { action, changes = [] } of audit) {
    if (!action.startsWith('group.')) continue;
    for (const { attribute, before, after } of changes) {
      if (attribute !== 'members') continue;
      for (const id of [...((before ?? []) as string[]), ...((after ?? []) as string[])])
        times.set(id, (times.get(id) ?? 0) + 1);
    }
  }
  return times;
}

/** Every change counts the version up by one, also one of membership from the group's side, and a sweep. */
const versionProblems = ({ id, version }: ResourceRecord, changes: number): string[] =>
  version === changes ? [] : [`user ${id} is at version ${version} after ${changes} changes`];

/** The last event that touched an attribute says what it is now. */
function lastValueProblems({ id, attributes }: ResourceRecord, events: readonly AuditEvent[]): string[] {
  const last = new Map(
    events
      .filter(({ action }) => action === 'user.updated')
      .flatMap(({ changes = [] }) => changes)
      .filter(({ attribute }) => attribute !== 'groups')
      .map(({ attribute, after }) => [attribute, after] as const),
  );
  return [...last]
    .filter(([attribute, after]) => !isDeepStrictEqual(attributeValue(attributes, attribute), after))
    .map(([attribute]) => `user ${id}: ${attribute} is not what its last change made it`);
}

/** `<urn>:<name>` is an attribute of an extension. */
function attributeValue(attributes: ResourceRecord['attributes'], attribute: string): Json | undefined {
  if (!attribute.startsWith('urn:')) return attributes[attribute];
  const colon = attribute.lastIndexOf(':');
  const extension = attributes[attribute.slice(0, colon)];
  return isAttributes(extension) ? extension[attribute.slice(colon + 1)] : undefined;
}

function differences(
  what: string,
  one: readonly string[],
  other: readonly string[],
  missing: string,
  unexpected: string,
): string[] {
  const ones = new Set(one);
  const others = new Set(other);
  return [
    ...one.filter((each) => !others.has(each)).map((each) => `${what} ${each} ${missing}`),
    ...other.filter((each) => !ones.has(each)).map((each) => `${what} ${each} ${unexpected}`),
  ];
}
