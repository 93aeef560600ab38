// Written by `npm run portal:api-types` from docs/admin-api.openapi.json; do not edit.

/** RFC 9457. */
export type Problem = {
  /** The kind of problem, or `about:blank`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Says what to change. */
  readonly detail: string;
  /** Quote it when you ask for help. */
  readonly requestId?: string;
};

/** An `operator` manages all domains. An `owner` may change a domain. A `viewer` may view it. */
export type Role = 'operator' | 'owner' | 'viewer';

export type RatePlan = 'standard' | 'gallery' | 'unmetered';

/** The treatment of a user if no seat is free: the request is refused, or the license waits for a seat. */
export type SeatPolicy = 'refuse' | 'wait';

export type Me = {
  readonly id: string;
  readonly name?: string;
  readonly kind: 'adminToken' | 'user' | 'setupLink';
  /** True if the caller may view and change all domains. */
  readonly operator: boolean;
  /** The domains that the caller may see. The list of an operator is empty; use `GET /domains`. */
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
  /** Send it as `cursor` to get the next page. Absent on the last page. */
  readonly next?: string;
};

export type DeletedDomain = {
  readonly domainId: string;
  readonly name: string;
  /** The time when the domain was deleted. RFC 3339, UTC. */
  readonly deletedAt: string;
  /** The time when all data of the domain was deleted. Absent until then. RFC 3339, UTC. */
  readonly sweptAt?: string;
};

export type DeletedDomainPage = {
  readonly items: readonly DeletedDomain[];
  /** Send it as `cursor` to get the next page. Absent on the last page. */
  readonly next?: string;
};

export type DeploymentCheck = {
  readonly check: 'sender' | 'production-access' | 'sending' | 'scim-dns' | 'portal-dns' | 'alarms';
  /** `unknown`: AWS did not respond, or only the operator knows. */
  readonly status: 'ok' | 'missing' | 'unknown';
  /** What was found, in a sentence. */
  readonly found: string;
  /** What the operator must do. Absent if the status is `ok`. */
  readonly action?: string;
};

export type DeploymentCheckList = {
  readonly items: readonly DeploymentCheck[];
};

export type Domain = {
  readonly domainId: string;
  readonly name: string;
  /** Whether the operator makes SCIM available to the domain. If not, SCIM requests are refused with 403, whatever `scimEnabled` says. */
  readonly scimAvailable: boolean;
  readonly scimEnabled: boolean;
  /** The base URL for the identity provider's configuration. */
  readonly scimBaseUrl: string;
  readonly ratePlan: RatePlan;
  /** The maximum number of active licenses, or null for no limit. */
  readonly seats: number | null;
  readonly seatPolicy: SeatPolicy;
  /** Minutes between an activation and its first email. */
  readonly mailDelayMinutes: number;
  /** Whether an operator has paused the emails of the domain. They wait. */
  readonly mailPaused: boolean;
  /** Minutes between two emails to one address, or null for the default of the deployment. 0 means no limit. */
  readonly mailMinutesPerAddress: number | null;
  /** The maximum number of emails in an hour, or null for the default of the deployment. More emails wait. */
  readonly mailsPerHour: number | null;
  /** The addresses that get emails about the domain, such as a reminder that an API key expires. */
  readonly notifyAddresses: readonly string[];
  /** The time when the domain was created. RFC 3339, UTC. */
  readonly createdAt: string;
  readonly counts: Counts;
};

export type NewDomain = {
  readonly name: string;
  readonly scimAvailable?: boolean;
  readonly scimEnabled?: boolean;
  readonly ratePlan?: RatePlan;
  readonly seats?: number | null;
  readonly seatPolicy?: SeatPolicy;
  readonly mailDelayMinutes?: number;
  /** Whether an operator has paused the emails of the domain. They wait. */
  readonly mailPaused?: boolean;
  /** Minutes between two emails to one address, or null for the default of the deployment. 0 means no limit. */
  readonly mailMinutesPerAddress?: number | null;
  /** The maximum number of emails in an hour, or null for the default of the deployment. More emails wait. */
  readonly mailsPerHour?: number | null;
  /** The addresses that get emails about the domain. An empty list removes all. */
  readonly notifyAddresses?: readonly string[];
};

