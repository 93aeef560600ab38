// Written by `npm run portal:api-types` from docs/admin-api.openapi.json; do not edit.

/** RFC 9457. */
export type Problem = {
  /** A name of the kind of problem, or `about:blank`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Says what to change. */
  readonly detail: string;
  /** Quote it when you ask for help. */
  readonly requestId?: string;
};

/** `operator`: all domains. `owner`: changes a domain. `viewer`: sees it. */
export type Role = 'operator' | 'owner' | 'viewer';

export type RatePlan = 'standard' | 'gallery' | 'unmetered';

/** What becomes of a user for whom there is no seat: the request is refused, or the license waits. */
export type SeatPolicy = 'refuse' | 'wait';

export type Me = {
  readonly id: string;
  readonly name?: string;
  readonly kind: 'adminToken' | 'user';
  /** Sees and changes all domains. */
  readonly operator: boolean;
  /** Those that the caller may see; of an operator, none are listed: see `GET /domains`. */
  readonly domains: readonly {
    readonly domainId: string;
    readonly name: string;
    readonly role: Role;
  }[];
};

export type Counts = {
  readonly users: number;
  readonly groups: number;
  readonly activeLicenses: number;
  readonly pendingLicenses: number;
};

export type DomainSummary = {
  readonly domainId: string;
  readonly name: string;
};

export type DomainPage = {
  readonly items: readonly DomainSummary[];
  /** Send it as `cursor` to get the next page; absent on the last one. */
  readonly next?: string;
};

export type DeletedDomain = {
  readonly domainId: string;
  readonly name: string;
  /** When it was deleted. RFC 3339, UTC. */
  readonly deletedAt: string;
  /** When nothing was left of it; absent while its data is being swept up. RFC 3339, UTC. */
  readonly sweptAt?: string;
};

export type DeletedDomainPage = {
  readonly items: readonly DeletedDomain[];
  /** Send it as `cursor` to get the next page; absent on the last one. */
  readonly next?: string;
};

export type Domain = {
  readonly domainId: string;
  readonly name: string;
  readonly scimEnabled: boolean;
  /** Goes into the identity provider's configuration. */
  readonly scimBaseUrl: string;
  readonly ratePlan: RatePlan;
  /** How many licenses may be active; null: any number. */
  readonly seats: number | null;
  readonly seatPolicy: SeatPolicy;
  /** Between an activation and its first mail. */
  readonly mailDelayMinutes: number;
  /** When it was made. RFC 3339, UTC. */
  readonly createdAt: string;
  readonly counts: Counts;
};

export type NewDomain = {
  readonly name: string;
  readonly scimEnabled?: boolean;
  readonly ratePlan?: RatePlan;
  readonly seats?: number | null;
  readonly seatPolicy?: SeatPolicy;
  readonly mailDelayMinutes?: number;
};

/** What is left out stays as it is. `ratePlan`, `seats` and `seatPolicy` are an operator's to change. */
export type DomainChange = {
  readonly name?: string;
  readonly scimEnabled?: boolean;
  readonly ratePlan?: RatePlan;
  readonly seats?: number | null;
  readonly seatPolicy?: SeatPolicy;
  readonly mailDelayMinutes?: number;
};

export type ScimKey = {
  readonly keyId: string;
  readonly name: string;
  /** When it was generated. RFC 3339, UTC. */
  readonly createdAt: string;
  /** Absent: never expires. RFC 3339, UTC. */
  readonly expireTime?: string;
  /** To the minute; absent: never used. RFC 3339, UTC. */
  readonly lastUsedAt?: string;
  /** When it was revoked. RFC 3339, UTC. */
  readonly revokedAt?: string;
  readonly status: 'active' | 'expired' | 'revoked';
};

export type ScimKeyList = {
  /** Oldest first. */
  readonly items: readonly ScimKey[];
};

export type NewScimKey = {
  readonly name: string;
  /** Absent: never expires. Lies in the future; any offset is taken. RFC 3339, UTC. */
  readonly expireTime?: string;
};

export type GeneratedScimKey = {
  readonly key: ScimKey;
  /** The bearer credential. It is told here and never again. */
  readonly token: string;
};

export type MailProblem = {
  readonly kind: 'bounced' | 'complained' | 'refused';
  /** When it was told. RFC 3339, UTC. */
  readonly at: string;
  readonly detail?: string;
};

export type License = {
  readonly status: 'active' | 'inactive' | 'pending';
  readonly userType: string;
  /** Where its mails go. */
  readonly email: string;
  /** Of the last change of status. RFC 3339, UTC. */
  readonly changedAt?: string;
  readonly reason?: 'deactivated' | 'deleted';
  readonly mailProblem?: MailProblem;
};

