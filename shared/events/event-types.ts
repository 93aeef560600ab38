/**
 * The types of events. The part before the dot names the kind of resource. docs/events.md describes each of
 * them.
 */
export const EVENT_TYPES = [
  'user.created',
  'user.changed',
  'user.deactivated',
  'user.reactivated',
  'user.deleted',
  'group.created',
  'group.changed',
  'group.deleted',
  'group.membersAdded',
  'group.membersRemoved',
  'license.activated',
  'license.pending',
  'license.changed',
  'license.keyReplaced',
  'license.ended',
  'email.bounced',
  'domain.created',
  'domain.switched',
  'domain.deleted',
  'connection.created',
  'connection.revoked',
  'connection.expiring',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/**
 * The kinds of subjects. The events of one subject are delivered in order, those of two subjects in any
 * order.
 */
export const SUBJECT_TYPES = [
  'user',
  'group',
  'groupMembers',
  'license',
  'email',
  'domain',
  'connection',
] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];