/** Omitted settings stay unchanged. Only an operator may change `scimAvailable`, `ratePlan`, `seats`, `seatPolicy`, `mailPaused`, `mailMinutesPerAddress`, and `mailsPerHour`. */
export type DomainChange = {
  readonly name?: string;
  readonly scimAvailable?: boolean;
  readonly scimEnabled?: boolean;
  readonly ratePlan?: RatePlan;
  readonly seats?: number | null;
  readonly seatPolicy?: SeatPolicy;
  readonly mailDelayMinutes?: number;
  /** Whether an operator has paused the emails of the domain. They wait. */
  readonly mailPaused?: boolean;
  /** Minutes between two emails to one address, or null for the default of the deployment. 0 means no limit. */
  readonly mailMinutesPerAddress?: number | null;
  /** The maximum number of emails in an hour, or null for the default of the deployment. More emails wait. */
  readonly mailsPerHour?: number | null;
  /** The addresses that get emails about the domain. An empty list removes all. */
  readonly notifyAddresses?: readonly string[];
};

export type Administrator = {
  /** The id of the administrator in audit events: the subject at the OpenID issuer. */
  readonly administratorId: string;
  /** Absent if the issuer has not verified an address. */
  readonly email?: string;
  readonly name?: string;
  readonly role: Role;
  /** The time when the administrator got a role. RFC 3339, UTC. */
  readonly grantedAt: string;
  /** The id of the administrator who sent the invitation. */
  readonly grantedBy?: string;
  /** `claim` if the role was in an ID token before the service had roles of its own. */
  readonly source: 'invitation' | 'claim';
};

export type AdministratorList = {
  readonly items: readonly Administrator[];
};

export type AdministratorChange = {
  readonly role: 'owner' | 'viewer';
};

export type NewAdministrator = {
  /** One plain address, such as `it@example.com`. */
  readonly email: string;
  readonly role: 'owner' | 'viewer';
  readonly name?: string;
};

export type NewOperator = {
  /** One plain address, such as `it@example.com`. */
  readonly email: string;
  readonly name?: string;
};

export type Invitation = {
  readonly invitationId: string;
  readonly email: string;
  readonly name?: string;
  readonly role: Role;
  readonly status: 'open' | 'expired';
  /** The time when the invitation was sent. RFC 3339, UTC. */
  readonly createdAt: string;
  /** The id of the administrator who sent the invitation. */
  readonly createdBy: string;
  /** The name of the administrator who sent the invitation. */
  readonly createdByName?: string;
  /** The time when the invitation expires. RFC 3339, UTC. */
  readonly expireTime: string;
  /** The reason why no email with the invitation could be sent. Only in the response to the invitation. */
  readonly mailProblem?: string;
};

export type InvitationList = {
  readonly items: readonly Invitation[];
};

/** The kind of identity provider. */
export type IdentityProvider = 'okta' | 'entra-id' | 'other';

/** The assertions that a connection accepts. All values are compared exactly. */
export type Trust = {
  /** The issuer, in the claim `iss`. */
  readonly issuer: string;
  /** The subject, in the claim `sub`. */
  readonly subject: string;
  /** The accepted values of the claim `aud`. */
  readonly audiences: readonly string[];
  /** The tenant, in the claim `tid`. Absent if the claim is not checked. */
  readonly tenant?: string;
  /** The URL of the public keys of the issuer. */
  readonly jwksUrl: string;
};

/** A credential of a connection. A secret is only in the response that creates it. */
export type Credential = {
  readonly credentialId: string;
  readonly type: 'scim-key' | 'client-secret' | 'trust';
  readonly name: string;
  /** The time when the credential was created. RFC 3339, UTC. */
  readonly createdAt: string;
  /** The time when the credential expires. Absent if it never expires. RFC 3339, UTC. */
  readonly expireTime?: string;
  /** The time when the credential was last used, to the minute. Absent if it was never used. RFC 3339, UTC. */
  readonly lastUsedAt?: string;
  /** The time when the credential was revoked. RFC 3339, UTC. */
  readonly revokedAt?: string;
  readonly status: 'active' | 'expired' | 'revoked';
  readonly trust?: Trust;
};

/** A connection of one identity provider, with its credentials. A SCIM key that was created alone is a connection with the id and the name of the key. */
export type Connection = {
  readonly connectionId: string;
  readonly name: string;
  readonly identityProvider: IdentityProvider;
  /** The time when the connection was created. RFC 3339, UTC. */
  readonly createdAt: string;
  /** The time when one of its credentials was last used, to the minute. Absent if none was used. RFC 3339, UTC. */
  readonly lastUsedAt?: string;
  /** The time when the connection was revoked. RFC 3339, UTC. */
  readonly revokedAt?: string;
  readonly status: 'active' | 'revoked';
  /** The OAuth client id, for client secrets and assertions. */
  readonly clientId: string;
  /** The SCIM base URL for the configuration of the identity provider. */
  readonly scimUrl: string;
  /** The OAuth token endpoint. */
  readonly tokenUrl: string;
  /** The metadata of the authorization server (RFC 8414). */
  readonly metadataUrl: string;
  /** Oldest first, revoked ones included. */
  readonly credentials: readonly Credential[];
};