export type User = {
  readonly userId: string;
  readonly userName: string;
  readonly displayName?: string;
  readonly active: boolean;
  /** When it was created. RFC 3339, UTC. */
  readonly createdAt: string;
  /** Of the last change. RFC 3339, UTC. */
  readonly lastModified: string;
  readonly license?: License;
};

export type UserPage = {
  readonly items: readonly User[];
  /** Send it as `cursor` to get the next page; absent on the last one. */
  readonly next?: string;
};

export type LicenseEvent = {
  readonly id: string;
  /** When it happened. RFC 3339, UTC. */
  readonly at: string;
  readonly what: 'issued' | 'pending' | 'deactivated' | 'mailRequested';
  readonly by?: Actor;
  readonly reason?: string;
  readonly mail?: {
    /** `due`, `claimed`, `sent`, `delivered`, `failed`, `superseded`, `suppressed`, `bounced` or `complained`. */
    readonly status: string;
    readonly to?: string;
    /** Of this status. RFC 3339, UTC. */
    readonly at?: string;
    readonly detail?: string;
  };
};

export type UserDetail = {
  readonly user: User;
  readonly groups: readonly {
    readonly groupId: string;
    readonly displayName?: string;
  }[];
  /** The SCIM resource. */
  readonly scim: Readonly<Record<string, unknown>>;
  /** Of the license, newest first; the last 50. */
  readonly history: readonly LicenseEvent[];
};

export type LicenseDetail = {
  readonly license: {
    readonly userId: string;
    readonly userName: string;
    /** Of its holder. */
    readonly name?: string;
    readonly status: 'active' | 'inactive' | 'pending';
    readonly userType: string;
    /** Where its mails go. */
    readonly email: string;
    /** Of the last change of status. RFC 3339, UTC. */
    readonly changedAt?: string;
    readonly reason?: 'deactivated' | 'deleted';
    readonly mailProblem?: MailProblem;
  };
  /** Newest first. */
  readonly history: readonly LicenseEvent[];
  /** Send it as `cursor` to get the next page; absent on the last one. */
  readonly next?: string;
};

export type SuppressedAddress = {
  readonly address: string;
  readonly reason: 'bounced' | 'complained';
  /** Since when. RFC 3339, UTC. */
  readonly at: string;
  readonly detail?: string;
  readonly userId?: string;
};

export type SuppressedAddressPage = {
  readonly items: readonly SuppressedAddress[];
  /** Send it as `cursor` to get the next page; absent on the last one. */
  readonly next?: string;
};

export type Redrive = {
  /** Mails that are due now. */
  readonly mails: number;
  /** Messages that were done with and taken out of the queues. */
  readonly messages: number;
  /** Messages that are left: nobody understands them, their mail is just being sent, or there was no time for them. */
  readonly left: number;
  /** False where the time of a request did not suffice: repeat it five minutes later. */
  readonly finished: boolean;
};

export type Actor = {
  readonly kind: 'scimKey' | 'admin' | 'system';
  /** Key id, or id of the administrator. */
  readonly id?: string;
  readonly name?: string;
  readonly sourceAddress?: string;
  readonly userAgent?: string;
};

export type AttributeChange = {
  readonly attribute: string;
  /** Any JSON value; absent where there was none, or its JSON has more than 1,000 characters. Of `members` and `groups`, those that were taken out. */
  readonly before?: unknown;
  /** As `before`; those that were put in. */
  readonly after?: unknown;
};

export type AuditEvent = {
  readonly eventId: string;
  /** When it happened. RFC 3339, UTC. */
  readonly at: string;
  /** Absent in an event of the deployment that is about no domain. */
  readonly domainId?: string;
  /** E.g. `user.created`, `group.updated`, `key.revoked`, `request.refused`, `mail.redriven`. */
  readonly action: string;
  readonly outcome: 'done' | 'refused';
  readonly resource: {
    readonly type: 'user' | 'group' | 'domain' | 'key' | 'license' | 'address' | 'request' | 'mail';
    readonly id?: string;
    /** userName of a user, also where the event is about its license; displayName of a group. As the change left it; of a long one the first 100 characters. */
    readonly name?: string;
  };
  readonly actor: Actor;
  readonly requestId?: string;
  /** What was asked for, of a refusal: the route of SCIM or of the admin API, e.g. `PATCH /Users/{id}`, `POST /domains/{domainId}/keys`. */
  readonly request?: string;
  /** Why it was refused, as the client was told. */
  readonly reason?: string;
  /** HTTP status of the refusal. */
  readonly status?: number;
  readonly changes?: readonly AttributeChange[];
  /** What happened to the license in the same transaction. */
  readonly license?: string;
  /** Ids that named nothing and were left out. */
  readonly leftOut?: readonly string[];
};

export type AuditEventPage = {
  readonly items: readonly AuditEvent[];
  /** Send it as `cursor` to get the next page; absent on the last one. */
  readonly next?: string;
};

