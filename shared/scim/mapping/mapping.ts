/**
 * The value that a mapping looks for in a user. Names and values are compared by their folded keys, ids of
 * groups exactly.
 */
export type MappingSource =
  | { readonly kind: 'group'; readonly by: GroupReference; readonly value: string }
  /** A value of `roles` or `entitlements`, in any form that identity providers send. */
  | { readonly kind: 'role' | 'entitlement'; readonly value: string }
  /** `path` names an attribute of the user, e.g. `title` or `urn:…:enterprise:2.0:User:department`. */
  | { readonly kind: 'attribute'; readonly path: string; readonly value: string };

/** The attribute by which a mapping names its group. */
type GroupReference = 'id' | 'externalId' | 'displayName';

/** The role of a user who administers the domain in the portal. */
type MappedRole = 'owner' | 'viewer';

/** The effect of a mapping on the users that it matches. */
export type MappingTarget =
  | { readonly kind: 'userType'; readonly userType: string }
  | { readonly kind: 'organization'; readonly organization: string; readonly role: string }
  /** `license`: whether the administrator also has a license. */
  | { readonly kind: 'administrator'; readonly role: MappedRole; readonly license: boolean }
  | { readonly kind: 'noLicense' };

/** A rule of a domain. The mappings of a domain are an ordered list. */
export interface Mapping {
  /** A UUIDv7. */
  readonly id: string;
  readonly from: MappingSource;
  readonly to: MappingTarget;
}

/** A group that mappings may name by its name or its `externalId`. */
export interface MappedGroup {
  readonly groupId: string;
  readonly displayName: string;
  readonly externalId?: string;
}

/** The origin of the user type of a license. */
type UserTypeCause =
  { readonly kind: 'attribute' | 'default' } | { readonly kind: 'mapping'; readonly mappingId: string };

/** A role of a user in an organization of the product, with the mapping that gives it. */
export interface OrganizationRole {
  readonly organization: string;
  readonly role: string;
  readonly mappingId: string;
}

/** The role that a user has in the portal because of a mapping. */
export interface MappedAdministratorRole {
  readonly role: MappedRole;
  readonly license: boolean;
  readonly mappingId: string;
  /** The group of the user that the mapping names. */
  readonly groupId?: string;
}

/** The result of the mappings of a domain for a user. */
export interface MappingResult {
  readonly userType: string;
  readonly userTypeCause: UserTypeCause;
  /** In the order of the mappings. No role of an organization occurs twice. */
  readonly organizations: readonly OrganizationRole[];
  readonly administrator?: MappedAdministratorRole;
  /** Whether the user has a license while the user is active. */
  readonly license: boolean;
  /** The mapping because of which the user has no license. */
  readonly noLicenseMapping?: string;
}