export type ConnectionList = {
  /** Oldest first, revoked ones included. */
  readonly items: readonly Connection[];
};

export type NewConnection = {
  readonly name: string;
  readonly identityProvider?: IdentityProvider;
};

/** Absent members are not changed. */
export type ConnectionChange = {
  readonly name?: string;
  readonly identityProvider?: IdentityProvider;
};

export type NewClientSecret = {
  /** The default is the name of the connection. */
  readonly name?: string;
  /** The time when the secret expires: 1 to 3 years from now, with any offset. The default is one year. */
  readonly expireTime?: string;
};

export type GeneratedClientSecret = {
  /** The id of the secret, by which it can be revoked. */
  readonly credentialId: string;
  readonly name: string;
  /** The time when the secret expires. RFC 3339, UTC. */
  readonly expireTime: string;
  /** The OAuth client id of the connection. */
  readonly clientId: string;
  /** The secret. It is never shown again. */
  readonly clientSecret: string;
  /** The OAuth token endpoint. */
  readonly tokenUrl: string;
  /** The SCIM base URL. */
  readonly scimUrl: string;
};

export type NewTrust = {
  /** The default is the name of the connection. */
  readonly name?: string;
  /** The issuer, in the claim `iss`. */
  readonly issuer: string;
  /** The subject, in the claim `sub`. */
  readonly subject: string;
  /** The accepted values of the claim `aud`. */
  readonly audiences: readonly string[];
  /** The tenant, in the claim `tid`. Absent if the claim is not checked. */
  readonly tenant?: string;
  /** The URL of the public keys of the issuer. */
  readonly jwksUrl: string;
  /** The time when the trust expires. Without it, the trust never expires. It must be a future RFC 3339 time, with any offset. */
  readonly expireTime?: string;
};

export type AssertionToTest = {
  /** A client assertion: a signed JWT. */
  readonly assertion: string;
};

export type AssertionCheck = {
  /** The name of the check. It is stable. */
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'not-checked';
  /** What was compared, and what to change if the check failed. */
  readonly detail: string;
};

export type AssertionTest = {
  /** Whether the token endpoint would accept the assertion. */
  readonly accepted: boolean;
  /** The trust that the assertion fits best. Absent if the connection has no trust. */
  readonly credentialId?: string;
  /** The checks in their order. Those after a failed one are not made. */
  readonly checks: readonly AssertionCheck[];
};

export type ScimKey = {
  readonly keyId: string;
  readonly name: string;
  /** The connection of the key. A key that was created alone is a connection with the same id. */
  readonly connectionId: string;
  /** The time when the key was generated. RFC 3339, UTC. */
  readonly createdAt: string;
  /** The time when the key expires. Absent if it never expires. RFC 3339, UTC. */
  readonly expireTime?: string;
  /** The time when the key was last used, to the minute. Absent if it was never used. RFC 3339, UTC. */
  readonly lastUsedAt?: string;
  /** The time when the key was revoked. RFC 3339, UTC. */
  readonly revokedAt?: string;
  readonly status: 'active' | 'expired' | 'revoked';
};

export type ScimKeyList = {
  /** Oldest first. */
  readonly items: readonly ScimKey[];
};

export type NewScimKey = {
  readonly name: string;
  /** The time when the key expires. Without it, the key never expires. It must be a future RFC 3339 time, with any offset. */
  readonly expireTime?: string;
  /** The connection that gets the key. Without it, the key is a connection of its own. */
  readonly connectionId?: string;
};

export type GeneratedScimKey = {
  readonly key: ScimKey;
  /** The bearer credential. It is never shown again. */
  readonly token: string;
};

export type SetupLink = {
  readonly linkId: string;
  /** The address that receives the one-time codes. */
  readonly email: string;
  /** The role of the account that the link offers at its end. Absent if it offers none. */
  readonly accountRole?: 'owner' | 'viewer';
  /** The time when the link was created. RFC 3339, UTC. */
  readonly createdAt: string;
  /** The name of the administrator who created the link. */
  readonly createdBy?: string;
  /** The time when the link expires. RFC 3339, UTC. */
  readonly expireTime: string;
  /** The time when a browser opened the link. Absent if none has. The link works only in this browser. RFC 3339, UTC. */
  readonly openedAt?: string;
  /** The time when the link was revoked. RFC 3339, UTC. */
  readonly revokedAt?: string;
  /** `pending`: no browser has opened the link. `open`: it is bound to a browser. */
  readonly status: 'pending' | 'open' | 'expired' | 'revoked';
};

