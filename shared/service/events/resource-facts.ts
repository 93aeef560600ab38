import { isDeepStrictEqual } from 'node:util';
import type { EventResource } from '../../events/event';
import { withoutEmailMark } from '../../scim/derived-email';
import { isActive } from '../../scim/input/user-rules';
import { isSimulated } from '../../scim/text/simulated-name';
import type { Attributes, Json } from '../../scim/resource';
import { readResourceItem, type ResourceRecord } from '../../store/resources/resource-record';
import { MEMBER_PREFIX } from '../../store/table/keys';
import type { Item } from '../../store/table/read-item';
import { facts, type EventFacts, type ItemChange } from './change';

/**
 * Returns what a change of a user's item means. A change of only its groups is one of their members. A
 * connection test makes no events.
 */
export function userFacts({ key, before, after }: ItemChange): EventFacts[] {
  const userId = key.sk;
  const subject = { type: 'user', id: userId } as const;
  const [old, current] = [before && readUser(before), after && readUser(after)];
  if (isSimulated((current ?? old)?.attributes ?? {}, 'USER')) return [];
  const common = { subject, ...resources(old, current), ...(current && { time: current.lastModified }) };
  if (!old) {
    if (!current) return [];
    const data = { userId, active: isActive(current.attributes), attributes: namesOf(current.attributes) };
    return [facts({ ...common, type: 'user.created', data })];
  }
  if (!current) return [facts({ ...common, type: 'user.deleted', data: { userId } })];
  const attributes = changedAttributes(old.attributes, current.attributes).filter(
    (name) => name !== 'active',
  );
  const [wasActive, active] = [isActive(old.attributes), isActive(current.attributes)];
  const type = active ? 'user.reactivated' : 'user.deactivated';
  return [
    ...(attributes.length > 0
      ? [facts({ ...common, type: 'user.changed', data: { userId, attributes } })]
      : []),
    ...(wasActive === active ? [] : [facts({ ...common, type, data: { userId } })]),
  ];
}

/** Reads a user with the attributes that clients know. */
function readUser(item: Item): ResourceRecord {
  const user = readResourceItem(item);
  return { ...user, attributes: withoutEmailMark(user.attributes) };
}

/**
 * Returns what a change of a group's item means. A change of only its members is not a change of the group
 * itself.
 */
export function groupFacts({ key, before, after }: ItemChange): EventFacts[] {
  const groupId = key.sk;
  const subject = { type: 'group', id: groupId } as const;
  const [old, current] = [before && readResourceItem(before), after && readResourceItem(after)];
  if (isSimulated((current ?? old)?.attributes ?? {}, 'GROUP')) return [];
  const common = { subject, ...resources(old, current), ...(current && { time: current.lastModified }) };
  if (!old) {
    if (!current) return [];
    const data = { groupId, attributes: namesOf(current.attributes) };
    return [facts({ ...common, type: 'group.created', data })];
  }
  if (!current) return [facts({ ...common, type: 'group.deleted', data: { groupId } })];
  const attributes = changedAttributes(old.attributes, current.attributes);
  if (attributes.length === 0) return [];
  return [facts({ ...common, type: 'group.changed', data: { groupId, attributes } })];
}

/** Returns what a change of a membership means. A new `display` is not a change of the members. */
export function membershipFacts({ key, before, after }: ItemChange): EventFacts[] {
  if (before && after) return [];
  if ((after ?? before)?.simulated === true) return [];
  const groupId = key.pk.slice(key.pk.lastIndexOf('#') + 1);
  const userIds = [key.sk.slice(MEMBER_PREFIX.length)];
  const subject = { type: 'groupMembers', id: groupId } as const;
  const type = after ? 'group.membersAdded' : 'group.membersRemoved';
  return [facts({ type, subject, data: { groupId, userIds } })];
}

/**
 * Returns the names of all attributes of a resource. An extension is one of them, so that an event stays
 * small.
 */
const namesOf = (attributes: Attributes): string[] => Object.keys(attributes).sort();

/** Returns the names of the attributes that differ. Those of an extension follow its URN. */
function changedAttributes(before: Attributes, after: Attributes): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => {
    const [old, current] = [before[name], after[name]];
    if (isDeepStrictEqual(old, current)) return [];
    return name.startsWith('urn:')
      ? changedAttributes(extension(old), extension(current)).map((each) => `${name}:${each}`)
      : [name];
  });
}

const extension = (value: Json | undefined): Attributes => (value ?? {}) as Attributes;

/** Returns the resources before and after a change, as they are stored. */
const resources = (before: ResourceRecord | undefined, after: ResourceRecord | undefined) => ({
  ...(before && { before: resource(before) }),
  ...(after && { after: resource(after) }),
});

const resource = ({ id, attributes, created, lastModified }: ResourceRecord): EventResource => ({
  id,
  ...attributes,
  meta: { created, lastModified },
});
