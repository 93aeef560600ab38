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
  /** The member of the body whose value must change, if the problem is about one */
  readonly field?: string;
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
  /** The finding, in a sentence. */
  readonly found: string;
  /** The steps of the operator. Absent if the status is `ok`. */
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

/** A user whom a mapping makes an administrator. The user gets the role by signing in with the address. */
export type MappedAdministrator = {
  /** The id of the SCIM user. */
  readonly userId: string;
  /** The id of the administrator in audit events. Absent until the user has signed in. */
  readonly administratorId?: string;
  readonly email: string;
  readonly name?: string;
  readonly role: 'owner' | 'viewer';
  /** The mapping that gives the role. */
  readonly mappingId: string;
  /** The time when the mapping made the user an administrator. RFC 3339, UTC. */
  readonly since: string;
  /** The time when the user first signed in. Absent if the user has not. RFC 3339, UTC. */
  readonly signedInAt?: string;
  /** The time when the invitation was sent. Absent while it is waiting. RFC 3339, UTC. */
  readonly invitedAt?: string;
  /** The end of the temporary password that the invitation has if the user pool manages the accounts. Present until the user has signed in. RFC 3339, UTC. */
  readonly invitationExpireTime?: string;
  /** Why the invitation was not emailed. */
  readonly mailProblem?: string;
};

export type AdministratorList = {
  readonly items: readonly Administrator[];
};

