import type { Schema } from './attribute';
import { enterpriseUserSchema } from './schemas/enterprise-user';
import { groupSchema } from './schemas/group';
import { userSchema } from './schemas/user';

/** A resource type (RFC 7643 §6). */
export interface ResourceType {
  /** The name, which is also the ID of the resource type. */
  readonly name: 'User' | 'Group' | 'Role' | 'Entitlement' | 'License';
  readonly description: string;
  /** Relative to the base URL. */
  readonly endpoint: '/Users' | '/Groups' | '/Roles' | '/Entitlements' | '/Licenses';
  readonly schema: Schema;
  readonly extensions: readonly Schema[];
}

/** Returns the resource type of users with further extensions besides the enterprise extension. */
export const userResourceTypeOf = (...extensions: readonly Schema[]): ResourceType => ({
  name: 'User',
  description: 'User Account',
  endpoint: '/Users',
  schema: userSchema,
  extensions: [enterpriseUserSchema, ...extensions],
});

export const groupResourceType: ResourceType = {
  name: 'Group',
  description: 'Group',
  endpoint: '/Groups',
  schema: groupSchema,
  extensions: [],
};
