import type { EventType, SubjectType } from './event-types';

/** The version of the schemas of all events. A new member is not a new version. */
export const EVENT_SCHEMA_VERSION = 1;

/** The object of an event. `groupMembers` has the id of its group, and `license` that of its user. */
export interface EventSubject {
  readonly type: SubjectType;
  readonly id: string;
}

/** The author of a change. `unknown`: the audit log has no matching entry. */
export interface EventActor {
  readonly kind: 'scimKey' | 'admin' | 'system' | 'unknown';
  /** The id of the credential or of the administrator. */
  readonly id?: string;
  readonly name?: string;
}

/** A status of a license in events. */
type EventLicenseStatus = 'active' | 'pending' | 'inactive';

/** An organization of a user, with the role. */
export interface EventOrganization {
  readonly organization: string;
  readonly role?: string;
}

/** A license in the data of an event. `activationId` identifies its key: a new key has another one. */
export interface LicenseData {
  readonly userId: string;
  readonly status: EventLicenseStatus;
  readonly previousStatus?: EventLicenseStatus;
  readonly activationId?: string;
  /** The activation whose key is no longer valid. */
  readonly previousActivationId?: string;
  readonly userType: string;
  readonly organizations: readonly EventOrganization[];
  readonly reason?: string;
}

/** The data of each type of event: ids and states, but no personal data. */
export interface EventDataByType {
  /** `attributes` are the names of those that the user has. */
  readonly 'user.created': {
    readonly userId: string;
    readonly active: boolean;
    readonly attributes: readonly string[];
  };
  /** `attributes` are the names of the changed attributes, besides `active`. */
  readonly 'user.changed': { readonly userId: string; readonly attributes: readonly string[] };
  readonly 'user.deactivated': { readonly userId: string };
  readonly 'user.reactivated': { readonly userId: string };
  readonly 'user.deleted': { readonly userId: string };
  readonly 'group.created': { readonly groupId: string; readonly attributes: readonly string[] };
  readonly 'group.changed': { readonly groupId: string; readonly attributes: readonly string[] };
  readonly 'group.deleted': { readonly groupId: string };
  readonly 'group.membersAdded': { readonly groupId: string; readonly userIds: readonly string[] };
  readonly 'group.membersRemoved': { readonly groupId: string; readonly userIds: readonly string[] };
  readonly 'license.activated': LicenseData;
  readonly 'license.pending': LicenseData;
  /** `attributes`: `userType`, `organizations`, or both. */
  readonly 'license.changed': LicenseData & { readonly attributes: readonly string[] };
  readonly 'license.keyReplaced': LicenseData;
  readonly 'license.ended': LicenseData;
  /** The email was for a user, or was a reminder of the expiry of a credential. */
  readonly 'email.bounced': {
    readonly emailId: string;
    readonly userId?: string;
    readonly credentialId?: string;
  };
  readonly 'domain.created': { readonly domainId: string };
  readonly 'domain.switched': {
    readonly domainId: string;
    readonly scimAvailable: boolean;
    readonly scimEnabled: boolean;
  };
  readonly 'domain.deleted': { readonly domainId: string };
  readonly 'connection.created': { readonly connectionId: string };
  readonly 'connection.revoked': { readonly connectionId: string };
  readonly 'connection.expiring': {
    readonly connectionId: string;
    readonly credentialId: string;
    /** RFC 3339, UTC. */
    readonly expireTime: string;
  };
}

/** A resource before or after a change, without keys and secrets. */
export type EventResource = Readonly<Record<string, unknown>>;

/**
 * An event before it has a sequence number. It is derived from one change, or from changes of members in a
 * row.
 */
export interface EventDraft<T extends EventType = EventType> {
  /** A UUIDv7 that depends on the change only. */
  readonly id: string;
  readonly type: T;
  /** The time of the change: RFC 3339, UTC. */
  readonly time: string;
  readonly domainId: string;
  readonly subject: EventSubject;
  readonly actor: EventActor;
  readonly data: EventDataByType[T];
  /** Absent in notices, in a creation, and if the two resources are too large for an event. */
  readonly before?: EventResource;
  /** Absent in notices, in a deletion, and if the two resources are too large for an event. */
  readonly after?: EventResource;
}

/** An event. Its members are in this order in JSON. */
export type ChangeEvent = {
  [T in EventType]: {
    readonly id: string;
    readonly type: T;
    readonly schemaVersion: number;
    readonly time: string;
    readonly domainId: string;
    readonly subject: EventSubject;
    /** Counts the events of the subject in this feed, from 1. */
    readonly sequence: number;
    readonly actor: EventActor;
    readonly data: EventDataByType[T];
    readonly before?: EventResource;
    readonly after?: EventResource;
  };
}[EventType];

/**
 * Returns the JSON of an event as a notice: the body of a webhook, and an element of the feed. It is stored,
 * so every delivery has the same bytes.
 */
export function noticeJson(
  { id, type, time, domainId, subject, actor, data }: EventDraft,
  sequence: number,
): string {
  const notice = { id, type, schemaVersion: EVENT_SCHEMA_VERSION, time, domainId, subject, sequence, actor };
  return JSON.stringify({ ...notice, data });
}

/** Returns the JSON of `before` and `after`, or undefined if an event has neither. */
export function contentJson({ before, after }: EventDraft): string | undefined {
  return before || after ? JSON.stringify({ before, after }) : undefined;
}

/** Returns the JSON of an event with the resource before and after the change. */
export const fullJson = (notice: string, content: string | undefined): string =>
  content === undefined ? notice : `${notice.slice(0, -1)},${content.slice(1)}`;