export type MappedAdministratorList = {
  readonly items: readonly MappedAdministrator[];
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
  /** `withdrawn`: nobody can accept the invitation, because the administrator who sent it may no longer invite anybody. */
  readonly status: 'open' | 'expired' | 'withdrawn';
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
  /** The version of the pepper with which the secret is hashed. Absent for the first version. */
  readonly pepperId?: number;
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
  readonly administratorsFromRoles?: RolesConfirmation;
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

/** The confirmation that mappings may make portal administrators of users whom the connection provisions. Absent if nobody has confirmed it. */
export type RolesConfirmation = {
  /** The time of the confirmation. RFC 3339, UTC. */
  readonly confirmedAt: string;
  /** The id of the administrator who confirmed it. */
  readonly confirmedBy: string;
  readonly confirmedByName?: string;
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
  /** The values that were compared, and what to change if the check failed. */
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
  /** `pending`: no browser has opened the link. `open`: it is bound to a browser. `revoked`: somebody revoked it, or the administrator who created it may no longer create links. */
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
  /** The ID of the mapping that gave the user type. Absent if the identity provider sent the type, or if it is the default. */
  readonly userTypeMapping?: string;
  /** The organizations of the user, from mappings. */
  readonly organizations?: readonly OrganizationRole[];
  readonly administrator?: MappedRole;
  /** The ID of the mapping because of which the user has no license. */
  readonly noLicenseMapping?: string;
};

export type User = {
  readonly userId: string;
  readonly userName: string;
  readonly displayName?: string;
  readonly active: boolean;
  /** `administrator`: administrators manage the user manually. `connection`: the identity provider does. */
  readonly managedBy: 'administrator' | 'connection';
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

export type Group = {
  readonly groupId: string;
  readonly displayName: string;
  /** The ID of the group in the identity provider. Absent if the identity provider sent none. */
  readonly externalId?: string;
  readonly memberCount: number;
  /** The time when the group was created. RFC 3339, UTC. */
  readonly createdAt: string;
  /** The time when the group or its members last changed. RFC 3339, UTC. */
  readonly lastModified: string;
};

export type GroupDetail = {
  readonly group: Group;
  /** The mappings that name the group, in their order. */
  readonly mappings: readonly Mapping[];
};

export type GroupPage = {
  readonly items: readonly Group[];
  /** Send it as `cursor` to get the next page. Absent on the last page. */
  readonly next?: string;
};

/** Users who are members of the group. */
export type GroupSource = {
  readonly kind: 'group';
  /** The attribute of the group that `value` is compared with. */
  readonly by: 'id' | 'externalId' | 'displayName';
  readonly value: string;
};

/** Users with this value in `roles`. */
export type RoleSource = {
  readonly kind: 'role';
  readonly value: string;
};

/** Users with this value in `entitlements`. */
export type EntitlementSource = {
  readonly kind: 'entitlement';
  readonly value: string;
};

/** Users with this value in the attribute. */
export type AttributeSource = {
  readonly kind: 'attribute';
  /** The attribute, such as `title` or `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department`. */
  readonly path: string;
  readonly value: string;
};

/** The values that a mapping looks for in a user. Case does not matter, except in the `id` and the `externalId` of a group. */
export type MappingSource = GroupSource | RoleSource | EntitlementSource | AttributeSource;

export type UserTypeTarget = {
  readonly kind: 'userType';
  readonly userType: string;
};

export type OrganizationTarget = {
  readonly kind: 'organization';
  readonly organization: string;
  readonly role: string;
};

/** The user administers this domain in the portal. This works only through connections for which an owner has confirmed it. */
export type AdministratorTarget = {
  readonly kind: 'administrator';
  readonly role: 'owner' | 'viewer';
  /** False if the administrator takes no seat and gets no license key. */
  readonly license: boolean;
};

/** The user takes no seat and gets no license key. */
export type NoLicenseTarget = {
  readonly kind: 'noLicense';
};

/** The result that a mapping gives the users that it matches. */
export type MappingTarget = UserTypeTarget | OrganizationTarget | AdministratorTarget | NoLicenseTarget;

export type Mapping = {
  readonly id: string;
  readonly from: MappingSource;
  readonly to: MappingTarget;
};

export type MappingInput = {
  /** The ID of an existing mapping. Absent for a new one. */
  readonly id?: string;
  readonly from: MappingSource;
  readonly to: MappingTarget;
};

/** An organization of the product, and the roles that users can have in it. */
export type Organization = {
  readonly name: string;
  readonly roles: readonly string[];
};

/** The progress of the evaluation of all users after a change of the mappings. */
export type MappingEvaluation = {
  /** The version of the mappings. */
  readonly version: number;
  readonly done: number;
  /** The number of users when the evaluation started. It may differ from `done` in the end. */
  readonly total: number;
  /** The time when the evaluation started. RFC 3339, UTC. */
  readonly startedAt: string;
  /** The time when the evaluation finished. Absent while it is running. RFC 3339, UTC. */
  readonly finishedAt?: string;
};

export type Mappings = {
  /** Increases with each change. 0 if the domain never had mappings. */
  readonly version: number;
  /** For the user type, the first mapping that matches takes precedence. Organizations accumulate. */
  readonly mappings: readonly Mapping[];
  /** The organizations that this domain declares. */
  readonly organizations: readonly Organization[];
  /** The organizations that the deployment declares for all domains. */
  readonly vendorOrganizations: readonly Organization[];
  /** The user types of the deployment. */
  readonly userTypes: readonly string[];
  readonly defaultUserType: string;
  /** The time of the last change. RFC 3339, UTC. */
  readonly changedAt?: string;
  readonly evaluation?: MappingEvaluation;
};

export type MappingsChange = {
  /** The version that you read. If it is not the current one, the response is 409. */
  readonly version: number;
  readonly mappings: readonly MappingInput[];
  /** If it is absent, the organizations stay as they are. */
  readonly organizations?: readonly Organization[];
};

export type MappingsToPreview = {
  readonly mappings: readonly MappingInput[];
  readonly organizations?: readonly Organization[];
};

export type OrganizationRole = {
  readonly organization: string;
  readonly role: string;
  /** The ID of the mapping that gives the role. */
  readonly mappingId: string;
};

export type MappedRole = {
  readonly role: 'owner' | 'viewer';
  readonly license: boolean;
  readonly mappingId: string;
};

export type MappingResult = {
  readonly userType: string;
  /** False if the user has no license because of a mapping. */
  readonly license: boolean;
  readonly organizations: readonly OrganizationRole[];
  readonly administrator?: MappedRole;
  /** The ID of the mapping because of which the user has no license. */
  readonly noLicenseMapping?: string;
};

export type PreviewedUser = {
  readonly userId: string;
  readonly userName: string;
  readonly before: MappingResult;
  readonly after: MappingResult;
};

export type MappingPreview = {
  /** The number of users that this request has evaluated. */
  readonly examined: number;
  /** The number of users of the domain. */
  readonly total: number;
  /** The number of users of this request whose result would change. */
  readonly changed: number;
  /** At most the first 100 of them. */
  readonly users: readonly PreviewedUser[];
  /** Send it as `cursor` to evaluate more users. Absent at the end. */
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
  /** The values that an administrator can change, by the names of columns. A value that the user does not have is empty. */
  readonly values: UserTexts;
  readonly groups: readonly {
    readonly groupId: string;
    readonly displayName?: string;
  }[];
  /** The SCIM resource. */
  readonly scim: Readonly<Record<string, unknown>>;
  /** The last 50 entries of the license's history, newest first. */
  readonly history: readonly LicenseEvent[];
  /** The mappings that gave the user something. */
  readonly mappings: readonly Mapping[];
};

/** Values of a user by the names of columns. `null` and an empty text remove a value. */
export type UserValues = Readonly<Record<string, string | number | boolean | null>>;

export type UserTexts = Readonly<Record<string, string>>;

export type UserValuesBody = {
  readonly values: UserValues;
};

export type UserColumn = {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'integer' | 'decimal' | 'dateTime' | 'reference' | 'binary' | 'email';
  readonly description: string;
  /** Whether an active user needs a value. */
  readonly required: boolean;
  /** The only values. */
  readonly values?: readonly string[];
};

export type UserColumns = {
  readonly items: readonly UserColumn[];
};

export type UserRow = {
  readonly userId: string;
  readonly managedBy: 'administrator' | 'connection';
  readonly values: UserTexts;
};

export type UserRowPage = {
  readonly items: readonly UserRow[];
  /** The cursor of the next page. */
  readonly next?: string;
};

export type UserImport = {
  readonly rows: readonly {
    /** The number of the row in the file. */
    readonly row: number;
    readonly values: UserValues;
  }[];
  /** Whether nothing is written, and the results say what would happen. */
  readonly dryRun: boolean;
  /** In a dry run of several requests: the licenses that start in earlier requests, minus those that end. */
  readonly seatsTaken?: number;
};

export type UserImportResults = {
  readonly results: readonly UserImportResult[];
};

export type UserImportResult = {
  readonly row: number;
  readonly userName: string;
  readonly outcome: 'create' | 'change' | 'unchanged' | 'error';
  /** Absent if the user does not exist yet. */
  readonly userId?: string;
  /** The columns whose values change. */
  readonly fields?: readonly string[];
  /** Whether the user is active after the row, if that changes. */
  readonly active?: boolean;
  /** The effect on the license, if there is one. `waits`: no seat is free, and the license is in the queue. */
  readonly license?: 'starts' | 'waits' | 'ends';
  /** Why the row is refused, and what to change. */
  readonly detail?: string;
  /** The column whose value must change, if it is known. */
  readonly field?: string;
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
  /** The ID of the mapping that gave the user type. Absent if the identity provider sent the type, or if it is the default. */
  readonly userTypeMapping?: string;
  /** The organizations of the user, from mappings. */
  readonly organizations?: readonly OrganizationRole[];
  readonly administrator?: MappedRole;
  /** The ID of the mapping because of which the user has no license. */
  readonly noLicenseMapping?: string;
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
  /** The read units that this part has consumed. */
  readonly readUnits: number;
};

export type CountVerificationRequest = {
  /** Without it, nothing changes. */
  readonly repair?: boolean;
  /** The response is sent as soon as about this many read units are consumed. Wait before the next request to keep a pace. */
  readonly maxReadUnits?: number;
  /** The value of `next` in the previous response. */
  readonly cursor?: string;
};

export type CountDifference = {
  /** `freeSeats` is negative if more licenses are active than seats. `shardMarks` are the parts of the counts whose marks of a limit or of missing seats are wrong. `seatSettings` is 0 if the item with the number of seats is lost. */
  readonly name: 'users' | 'groups' | 'activeLicenses' | 'pendingLicenses' | 'freeSeats' | 'shardMarks' | 'seatSettings';
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
  /** `stale`: the queue has an entry, but the license does not wait by it. `missing`: the license waits, but the queue has no entry. `overdue`: the license waits although a seat is free, because the promotion was lost. */
  readonly problem: 'stale' | 'missing' | 'overdue';
};

export type CountVerification = {
  /** Users, groups, and licenses that were counted, groups whose members were counted, entries of the queue for seats, and users whose mappings were evaluated. */
  readonly checked: number;
  /** Counts of the domain that differ from what exists. Empty until everything is counted. */
  readonly differences: readonly CountDifference[];
  /** Groups whose number of members differs from their members. */
  readonly groups: readonly MemberCountDifference[];
  /** Entries of the queue for seats that do not match the licenses. */
  readonly queue: readonly QueueDifference[];
  /** Parts of licenses that are not as the mappings of the domain say. */
  readonly mappings: readonly MappingDifference[];
  /** The number of differences that were repaired. Those of mappings are repaired by an evaluation of all users, which starts at the end. */
  readonly repaired: number;
  /** False if the domain or a group changed each time that it was counted, or if all users are being evaluated and their licenses differ. Differences may then be only these changes, and are not repaired. Repeat the verification. */
  readonly exact: boolean;
  /** The cursor of the next request. Absent at the end. */
  readonly next?: string;
  /** The read units that this part has consumed. */
  readonly readUnits: number;
};

export type ItemVerificationRequest = {
  /** Whether problems are repaired. */
  readonly repair?: boolean;
  /** Whether the whole table is read. Otherwise only the partitions that a key of the domain lists are read. This costs less in a large deployment, and does not find claims, addresses, and memberships whose users and groups do not exist. The verification of all items always reads the whole table. */
  readonly scan?: boolean;
  /** The response is sent as soon as about this many read units are consumed. Wait before the next request to keep a pace. */
  readonly maxReadUnits?: number;
  /** The value of `next` in the previous response. */
  readonly cursor?: string;
};

export type ItemVerification = {
  /** The items that were compared. */
  readonly checked: number;
  readonly problems: readonly ItemProblem[];
  /** The number of problems that were repaired. */
  readonly repaired: number;
  /** The read units that this part has consumed. */
  readonly readUnits: number;
  /** The cursor of the next request. Absent at the end. */
  readonly next?: string;
};

export type ItemProblem = {
  /** The domain of the item, or `DEPLOYMENT`. */
  readonly domainId: string;
  /** The kind of the problem, such as `claim-orphaned`. */
  readonly problem: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  /** The problem. */
  readonly found: string;
  /** The remedy, if the problem is not repaired. */
  readonly action: string;
  /** `repairable`: a repair would repair it. `manual`: nothing in the table says what is right, so follow `action`. `changed`: it was not repaired, because an item changed at the same time. */
  readonly state: 'repairable' | 'manual' | 'repaired' | 'changed';
};

/** A part of a license that is not as the mappings say. */
export type MappingDifference = {
  readonly userId: string;
  /** `userType`, `userTypeMapping`, `organizations`, `administrator`, `noLicenseMapping`, or `license`: whether the user has a license. */
  readonly attribute: string;
  /** The value of the license. Absent if it has none. */
  readonly stored?: string;
  /** The value of a fresh evaluation. Absent if there is none. */
  readonly expected?: string;
};

export type Redrive = {
  /** Emails that this request has made due. */
  readonly mails: number;
  /** Messages that this request has removed from the queues, because they were processed. */
  readonly messages: number;
  /** Messages that remain in the queues: they are unreadable, their email is being sent, or the redrive is not finished. */
  readonly left: number;
  /** False if the time was up. Repeat the request with `next` as the cursor. */
  readonly finished: boolean;
  /** The cursor of the next request. Absent at the end. */
  readonly next?: string;
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
    readonly type: 'user' | 'group' | 'domain' | 'key' | 'connection' | 'secret' | 'trust' | 'token' | 'license' | 'address' | 'request' | 'mail' | 'administrator' | 'setupLink' | 'simulation' | 'mappings' | 'subscription';
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
  /** The address of the section about this finding. Absent if the deployment has neither a portal nor published documents. */
  readonly link?: string;
  readonly details?: readonly Readonly<Record<string, unknown>>[];
};

export type Readiness = {
  readonly ready: boolean;
  /** The time when the report was created. RFC 3339, UTC. */
  readonly checkedAt: string;
  readonly findings: readonly Finding[];
};

export type LicenseUsage = {
  /** Oldest first. At least the current day. */
  readonly days: readonly {
    /** The day, in UTC. */
    readonly date: string;
    readonly users: number;
    /** Each of them takes a seat. */
    readonly activeLicenses: number;
    /** Licenses in the queue for a seat. */
    readonly pendingLicenses: number;
    /** Users whose license is neither active nor pending. */
    readonly inactiveLicenses: number;
    /** The largest number of active licenses. Null: unlimited. */
    readonly seats: number | null;
  }[];
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

/** A type of events. docs/events.md describes each of them. */
export type EventType = 'user.created' | 'user.changed' | 'user.deactivated' | 'user.reactivated' | 'user.deleted' | 'group.created' | 'group.changed' | 'group.deleted' | 'group.membersAdded' | 'group.membersRemoved' | 'license.activated' | 'license.pending' | 'license.changed' | 'license.keyReplaced' | 'license.ended' | 'email.bounced' | 'domain.created' | 'domain.switched' | 'domain.deleted' | 'connection.created' | 'connection.revoked' | 'connection.expiring';

/** `notice`: ids only. `full`: also the resource before and after the change */
export type EventContent = 'notice' | 'full';

/** How events are delivered. `feed`: a product reads them with a token. `webhook`: signed HTTPS requests to an endpoint. `eventBridge`: the event bus of the deployment, if its settings have one. `setPush`: security event tokens of RFC 9967 are sent to an endpoint (RFC 8935). `setPoll`: a receiver polls for them (RFC 8936). */
export type SubscriptionKind = 'feed' | 'webhook' | 'eventBridge' | 'setPush' | 'setPoll';

/** A paused subscription delivers nothing, and its token does not work */
export type SubscriptionState = 'active' | 'paused';

export type Subscription = {
  readonly subscriptionId: string;
  readonly name: string;
  readonly kind: SubscriptionKind;
  /** Absent for all types */
  readonly types?: readonly EventType[];
  readonly content: EventContent;
  readonly state: SubscriptionState;
  readonly createdAt: string;
  /** The `https` URL to which events are sent, for kinds that have one. Its port is 443 or 8443 */
  readonly endpoint?: string;
  /** The claim `iss` of the tokens, for the kinds `setPush` and `setPoll` */
  readonly issuer?: string;
  /** The claim `aud` of the tokens, for the kinds `setPush` and `setPoll` */
  readonly audience?: string;
  /** Whether requests have the header `Authorization`, for the kind `setPush` */
  readonly hasAuthorization?: boolean;
  /** The URL at which the product reads the feed, for the kind `feed` */
  readonly feedUrl?: string;
  /** The URL at which the receiver polls, for the kind `setPoll` */
  readonly pollUrl?: string;
  /** The URL of the public keys of the tokens, for the kinds `setPush` and `setPoll` */
  readonly jwksUrl?: string;
  /** The name of the event bus, for the kind `eventBridge`. Absent if the deployment has none anymore */
  readonly eventBusName?: string;
};

export type SubscriptionList = {
  /** The kinds that can be created in this deployment */
  readonly kinds: readonly SubscriptionKind[];
  readonly items: readonly Subscription[];
};

export type NewSubscription = {
  readonly name: string;
  readonly kind: SubscriptionKind;
  /** All types if it is absent, also those of later versions */
  readonly types?: readonly EventType[];
  readonly content?: EventContent;
  /** The `https` URL of an endpoint, for kinds that have one. Its port is 443 or 8443 */
  readonly endpoint?: string;
  /** The claim `aud` of the tokens, for the kinds `setPush` and `setPoll`. By default, the base URL of SCIM with `/Feeds/` and the id of the subscription */
  readonly audience?: string;
  /** The value of the header `Authorization` of requests, for the kind `setPush`. It is never returned */
  readonly authorization?: string;
};

export type SubscriptionChange = {
  readonly name?: string;
  /** `null` for all types */
  readonly types?: readonly EventType[] | null;
  readonly content?: EventContent;
  readonly state?: SubscriptionState;
  readonly endpoint?: string;
  readonly audience?: string;
  /** `null` to send no such header */
  readonly authorization?: string | null;
};

export type CreatedSubscription = {
  readonly subscription: Subscription;
  /** The events token of a subscription of the kind `feed` or `setPoll` */
  readonly token?: string;
  /** The secret that signs requests to an endpoint */
  readonly secret?: string;
};

export type EventsToken = {
  /** Send it as a bearer token. */
  readonly token: string;
};

export type ChangeEvent = {
  /** The same for each delivery of the event */
  readonly id: string;
  readonly type: EventType;
  readonly schemaVersion: number;
  /** The time of the change */
  readonly time: string;
  readonly domainId: string;
  /** The resource that has changed. Events of one subject are in order. */
  readonly subject: {
    readonly type: string;
    readonly id: string;
  };
  /** Counts the events of the subject in this feed */
  readonly sequence: number;
  readonly actor: {
    readonly kind: 'scimKey' | 'admin' | 'system' | 'unknown';
    readonly id?: string;
    readonly name?: string;
  };
  readonly data: Readonly<Record<string, unknown>>;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
};

export type EventPage = {
  readonly items: readonly ChangeEvent[];
  /** The value of `after` for the next page */
  readonly next: string;
  /** Whether events follow that could be read now */
  readonly more: boolean;
};

export type EventTypeList = {
  readonly items: readonly {
    readonly type: EventType;
    readonly schemaVersion: number;
    readonly description: string;
    /** A JSON schema of draft 2020-12 */
    readonly schema: Readonly<Record<string, unknown>>;
  }[];
};

export type WebhookSecret = {
  readonly secretId: string;
  readonly createdAt: string;
};

export type WebhookSecretCreated = {
  readonly secretId: string;
  readonly createdAt: string;
  /** The secret of Standard Webhooks, which begins with `whsec_`. */
  readonly secret: string;
};

/** Events that expired before they were delivered. The receiver lacks them, so it must read all users, groups, and licenses again. */
export type SkippedEvents = {
  /** No event that was recorded before this time was skipped. */
  readonly from: string;
  /** No event that was recorded after this time was skipped. */
  readonly until: string;
  /** The time at which the service noticed it. */
  readonly at: string;
};

export type WebhookStatus = {
  /** The position in the feed up to which events were delivered, or are tried again. */
  readonly position: number;
  /** The last delivery. */
  readonly deliveredAt?: string;
  /** The time since which the endpoint has accepted no event. Absent if the last attempt succeeded. */
  readonly failingSince?: string;
  /** Why the last attempt failed. */
  readonly lastError?: string;
  /** The time of the next attempt, if something is tried again. */
  readonly nextAttemptAt?: string;
  readonly skipped?: SkippedEvents;
  /** The signing secrets of a webhook, the latest first. Other kinds have none. */
  readonly secrets: readonly WebhookSecret[];
};

export type WebhookDelivery = {
  readonly id: string;
  readonly eventId: string;
  /** The type of the event. */
  readonly type: string;
  /** The subject of the event: its type and its id. */
  readonly subject: string;
  readonly at: string;
  /** The number of the attempt for its event, from 1. */
  readonly attempt: number;
  readonly durationMs: number;
  readonly delivered: boolean;
  /** The status of the response. Absent if there was none. */
  readonly status?: number;
  /** Why the attempt failed, and what to do. */
  readonly error?: string;
};

export type WebhookDeliveryPage = {
  readonly items: readonly WebhookDelivery[];
  /** The cursor of the next page. Absent at the end. */
  readonly next?: string;
};

export type WebhookDeadLetter = {
  readonly eventId: string;
  /** The type of the event. */
  readonly type: string;
  /** The subject of the event: its type and its id. */
  readonly subject: string;
  /** The time at which the event was written. */
  readonly recordedAt: string;
  /** The attempts. It is 0 if the event waited behind others while the endpoint failed. */
  readonly attempts: number;
  /** The reason of the last failure. */
  readonly error?: string;
  /** The time at which the event was given up. */
  readonly failedAt: string;
  /** The time until which the event can be replayed. */
  readonly expireTime: string;
};

export type WebhookDeadLetterPage = {
  readonly items: readonly WebhookDeadLetter[];
  /** The cursor of the next page. Absent at the end. */
  readonly next?: string;
};

export type WebhookTestResult = {
  readonly eventId: string;
  readonly at: string;
  readonly durationMs: number;
  readonly delivered: boolean;
  /** The status of the response. Absent if there was none. */
  readonly status?: number;
  /** Why the attempt failed, and what to do. */
  readonly error?: string;
};

export type WebhookReplay = {
  /** All dead letters, or those of these events. */
  readonly deadLetters?: string | readonly string[];
  /** All events that were written at this time or later. */
  readonly since?: string;
};

export type WebhookReplayed = {
  /** The number of dead letters that are delivered again. */
  readonly replayed?: number;
  /** Whether dead letters are left. Then send the request again. */
  readonly more?: boolean;
  /** The time from which on events are delivered again. */
  readonly since?: string;
};

export type SetError = {
  /** A code of RFC 8935 §2.4 */
  readonly err: string;
  readonly description?: string;
};

export type SetPoll = {
  /** The most tokens to return, up to 100. With 0, the request only acknowledges */
  readonly maxEvents?: number;
  /** Without it, a request waits for up to two seconds if there are no tokens */
  readonly returnImmediately?: boolean;
  /** The `jti` of tokens that are stored by the receiver. They are not returned again */
  readonly ack?: readonly string[];
  /** The `jti` of tokens that the receiver cannot process, with the reasons. They become dead letters */
  readonly setErrs?: Readonly<Record<string, SetError>>;
};

export type SetPollResponse = {
  /** The tokens by their `jti` */
  readonly sets: Readonly<Record<string, string>>;
  readonly moreAvailable: boolean;
};

export type Simulation = {
  readonly simulationId: string;
  /** The SCIM key of the test. It is never shown again. */
  readonly token: string;
  /** The time when the credential expires. RFC 3339, UTC. */
  readonly expireTime: string;
  /** The SCIM base URL of the deployment. */
  readonly scimBaseUrl: string;
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
  'POST /verify-items': {
    path: undefined;
    query: undefined;
    body: ItemVerificationRequest;
    response: ItemVerification;
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
  'GET /domains/{domainId}/mapped-administrators': {
    path: { domainId: string };
    query: undefined;
    body: undefined;
    response: MappedAdministratorList;
  };
  'POST /domains/{domainId}/mapped-administrators/{userId}/resend-invitation': {
    path: { domainId: string; userId: string };
    query: undefined;
    body: undefined;
    response: MappedAdministrator;
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
  'POST /domains/{domainId}/connections/{connectionId}/administrators-from-roles': {
    path: { domainId: string; connectionId: string };
    query: undefined;
    body: undefined;
    response: Connection;
  };
  'DELETE /domains/{domainId}/connections/{connectionId}/administrators-from-roles': {
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
  'POST /domains/{domainId}/simulations': {
    path: { domainId: string };
    query: undefined;
    body: undefined;
    response: Simulation;
  };
  'DELETE /domains/{domainId}/simulations/{simulationId}': {
    path: { domainId: string; simulationId: string };
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
    query: { search?: string; name?: string; userType?: string; organization?: string; licenseStatus?: 'active' | 'inactive' | 'pending'; managedBy?: 'administrator' | 'connection'; limit?: number; cursor?: string };
    body: undefined;
    response: UserPage;
  };
  'POST /domains/{domainId}/users': {
    path: { domainId: string };
    query: undefined;
    body: UserValuesBody;
    response: User;
  };
  'GET /domains/{domainId}/users/columns': {
    path: { domainId: string };
    query: undefined;
    body: undefined;
    response: UserColumns;
  };
  'GET /domains/{domainId}/users/export': {
    path: { domainId: string };
    query: { limit?: number; cursor?: string };
    body: undefined;
    response: UserRowPage;
  };
  'POST /domains/{domainId}/users/import': {
    path: { domainId: string };
    query: undefined;
    body: UserImport;
    response: UserImportResults;
  };
  'GET /domains/{domainId}/users/{userId}': {
    path: { domainId: string; userId: string };
    query: undefined;
    body: undefined;
    response: UserDetail;
  };
  'PATCH /domains/{domainId}/users/{userId}': {
    path: { domainId: string; userId: string };
    query: undefined;
    body: UserValuesBody;
    response: User;
  };
  'DELETE /domains/{domainId}/users/{userId}': {
    path: { domainId: string; userId: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'POST /domains/{domainId}/users/{userId}/deactivate': {
    path: { domainId: string; userId: string };
    query: undefined;
    body: undefined;
    response: User;
  };
  'POST /domains/{domainId}/users/{userId}/activate': {
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
  'GET /domains/{domainId}/groups': {
    path: { domainId: string };
    query: { search?: string; limit?: number; cursor?: string };
    body: undefined;
    response: GroupPage;
  };
  'GET /domains/{domainId}/groups/{groupId}': {
    path: { domainId: string; groupId: string };
    query: undefined;
    body: undefined;
    response: GroupDetail;
  };
  'GET /domains/{domainId}/groups/{groupId}/members': {
    path: { domainId: string; groupId: string };
    query: { limit?: number; cursor?: string };
    body: undefined;
    response: UserPage;
  };
  'GET /domains/{domainId}/mappings': {
    path: { domainId: string };
    query: undefined;
    body: undefined;
    response: Mappings;
  };
  'PUT /domains/{domainId}/mappings': {
    path: { domainId: string };
    query: undefined;
    body: MappingsChange;
    response: Mappings;
  };
  'POST /domains/{domainId}/mappings/preview': {
    path: { domainId: string };
    query: { cursor?: string };
    body: MappingsToPreview;
    response: MappingPreview;
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
  'POST /domains/{domainId}/verify-items': {
    path: { domainId: string };
    query: undefined;
    body: ItemVerificationRequest;
    response: ItemVerification;
  };
  'POST /mail/redrive': {
    path: undefined;
    query: { cursor?: string };
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
    query: { connectionId?: string; language?: 'en' | 'de' };
    body: undefined;
    response: Readiness;
  };
  'GET /domains/{domainId}/rate-usage': {
    path: { domainId: string };
    query: undefined;
    body: undefined;
    response: RateUsage;
  };
  'GET /domains/{domainId}/license-usage': {
    path: { domainId: string };
    query: { days?: number };
    body: undefined;
    response: LicenseUsage;
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
  'GET /event-types': {
    path: undefined;
    query: undefined;
    body: undefined;
    response: EventTypeList;
  };
  'GET /domains/{domainId}/subscriptions': {
    path: { domainId: string };
    query: undefined;
    body: undefined;
    response: SubscriptionList;
  };
  'POST /domains/{domainId}/subscriptions': {
    path: { domainId: string };
    query: undefined;
    body: NewSubscription;
    response: CreatedSubscription;
  };
  'GET /domains/{domainId}/subscriptions/{subscriptionId}': {
    path: { domainId: string; subscriptionId: string };
    query: undefined;
    body: undefined;
    response: Subscription;
  };
  'PATCH /domains/{domainId}/subscriptions/{subscriptionId}': {
    path: { domainId: string; subscriptionId: string };
    query: undefined;
    body: SubscriptionChange;
    response: Subscription;
  };
  'DELETE /domains/{domainId}/subscriptions/{subscriptionId}': {
    path: { domainId: string; subscriptionId: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'POST /domains/{domainId}/subscriptions/{subscriptionId}/token': {
    path: { domainId: string; subscriptionId: string };
    query: undefined;
    body: undefined;
    response: EventsToken;
  };
  'POST /domains/{domainId}/subscriptions/{subscriptionId}/sets': {
    path: { domainId: string; subscriptionId: string };
    query: undefined;
    body: SetPoll;
    response: SetPollResponse;
  };
  'GET /domains/{domainId}/events': {
    path: { domainId: string };
    query: { after?: string; since?: string; types?: string; content?: EventContent; limit?: number };
    body: undefined;
    response: EventPage;
  };
  'GET /subscriptions': {
    path: undefined;
    query: undefined;
    body: undefined;
    response: SubscriptionList;
  };
  'POST /subscriptions': {
    path: undefined;
    query: undefined;
    body: NewSubscription;
    response: CreatedSubscription;
  };
  'GET /subscriptions/{subscriptionId}': {
    path: { subscriptionId: string };
    query: undefined;
    body: undefined;
    response: Subscription;
  };
  'PATCH /subscriptions/{subscriptionId}': {
    path: { subscriptionId: string };
    query: undefined;
    body: SubscriptionChange;
    response: Subscription;
  };
  'DELETE /subscriptions/{subscriptionId}': {
    path: { subscriptionId: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'POST /subscriptions/{subscriptionId}/token': {
    path: { subscriptionId: string };
    query: undefined;
    body: undefined;
    response: EventsToken;
  };
  'POST /subscriptions/{subscriptionId}/sets': {
    path: { subscriptionId: string };
    query: undefined;
    body: SetPoll;
    response: SetPollResponse;
  };
  'GET /events': {
    path: undefined;
    query: { after?: string; since?: string; types?: string; content?: EventContent; limit?: number };
    body: undefined;
    response: EventPage;
  };
  'POST /domains/{domainId}/subscriptions/{subscriptionId}/secrets': {
    path: { domainId: string; subscriptionId: string };
    query: undefined;
    body: undefined;
    response: WebhookSecretCreated;
  };
  'DELETE /domains/{domainId}/subscriptions/{subscriptionId}/secrets/{secretId}': {
    path: { domainId: string; subscriptionId: string; secretId: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'GET /domains/{domainId}/subscriptions/{subscriptionId}/delivery-status': {
    path: { domainId: string; subscriptionId: string };
    query: undefined;
    body: undefined;
    response: WebhookStatus;
  };
  'GET /domains/{domainId}/subscriptions/{subscriptionId}/deliveries': {
    path: { domainId: string; subscriptionId: string };
    query: { limit?: number; cursor?: string };
    body: undefined;
    response: WebhookDeliveryPage;
  };
  'GET /domains/{domainId}/subscriptions/{subscriptionId}/dead-letters': {
    path: { domainId: string; subscriptionId: string };
    query: { limit?: number; cursor?: string };
    body: undefined;
    response: WebhookDeadLetterPage;
  };
  'POST /domains/{domainId}/subscriptions/{subscriptionId}/test-events': {
    path: { domainId: string; subscriptionId: string };
    query: undefined;
    body: undefined;
    response: WebhookTestResult;
  };
  'POST /domains/{domainId}/subscriptions/{subscriptionId}/retries': {
    path: { domainId: string; subscriptionId: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'POST /domains/{domainId}/subscriptions/{subscriptionId}/replays': {
    path: { domainId: string; subscriptionId: string };
    query: undefined;
    body: WebhookReplay;
    response: WebhookReplayed;
  };
  'POST /subscriptions/{subscriptionId}/secrets': {
    path: { subscriptionId: string };
    query: undefined;
    body: undefined;
    response: WebhookSecretCreated;
  };
  'DELETE /subscriptions/{subscriptionId}/secrets/{secretId}': {
    path: { subscriptionId: string; secretId: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'GET /subscriptions/{subscriptionId}/delivery-status': {
    path: { subscriptionId: string };
    query: undefined;
    body: undefined;
    response: WebhookStatus;
  };
  'GET /subscriptions/{subscriptionId}/deliveries': {
    path: { subscriptionId: string };
    query: { limit?: number; cursor?: string };
    body: undefined;
    response: WebhookDeliveryPage;
  };
  'GET /subscriptions/{subscriptionId}/dead-letters': {
    path: { subscriptionId: string };
    query: { limit?: number; cursor?: string };
    body: undefined;
    response: WebhookDeadLetterPage;
  };
  'POST /subscriptions/{subscriptionId}/test-events': {
    path: { subscriptionId: string };
    query: undefined;
    body: undefined;
    response: WebhookTestResult;
  };
  'POST /subscriptions/{subscriptionId}/retries': {
    path: { subscriptionId: string };
    query: undefined;
    body: undefined;
    response: undefined;
  };
  'POST /subscriptions/{subscriptionId}/replays': {
    path: { subscriptionId: string };
    query: undefined;
    body: WebhookReplay;
    response: WebhookReplayed;
  };
}