export type SetupLinkList = {
  readonly items: readonly SetupLink[];
};

export type NewSetupLink = {
  /** The address of the person who sets up the identity provider. One-time codes are sent to it. */
  readonly email: string;
  /** The role of the account that the link offers at its end. If absent, it offers none. */
  readonly accountRole?: 'owner' | 'viewer';
};

export type CreatedSetupLink = {
  readonly link: SetupLink;
  /** The address to send to the person. The part after the `#` is a secret. */
  readonly url: string;
};

export type SetupCodeRequest = {
  /** The first part of the link after the `#`. */
  readonly domainId: string;
  /** The last part of the link after the `#`. */
  readonly secret: string;
};

export type SentSetupCode = {
  /** The invited address with most characters hidden, such as `j…@example.com`. */
  readonly sentTo: string;
};

export type SetupSessionRequest = {
  /** The first part of the link after the `#`. */
  readonly domainId: string;
  /** The last part of the link after the `#`. */
  readonly secret: string;
  /** The code of six digits from the email. */
  readonly code: string;
};

export type SetupSession = {
  /** The bearer token of this browser. It is never shown again. */
  readonly token: string;
  /** The time when the link and its token expire. RFC 3339, UTC. */
  readonly expireTime: string;
};

export type RefusedSetupRequest = {
  /** The time of the request. RFC 3339, UTC. */
  readonly at: string;
  /** The method and the kind of resource, such as `PATCH /Users/{id}`. */
  readonly request: string;
  readonly status: number;
  /** The reason of the refusal, without personal values. */
  readonly reason?: string;
};

/** How far the setup of a domain has come, without the data of its users. */
export type SetupProgress = {
  readonly domain: {
    readonly domainId: string;
    readonly name: string;
    readonly scimAvailable: boolean;
    readonly scimEnabled: boolean;
    readonly scimBaseUrl: string;
    readonly ratePlan: RatePlan;
  };
  readonly requests: {
    /** The time of the last authenticated request, to the minute. Absent if there was none. RFC 3339, UTC. */
    readonly lastAt?: string;
    /** The newest refused requests of the last day, newest first. */
    readonly refused: readonly RefusedSetupRequest[];
  };
  readonly users: {
    readonly count: number;
    /** The time when the first of the present users was created. RFC 3339, UTC. */
    readonly firstAt?: string;
  };
  readonly mails: {
    /** The time when an email to one of the first users was sent. RFC 3339, UTC. */
    readonly firstSentAt?: string;
    /** The status of an email that was not sent, if none was sent: `no-address`, `failed`, `suppressed`, or `bounced`. */
    readonly problem?: string;
  };
  /** The account that the setup link of the caller offers. Request it by `POST /domains/{domainId}/administrators`. */
  readonly account?: {
    readonly email: string;
    readonly role: 'owner' | 'viewer';
  };
};

export type MailProblem = {
  readonly kind: 'bounced' | 'complained' | 'refused';
  /** The time when the problem was reported. RFC 3339, UTC. */
  readonly at: string;
  readonly detail?: string;
};

export type License = {
  readonly status: 'active' | 'inactive' | 'pending';
  readonly userType: string;
  /** The address that receives the license's emails. Absent if the user has none. */
  readonly email?: string;
  /** The time when the status or the key last changed. RFC 3339, UTC. */
  readonly changedAt?: string;
  readonly reason?: 'deactivated' | 'deleted';
  readonly mailProblem?: MailProblem;
  /** If the user becomes active again before this time, the license keeps its key. Absent if the next activation issues a new key. RFC 3339, UTC. */
  readonly keyKeptUntil?: string;
};

export type User = {
  readonly userId: string;
  readonly userName: string;
  readonly displayName?: string;
  readonly active: boolean;
  /** The time when the user was created. RFC 3339, UTC. */
  readonly createdAt: string;
  /** The time when the user was last changed. RFC 3339, UTC. */
  readonly lastModified: string;
  readonly license?: License;
};

export type UserPage = {
  readonly items: readonly User[];
  /** Send it as `cursor` to get the next page. Absent on the last page. */
  readonly next?: string;
};

