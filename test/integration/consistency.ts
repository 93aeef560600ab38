import { isDeepStrictEqual } from 'node:util';
import { until } from '../../local/host/until';
import { isActive, licenseAddress, licenseUserType } from '../../shared/scim/user-rules';
import { isAttributes, type Json } from '../../shared/scim/resource';
import type { AuditEvent } from '../../shared/store/audit';
import { nameKeyOf, type ResourceKind } from '../../shared/store/keys';
import { nameOf, type ResourceRecord } from '../../shared/store/resource-record';
import { type DomainData, readDomain } from './domain-data';
import { leftBehind, sweepsOf } from './swept';

/** Groups are swept one after the other, those of all tests. */
const SWEEP_TIMEOUT_MS = 60_000;

/**
 * Reads a domain and fails unless all of it agrees: what a change writes in one transaction is whole, whatever happened in
 * between. Returns what was read.
 */
export async function expectConsistent(domainId: string): Promise<DomainData> {
  const data = await readDomain(domainId);
  expect(contradictions(data)).toEqual([]);
  return data;
}

/** Waits until deleted groups have left nothing behind, and then does the same. */
export async function expectSettled(domainId: string): Promise<DomainData> {
  await until(
    'the sweep of deleted groups',
    SWEEP_TIMEOUT_MS,
    async () => leftBehind(await readDomain(domainId)).length === 0,
    500,
  );
  return expectConsistent(domainId);
}

/** What does not agree with what, a sentence each. */
export function contradictions(data: DomainData): string[] {
  return [
    ...inCounts(data),
    ...inClaims(data),
    ...inMemberships(data),
    ...inLicenses(data),
    ...inAudit(data),
  ];
}

function inCounts({ counts, users, groups, licenses }: DomainData): string[] {
  const actual = {
    users: users.length,
    groups: groups.length,
    activeLicenses: licenses.filter(({ status }) => status === 'active').length,
  };
  return Object.entries(actual)
    .filter(([name, value]) => counts[name as keyof typeof actual] !== value)
    .map(([name, value]) => `${value} ${name} are counted as ${counts[name as keyof typeof actual]}`);
}

function inClaims({ claims, users, groups }: DomainData): string[] {
  const owned = (kind: ResourceKind, records: readonly ResourceRecord[]): string[] =>
    records.map((record) => `${kind} ${nameKeyOf(nameOf(kind, record.attributes))} of ${record.id}`);
  const wanted = [...owned('USER', users), ...owned('GROUP', groups)];
  const claimed = claims.map(({ kind, name, ownerId }) => `${kind} ${name} of ${ownerId}`);
  return differences('name', wanted, claimed, 'is not claimed', 'is claimed by nothing that has it');
}

/** A group that is gone may have left traces. */
function inMemberships({ memberships, users, groups }: DomainData): string[] {
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

function inLicenses({ users, licenses }: DomainData): string[] {
  const byUser = new Map(licenses.map((license) => [license.userId, license]));
  const ofUsers = users.flatMap(({ id, attributes }) => {
    const license = byUser.get(id);
    byUser.delete(id);
    if (!license) return [`user ${id} has no license`];
    const wanted = {
      status: isActive(attributes) ? 'active' : 'inactive',
      email: licenseAddress(attributes),
      userName: attributes.userName as string,
      userType: licenseUserType(attributes),
    };
    const names = Object.keys(wanted) as (keyof typeof wanted)[];
    const wrong = names.filter((name) => license[name] !== wanted[name]);
    const keyless = license.status === 'active' && !(license.activationId && license.changeId);
    return [
      ...wrong.map((name) => `license of ${id}: ${name} is ${license[name]}, not ${wanted[name]}`),
      ...(keyless ? [`license of ${id} is active without an activation`] : []),
    ];
  });
  const ofDeleted = [...byUser.values()]
    .filter(({ status }) => status === 'active')
    .map(({ userId }) => `license of ${userId} outlived its user as active`);
  return [...ofUsers, ...ofDeleted];
}

function inAudit(data: DomainData): string[] {
  const { users, licenses, audit } = data;
  const existing = new Map(users.map((user) => [user.id, user]));
  const ids = new Set([...existing.keys(), ...licenses.map(({ userId }) => userId)]);
  const byResource = new Map<string, AuditEvent[]>();
  for (const event of audit) {
    const events = byResource.get(event.resourceId);
    if (events) events.push(event);
    else byResource.set(event.resourceId, [event]);
  }
  const byGroups = changesByGroups(audit);
  const sweeps = sweepsOf(data);
  const active = new Set(licenses.filter(({ status }) => status === 'active').map(({ userId }) => userId));
  return [...ids].flatMap((id) => {
    const events = byResource.get(id) ?? [];
    const user = existing.get(id);
    const actions = events.map(({ action }) => action).join(' ');
    const wanted = user
      ? /^user\.created( user\.updated)*$/
      : /^user\.created( user\.updated)* user\.deleted$/;
    const activations = balance(events);
    const isNow = active.has(id) ? 1 : 0;
    return [
      ...(wanted.test(actions) ? [] : [`user ${id} has the history ${actions}`]),
      ...(activations === isNow ? [] : [`license of ${id} is ${isNow}, by its history ${activations}`]),
      ...(user ? inVersion(user, events.length + (byGroups.get(id) ?? 0) + (sweeps.get(id) ?? 0)) : []),
      ...(user ? inLastValues(user, events) : []),
    ];
  });
}

const balance = (events: readonly AuditEvent[]): number =>
  events.reduce((sum, { license }) => sum + (license === 'activated' ? 1 : license ? -1 : 0), 0);

/** How often each user was taken into a group or out of one by a change of the group. */
function changesByGroups(audit: readonly AuditEvent[]): ReadonlyMap<string, number> {
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
const inVersion = ({ id, version }: ResourceRecord, changes: number): string[] =>
  version === changes ? [] : [`user ${id} is at version ${version} after ${changes} changes`];

/** The last event that touched an attribute says what it is now. */
function inLastValues({ id, attributes }: ResourceRecord, events: readonly AuditEvent[]): string[] {
  const last = new Map(
    events
      .filter(({ action }) => action === 'user.updated')
      .flatMap(({ changes = [] }) => changes)
      .filter(({ attribute }) => attribute !== 'groups')
      .map(({ attribute, after }) => [attribute, after] as const),
  );
  return [...last]
    .filter(([attribute, after]) => !isDeepStrictEqual(valueOf(attributes, attribute), after))
    .map(([attribute]) => `user ${id}: ${attribute} is not what its last change made it`);
}

/** `<urn>:<name>` is an attribute of an extension. */
function valueOf(attributes: ResourceRecord['attributes'], attribute: string): Json | undefined {
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
  superfluous: string,
): string[] {
  const ones = new Set(one);
  const others = new Set(other);
  return [
    ...one.filter((each) => !others.has(each)).map((each) => `${what} ${each} ${missing}`),
    ...other.filter((each) => !ones.has(each)).map((each) => `${what} ${each} ${superfluous}`),
  ];
}
