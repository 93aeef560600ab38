import type { Schema } from './attribute';
import { enterpriseUserSchema } from './schemas/enterprise-user';
import { groupSchema } from './schemas/group';
import { productUserSchema } from './schemas/product-user';
import { userSchema } from './schemas/user';

/** A resource type (RFC 7643 §6). */
export interface ResourceType {
  /** The name, which is also the ID of the resource type. */
  readonly name: 'User' | 'Group';
  readonly description: string;
  /** Relative to the base URL. */
  readonly endpoint: '/Users' | '/Groups';
  readonly schema: Schema;
  readonly extensions: readonly Schema[];
}

export const userResourceType: ResourceType = {
  name: 'User',
  description: 'User Account',
  endpoint: '/Users',
  schema: userSchema,
  extensions: [enterpriseUserSchema, productUserSchema],
};

export const groupResourceType: ResourceType = {
  name: 'Group',
  description: 'Group',
  endpoint: '/Groups',
  schema: groupSchema,
  extensions: [],
};

export const RESOURCE_TYPES: readonly ResourceType[] = [userResourceType, groupResourceType];