export type LicenseEvent = {
  readonly id: string;
  /** The time when the event happened. RFC 3339, UTC. */
  readonly at: string;
  /** `issued`: the license became active with a new key. `reactivated`: it became active again with the key that it had before. `replaced`: an active license got a new key. */
  readonly what: 'issued' | 'reactivated' | 'replaced' | 'pending' | 'deactivated' | 'mailRequested';
  readonly by?: Actor;
  readonly reason?: string;
  readonly mail?: {
    /** `due`, `claimed`, `sent`, `delivered`, `failed`, `superseded`, `suppressed`, `no-address`, `bounced`, or `complained`. */
    readonly status: string;
    readonly to?: string;
    /** The time when the email reached this status. RFC 3339, UTC. */
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
  /** The last 50 entries of the license's history, newest first. */
  readonly history: readonly LicenseEvent[];
};

export type UserLicense = {
  readonly userId: string;
  readonly userName: string;
  /** The name of the user. */
  readonly name?: string;
  readonly status: 'active' | 'inactive' | 'pending';
  readonly userType: string;
  /** The address that receives the license's emails. Absent if the user has none. */
  readonly email?: string;
  /** The time when the status or the key last changed. RFC 3339, UTC. */
  readonly changedAt?: string;
  readonly reason?: 'deactivated' | 'deleted';
  readonly mailProblem?: MailProblem;
};

export type LicenseDetail = {
  readonly license: UserLicense;
  /** Newest first. */
  readonly history: readonly LicenseEvent[];
  /** Send it as `cursor` to get the next page. Absent on the last page. */
  readonly next?: string;
};

export type SuppressedAddress = {
  readonly address: string;
  readonly reason: 'bounced' | 'complained';
  /** The time when the address was suppressed. RFC 3339, UTC. */
  readonly at: string;
  readonly detail?: string;
  readonly userId?: string;
};

export type SuppressedAddressPage = {
  readonly items: readonly SuppressedAddress[];
  /** Send it as `cursor` to get the next page. Absent on the last page. */
  readonly next?: string;
};

export type NameVerificationRequest = {
  /** Without it, nothing changes. */
  readonly repair?: boolean;
  /** The value of `next` in the previous response. */
  readonly cursor?: string;
};

export type DuplicateName = {
  readonly resourceType: 'User' | 'Group';
  readonly resourceId: string;
  readonly name: string;
  /** The user or group that has the same name. */
  readonly otherId: string;
};

export type NameVerification = {
  /** Users or groups that were checked. */
  readonly checked: number;
  /** Users or groups whose name is stored as an earlier version did. */
  readonly outdated: number;
  /** The number of names that were repaired. A name that changes at the same time needs no repair. */
  readonly repaired: number;
  /** Users or groups whose name another one has, too. */
  readonly duplicates: readonly DuplicateName[];
  /** Stored addresses that their users do not have. They cost lookups, and have no other effect. */
  readonly staleAddresses: number;
  /** The number of stale addresses that were deleted. */
  readonly deletedAddresses: number;
  /** The cursor of the next request. Absent at the end. */
  readonly next?: string;
};

export type CountVerificationRequest = {
  /** Without it, nothing changes. */
  readonly repair?: boolean;
  /** The value of `next` in the previous response. */
  readonly cursor?: string;
};

export type CountDifference = {
  /** `freeSeats` is negative if more licenses are active than seats. `shardMarks` are the parts of the counts whose marks of a limit or of missing seats are wrong. */
  readonly name: 'users' | 'groups' | 'activeLicenses' | 'pendingLicenses' | 'freeSeats' | 'shardMarks';
  readonly stored: number;
  readonly actual: number;
};

export type MemberCountDifference = {
  readonly groupId: string;
  readonly displayName: string;
  readonly stored: number;
  readonly actual: number;
};

export type QueueDifference = {
  readonly userId: string;
  /** The change that put the license into the queue. */
  readonly changeId: string;
  /** `stale`: the queue has an entry, but the license does not wait by it. `missing`: the license waits, but the queue has no entry. */
  readonly problem: 'stale' | 'missing';
};

export type CountVerification = {
  /** Users, groups, and licenses that were counted, groups whose members were counted, and entries of the queue for seats. */
  readonly checked: number;
  /** Counts of the domain that differ from what exists. Empty until everything is counted. */
  readonly differences: readonly CountDifference[];
  /** Groups whose number of members differs from their members. */
  readonly groups: readonly MemberCountDifference[];
  /** Entries of the queue for seats that do not match the licenses. */
  readonly queue: readonly QueueDifference[];
  /** The number of differences that were repaired. */
  readonly repaired: number;
  /** False if the domain or a group changed while it was counted. Differences of the domain may then be only these changes, and are not repaired. Repeat the verification. */
  readonly exact: boolean;
  /** The cursor of the next request. Absent at the end. */
  readonly next?: string;
};

export type Redrive = {
  /** Emails that are due now. */
  readonly mails: number;
  /** Messages that were processed and removed from the queues. */
  readonly messages: number;
  /** Messages that remain in the queues: they are unreadable, their email is being sent, or the time was over. */
  readonly left: number;
  /** False if the request timed out. Repeat it after five minutes. */
  readonly finished: boolean;
};

export type Actor = {
  readonly kind: 'scimKey' | 'admin' | 'system';
  /** The id of the SCIM key or of the administrator. */
  readonly id?: string;
  readonly name?: string;
  readonly sourceAddress?: string;
  readonly userAgent?: string;
};

export type AttributeChange = {
  readonly attribute: string;
  /** Any JSON value. Absent if there was no value. A longer value is truncated to 1,000 characters: a text, or else the text of its JSON. `emails` keep all addresses. For `members` and `groups`, the removed ones. */
  readonly before?: unknown;
  /** The same as `before`. For `members` and `groups`, the added ones. */
  readonly after?: unknown;
  /** Names the values that are not complete. In events of older versions, long values are absent instead. */
  readonly truncated?: readonly ('before' | 'after')[];
};

export type AuditEvent = {
  readonly eventId: string;
  /** The time when the event happened. RFC 3339, UTC. */
  readonly at: string;
  /** Absent in an event of the deployment that concerns no domain. */
  readonly domainId?: string;
  /** The kind of event, for example `user.created`, `group.updated`, `key.revoked`, `connection.created`, `token.refused`, `request.refused`, `mail.redriven`. */
  readonly action: string;
  readonly outcome: 'done' | 'refused';
  readonly resource: {
    readonly type: 'user' | 'group' | 'domain' | 'key' | 'connection' | 'secret' | 'trust' | 'token' | 'license' | 'address' | 'request' | 'mail' | 'administrator' | 'setupLink';
    readonly id?: string;
    /** The userName of a user, also in events of the user's license, or the displayName of a group. Shows the name after the change, and at most its first 256 characters. */
    readonly name?: string;
  };
  /** The connection that made the change, or that was changed. Absent if there is none. */
  readonly connectionId?: string;
  readonly actor: Actor;
  readonly requestId?: string;
  /** The refused request as a route of SCIM or of the admin API, e.g. `PATCH /Users/{id}` or `POST /domains/{domainId}/keys`. */
  readonly request?: string;
  /** The reason of the refusal, as in the response. */
  readonly reason?: string;
  /** The HTTP status of the refusal. */
  readonly status?: number;
  readonly changes?: readonly AttributeChange[];
  /** The change of the license in the same transaction. */
  readonly license?: string;
  /** Unknown ids that were skipped. */
  readonly leftOut?: readonly string[];
};

export type AuditEventPage = {
  readonly items: readonly AuditEvent[];
  /** Send it as `cursor` to get the next page. Absent on the last page. */
  readonly next?: string;
};

export type Finding = {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly found: string;
  readonly action: string;
  /** A link to the documentation. */
  readonly link: string;
  readonly details?: readonly Readonly<Record<string, unknown>>[];
};

export type Readiness = {
  readonly ready: boolean;
  /** The time when the report was created. RFC 3339, UTC. */
  readonly checkedAt: string;
  readonly findings: readonly Finding[];
};

export type RateUsage = {
  readonly ratePlan: RatePlan;
  readonly limit: null | {
    readonly perMinute: number;
    readonly perTenSeconds: number;
  };
  /** The minutes of the last hour, newest first. Minutes without requests are omitted. Requests under an unlimited plan are not counted. */
  readonly minutes: readonly {
    /** The start of the minute. RFC 3339, UTC. */
    readonly minute: string;
    readonly requests: number;
    readonly mostInTenSeconds: number;
    /** The requests of each connection, the most first. Requests that an earlier version of the service counted are missing. */
    readonly connections: readonly {
      readonly connectionId: string;
      /** The name of the connection. */
      readonly name: string;
      readonly requests: number;
    }[];
  }[];
};

/** The result of a request. Failures of the service count as refused, and so does a bulk of which an operation failed. */
export type RequestOutcome = 'accepted' | 'refused';

/** A request of an identity provider. Bodies are not recorded. */
export type Request = {
  /** The ID of the record. */
  readonly id: string;
  /** The time at which the request arrived. RFC 3339, UTC. */
  readonly at: string;
  readonly outcome: RequestOutcome;
  readonly method: string;
  /** The path below the base URL, with IDs. Other text that a client chose is replaced by `…`. */
  readonly path: string;
  /** The query parameters. Values of a filter are replaced by `…`. */
  readonly query?: string;
  readonly status: number;
  /** The `scimType` of the error. */
  readonly scimType?: string;
  /** The `detail` of the error. Text that a client chose is replaced by `…`. */
  readonly reason?: string;
  /** The duration. Absent if the authorizer refused the request. */
  readonly milliseconds?: number;
  readonly credential: {
    /** The ID of the SCIM key. */
    readonly id: string;
    readonly name?: string;
  };
  /** The ID of the connection of the credential. */
  readonly connectionId: string;
  /** The identity provider, as the user agent or the name of the key tells it: `okta`, `entra-id`, and so on. `script` is another HTTP client, and `other` or `unknown` none of these. */
  readonly client?: string;
  readonly userAgent?: string;
  /** The ID in the header `x-request-id` of the response, in the audit event of a change, and in the logs. Absent if the authorizer refused the request. */
  readonly requestId?: string;
  /** The number of operations of a bulk. */
  readonly operations?: number;
  /** The number of operations of a bulk that failed. */
  readonly failedOperations?: number;
  /** The number of similar requests before this one that are not listed, because many of the same kind arrived. */
  readonly similarRequests: number;
};

export type RequestPage = {
  readonly items: readonly Request[];
  /** The cursor of the next page. Absent on the last page. */
  readonly next?: string;
};

export type RequestCounts = {
  readonly period: 'hour' | 'day' | 'week';
  /** The length of an interval. */
  readonly intervalMinutes: number;
  /** All requests of the period. Requests are sampled if there are many, so the number is right to about five percent. */
  readonly requests: number;
  /** The requests that were refused or failed. */
  readonly refused: number;
  /** The intervals of the period, oldest first. The last one contains the current time. */
  readonly intervals: readonly {
    /** RFC 3339, UTC. */
    readonly start: string;
    readonly requests: number;
    readonly refused: number;
  }[];
  /** The requests by their status. */
  readonly statuses: readonly {
    readonly status: number;
    readonly requests: number;
  }[];
  /** False if the domain has so many records that the oldest ones of the period are not counted. */
  readonly complete: boolean;
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
  'GET /deployment-checks': {
    path: undefined;
    query: undefined;
    body: undefined;
    response: DeploymentCheckList;
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
  'GET /domains/{domainId}/administrators': {
    path: { domainId: string };
    query: undefined;
    body: undefined;
    response: AdministratorList;
  };
  'POST /domains/{domainId}/administrators': {
    path: { domainId: string };
    query: undefined;
    body: NewAdministrator;
    response: Invitation;
  };
  'PATCH /domains/{domainId}/administrators/{administratorId}': {
    path: { domainId: string; administratorId: string };
    query: undefined;
    body: AdministratorChange;
    response: Administrator;
  };
  'DELETE /domains/{domainId}/administrators/{administratorId}': {
    path: { domainId: string; administratorId: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'GET /domains/{domainId}/invitations': {
    path: { domainId: string };
    query: undefined;
    body: undefined;
    response: InvitationList;
  };
  'DELETE /domains/{domainId}/invitations/{invitationId}': {
    path: { domainId: string; invitationId: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'GET /administrators': {
    path: undefined;
    query: undefined;
    body: undefined;
    response: AdministratorList;
  };
  'POST /administrators': {
    path: undefined;
    query: undefined;
    body: NewOperator;
    response: Invitation;
  };
  'DELETE /administrators/{administratorId}': {
    path: { administratorId: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'GET /invitations': {
    path: undefined;
    query: undefined;
    body: undefined;
    response: InvitationList;
  };
  'DELETE /invitations/{invitationId}': {
    path: { invitationId: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'GET /domains/{domainId}/connections': {
    path: { domainId: string };
    query: undefined;
    body: undefined;
    response: ConnectionList;
  };
  'POST /domains/{domainId}/connections': {
    path: { domainId: string };
    query: undefined;
    body: NewConnection;
    response: Connection;
  };
  'GET /domains/{domainId}/connections/{connectionId}': {
    path: { domainId: string; connectionId: string };
    query: undefined;
    body: undefined;
    response: Connection;
  };
  'PATCH /domains/{domainId}/connections/{connectionId}': {
    path: { domainId: string; connectionId: string };
    query: undefined;
    body: ConnectionChange;
    response: Connection;
  };
  'DELETE /domains/{domainId}/connections/{connectionId}': {
    path: { domainId: string; connectionId: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'POST /domains/{domainId}/connections/{connectionId}/secrets': {
    path: { domainId: string; connectionId: string };
    query: undefined;
    body: NewClientSecret;
    response: GeneratedClientSecret;
  };
  'POST /domains/{domainId}/connections/{connectionId}/trusts': {
    path: { domainId: string; connectionId: string };
    query: undefined;
    body: NewTrust;
    response: Credential;
  };
  'DELETE /domains/{domainId}/connections/{connectionId}/credentials/{credentialId}': {
    path: { domainId: string; connectionId: string; credentialId: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'POST /domains/{domainId}/connections/{connectionId}/assertion-tests': {
    path: { domainId: string; connectionId: string };
    query: undefined;
    body: AssertionToTest;
    response: AssertionTest;
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
  'GET /domains/{domainId}/setup-links': {
    path: { domainId: string };
    query: undefined;
    body: undefined;
    response: SetupLinkList;
  };
  'POST /domains/{domainId}/setup-links': {
    path: { domainId: string };
    query: undefined;
    body: NewSetupLink;
    response: CreatedSetupLink;
  };
  'DELETE /domains/{domainId}/setup-links/{linkId}': {
    path: { domainId: string; linkId: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'GET /domains/{domainId}/setup-progress': {
    path: { domainId: string };
    query: { connectionId?: string };
    body: undefined;
    response: SetupProgress;
  };
  'POST /setup-links/{linkId}/codes': {
    path: { linkId: string };
    query: undefined;
    body: SetupCodeRequest;
    response: SentSetupCode;
  };
  'POST /setup-links/{linkId}/sessions': {
    path: { linkId: string };
    query: undefined;
    body: SetupSessionRequest;
    response: SetupSession;
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
  'POST /domains/{domainId}/licenses/{userId}/replace-key': {
    path: { domainId: string; userId: string };
    query: undefined;
    body: undefined;
    response: UserLicense;
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
  'POST /domains/{domainId}/verify-names': {
    path: { domainId: string };
    query: undefined;
    body: NameVerificationRequest;
    response: NameVerification;
  };
  'POST /domains/{domainId}/verify-counts': {
    path: { domainId: string };
    query: undefined;
    body: CountVerificationRequest;
    response: CountVerification;
  };
  'POST /mail/redrive': {
    path: undefined;
    query: undefined;
    body: undefined;
    response: Redrive;
  };
  'GET /domains/{domainId}/audit-events': {
    path: { domainId: string };
    query: { from?: string; to?: string; actor?: string; resource?: string; connectionId?: string; action?: string; limit?: number; cursor?: string };
    body: undefined;
    response: AuditEventPage;
  };
  'GET /domains/{domainId}/audit-events/export': {
    path: { domainId: string };
    query: { from?: string; to?: string; actor?: string; resource?: string; connectionId?: string; action?: string; cursor?: string };
    body: undefined;
    response: string;
  };
  'GET /audit-events': {
    path: undefined;
    query: { from?: string; to?: string; actor?: string; resource?: string; connectionId?: string; action?: string; limit?: number; cursor?: string };
    body: undefined;
    response: AuditEventPage;
  };
  'GET /audit-events/export': {
    path: undefined;
    query: { from?: string; to?: string; actor?: string; resource?: string; connectionId?: string; action?: string; cursor?: string };
    body: undefined;
    response: string;
  };
  'GET /domains/{domainId}/readiness': {
    path: { domainId: string };
    query: { connectionId?: string };
    body: undefined;
    response: Readiness;
  };
  'GET /domains/{domainId}/rate-usage': {
    path: { domainId: string };
    query: undefined;
    body: undefined;
    response: RateUsage;
  };
  'GET /domains/{domainId}/requests': {
    path: { domainId: string };
    query: { outcome?: RequestOutcome; status?: string; from?: string; to?: string; connectionId?: string; limit?: number; cursor?: string };
    body: undefined;
    response: RequestPage;
  };
  'GET /domains/{domainId}/request-counts': {
    path: { domainId: string };
    query: { period?: 'hour' | 'day' | 'week'; connectionId?: string };
    body: undefined;
    response: RequestCounts;
  };
}
