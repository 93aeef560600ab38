import { ADMINISTRATOR_PREFIX, INVITATION_PREFIX, ROLE_PREFIX } from '../table/administrator-keys';
import {
  number,
  oneOf,
  optionalFlag,
  optionalNumber,
  optionalText,
  text,
  textSet,
  type Item,
} from '../table/read-item';

const ADMINISTRATOR_ROLES = ['operator', 'owner', 'viewer'] as const;
/** The role of a portal user: `operator` in the deployment, `owner` or `viewer` in a domain. */
export type AdministratorRole = (typeof ADMINISTRATOR_ROLES)[number];

/**
 * The origin of a role: an invitation, or the claim of an ID token before the service had roles of its own.
 */
const ROLE_SOURCES = ['invitation', 'claim'] as const;
type RoleSource = (typeof ROLE_SOURCES)[number];

/** An administrator of a domain, or an operator. Times are RFC 3339, UTC. */
export interface Administrator {
  /** The id of the portal user in audit events. */
  readonly administratorId: string;
  readonly role: AdministratorRole;
  /** Absent if no ID token has shown a verified address. */
  readonly email?: string;
  readonly name?: string;
  readonly grantedAt: string;
  /** The id of the administrator who sent the invitation; absent if the role is from a claim. */
  readonly grantedBy?: string;
  readonly source: RoleSource;
}

/** A role of one portal user. `scope` is the id of a domain, or `DEPLOYMENT`. */
export interface ScopedRole {
  readonly scope: string;
  readonly role: AdministratorRole;
}

/** The data that the service stores about a portal user, besides the roles. */
export interface Profile {
  /** Roles of the claim that are not stored as roles yet, as the claim states them. */
  readonly claimedRoles: ReadonlySet<string>;
  /** True if the service deletes the account in the user pool. The user cannot get a role again. */
  readonly isClosed: boolean;
  /** True if the service created the account in the user pool, and deletes it with the last role. */
  readonly hasOwnAccount: boolean;
  /** The number of changes of the roles. */
  readonly changes: number;
}

/** An invitation that was not accepted yet. Times are RFC 3339, UTC. */
export interface Invitation {
  readonly invitationId: string;
  readonly scope: string;
  readonly email: string;
  readonly role: AdministratorRole;
  readonly name?: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly createdByName?: string;
  readonly expireTime: string;
  /** The id of the account that the service created for the recipient. */
  readonly accountId?: string;
}

export const readAdministrator = (item: Item): Administrator => ({
  administratorId: text(item, 'sk').slice(ADMINISTRATOR_PREFIX.length),
  role: oneOf(item, 'role', ADMINISTRATOR_ROLES),
  email: optionalText(item, 'email'),
  name: optionalText(item, 'name'),
  grantedAt: text(item, 'grantedAt'),
  grantedBy: optionalText(item, 'grantedBy'),
  source: oneOf(item, 'source', ROLE_SOURCES),
});

export const readScopedRole = (item: Item): ScopedRole => ({
  scope: text(item, 'sk').slice(ROLE_PREFIX.length),
  role: oneOf(item, 'role', ADMINISTRATOR_ROLES),
});

export const readProfile = (item: Item): Profile => ({
  claimedRoles: textSet(item, 'claimedRoles'),
  isClosed: optionalFlag(item, 'isClosed') ?? false,
  hasOwnAccount: optionalFlag(item, 'hasOwnAccount') ?? false,
  changes: optionalNumber(item, 'changes') ?? 0,
});

export const readInvitation = (item: Item): Invitation => ({
  invitationId: text(item, 'sk').slice(INVITATION_PREFIX.length),
  scope: text(item, 'scope'),
  email: text(item, 'email'),
  role: oneOf(item, 'role', ADMINISTRATOR_ROLES),
  name: optionalText(item, 'name'),
  createdAt: text(item, 'createdAt'),
  createdBy: text(item, 'createdBy'),
  createdByName: optionalText(item, 'createdByName'),
  expireTime: text(item, 'expireTime'),
  accountId: optionalText(item, 'accountId'),
});

/** An account of the user pool that the service created. */
export interface AccountCheck {
  readonly callerId: string;
  /** The address for which the account was created. */
  readonly email: string;
  /**
   * Milliseconds since the epoch from which on the account is deleted if it has no role and no invitation.
   */
  readonly dueAt: number;
}

export const readAccountCheck = (item: Item): AccountCheck => ({
  callerId: text(item, 'sk'),
  email: text(item, 'email'),
  dueAt: number(item, 'dueAt'),
});