export type Finding = {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly found: string;
  readonly action: string;
  /** Into the documentation. */
  readonly link: string;
  readonly details?: readonly Readonly<Record<string, unknown>>[];
};

export type Readiness = {
  readonly ready: boolean;
  /** When it was looked at. RFC 3339, UTC. */
  readonly checkedAt: string;
  readonly findings: readonly Finding[];
};

export type RateUsage = {
  readonly ratePlan: RatePlan;
  readonly limit: null | {
    readonly perMinute: number;
    readonly perTenSeconds: number;
  };
  /** The last hour, newest first; minutes without a request are left out. Of an unlimited plan nothing is counted. */
  readonly minutes: readonly {
    /** The beginning of the minute. RFC 3339, UTC. */
    readonly minute: string;
    readonly requests: number;
    readonly mostInTenSeconds: number;
  }[];
};

/** The input of each operation and its response on success. */
export interface Operations {
  'GET /openapi.json': {
    path: undefined;
    query: undefined;
    body: undefined;
    response: Readonly<Record<string, unknown>>;
  };
  'GET /me': {
    path: undefined;
    query: undefined;
    body: undefined;
    response: Me;
  };
  'GET /domains': {
    path: undefined;
    query: { limit?: number; cursor?: string };
    body: undefined;
    response: DomainPage;
  };
  'POST /domains': {
    path: undefined;
    query: undefined;
    body: NewDomain;
    response: Domain;
  };
  'GET /deleted-domains': {
    path: undefined;
    query: { limit?: number; cursor?: string };
    body: undefined;
    response: DeletedDomainPage;
  };
  'GET /domains/{domainId}': {
    path: { domainId: string };
    query: undefined;
    body: undefined;
    response: Domain;
  };
  'PATCH /domains/{domainId}': {
    path: { domainId: string };
    query: undefined;
    body: DomainChange;
    response: Domain;
  };
  'DELETE /domains/{domainId}': {
    path: { domainId: string };
    query: { name: string };
    body: undefined;
    response: undefined;
  };
  'GET /domains/{domainId}/keys': {
    path: { domainId: string };
    query: undefined;
    body: undefined;
    response: ScimKeyList;
  };
  'POST /domains/{domainId}/keys': {
    path: { domainId: string };
    query: undefined;
    body: NewScimKey;
    response: GeneratedScimKey;
  };
  'DELETE /domains/{domainId}/keys/{keyId}': {
    path: { domainId: string; keyId: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'GET /domains/{domainId}/users': {
    path: { domainId: string };
    query: { search?: string; limit?: number; cursor?: string };
    body: undefined;
    response: UserPage;
  };
  'GET /domains/{domainId}/users/{userId}': {
    path: { domainId: string; userId: string };
    query: undefined;
    body: undefined;
    response: UserDetail;
  };
  'POST /domains/{domainId}/users/{userId}/deactivate': {
    path: { domainId: string; userId: string };
    query: undefined;
    body: undefined;
    response: User;
  };
  'POST /domains/{domainId}/users/{userId}/resend-mail': {
    path: { domainId: string; userId: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'GET /domains/{domainId}/licenses/{userId}': {
    path: { domainId: string; userId: string };
    query: { limit?: number; cursor?: string };
    body: undefined;
    response: LicenseDetail;
  };
  'GET /domains/{domainId}/suppressed-addresses': {
    path: { domainId: string };
    query: { limit?: number; cursor?: string };
    body: undefined;
    response: SuppressedAddressPage;
  };
  'DELETE /domains/{domainId}/suppressed-addresses/{address}': {
    path: { domainId: string; address: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'POST /mail/redrive': {
    path: undefined;
    query: undefined;
    body: undefined;
    response: Redrive;
  };
  'GET /domains/{domainId}/audit-events': {
    path: { domainId: string };
    query: { from?: string; to?: string; actor?: string; resource?: string; action?: string; limit?: number; cursor?: string };
    body: undefined;
    response: AuditEventPage;
  };
  'GET /domains/{domainId}/audit-events/export': {
    path: { domainId: string };
    query: { from?: string; to?: string; actor?: string; resource?: string; action?: string; cursor?: string };
    body: undefined;
    response: string;
  };
  'GET /audit-events': {
    path: undefined;
    query: { from?: string; to?: string; actor?: string; resource?: string; action?: string; limit?: number; cursor?: string };
    body: undefined;
    response: AuditEventPage;
  };
  'GET /audit-events/export': {
    path: undefined;
    query: { from?: string; to?: string; actor?: string; resource?: string; action?: string; cursor?: string };
    body: undefined;
    response: string;
  };
  'GET /domains/{domainId}/readiness': {
    path: { domainId: string };
    query: undefined;
    body: undefined;
    response: Readiness;
  };
  'GET /domains/{domainId}/rate-usage': {
    path: { domainId: string };
    query: undefined;
    body: undefined;
    response: RateUsage;
  };
}
