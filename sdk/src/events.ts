/** The object of an event. `groupMembers` has the ID of its group, and `license` that of its user. */
export interface EventSubject {
  readonly type: 'user' | 'group' | 'groupMembers' | 'license' | 'email' | 'domain' | 'connection';
  readonly id: string;
}

/** The author of a change. `unknown`: the audit log has no matching entry. */
export interface EventActor {
  readonly kind: 'scimKey' | 'admin' | 'system' | 'unknown';
  readonly id?: string;
  readonly name?: string;
}

type LicenseStatus = 'active' | 'pending' | 'inactive';

/** An organization of a user, with the role of the user in it. */
export interface Organization {
  readonly organization: string;
  readonly role?: string;
}

/** A license in the data of an event. `activationId` identifies its key: a new key has another one. */
export interface LicenseData {
  readonly userId: string;
  readonly status: LicenseStatus;
  readonly previousStatus?: LicenseStatus;
  readonly activationId?: string;
  /** The activation whose key is no longer valid. */
  readonly previousActivationId?: string;
  readonly userType: string;
  readonly organizations: readonly Organization[];
  readonly reason?: string;
}

/** The data of each type of event: IDs and states, but no personal data. */
export interface EventDataByType {
  /** `attributes` are the names of those that the user has. */
  readonly 'user.created': {
    readonly userId: string;
    readonly active: boolean;
    readonly attributes: readonly string[];
  };
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
  readonly 'license.changed': LicenseData & { readonly attributes: readonly string[] };
  readonly 'license.keyReplaced': LicenseData;
  readonly 'license.ended': LicenseData;
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

/** A type of event of which this version of the client knows the data. */
export type EventType = keyof EventDataByType;

/** A resource before or after a change. Only subscriptions with full content have it. */
export type EventResource = Readonly<Record<string, unknown>>;

interface EventOf<T extends EventType> {
  /** A UUIDv7. It is the same in each delivery. */
  readonly id: string;
  readonly type: T;
  readonly schemaVersion: number;
  /** The time of the change: RFC 3339, UTC. */
  readonly time: string;
  readonly domainId: string;
  readonly subject: EventSubject;
  /** Counts the events of the subject in this feed, from 1. */
  readonly sequence: number;
  readonly actor: EventActor;
  readonly data: EventDataByType[T];
  readonly before?: EventResource;
  readonly after?: EventResource;
}

/** An event. Its `type` decides on its `data`. */
export type ChangeEvent = { [T in EventType]: EventOf<T> }[EventType];

/**
 * The type of the events that administrators send to test an endpoint. Those of the deployment have no
 * domain.
 */
const TEST_EVENT_TYPE = 'subscription.test';

/**
 * Reads an event of a webhook or of the feed. Its type can be one that this version of the client does not
 * know, so handle the types that you need, and ignore all others. Throws a `TypeError` if it is not an event.
 */
export function readEvent(value: unknown): ChangeEvent {
  const event = value as Partial<ChangeEvent> | null | undefined;
  const isEvent =
    typeof event === 'object' &&
    event !== null &&
    [event.id, event.type, event.time, event.subject?.type, event.subject?.id].every(
      (member) => typeof member === 'string',
    ) &&
    (typeof event.domainId === 'string' || (event.type as string) === TEST_EVENT_TYPE) &&
    typeof event.sequence === 'number' &&
    typeof event.data === 'object';
  if (isEvent) return event as ChangeEvent;
  throw new TypeError('This is not an event.');
}
