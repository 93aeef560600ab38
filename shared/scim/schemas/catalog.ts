import { string, type Attribute, type Schema } from '../attribute';
import type { ResourceType } from '../resource-type';

/** The URNs by which Okta finds roles and entitlements of a service. */
const ROLE_SCHEMA = 'urn:okta:scim:schemas:core:1.0:Role';
const ENTITLEMENT_SCHEMA = 'urn:okta:scim:schemas:core:1.0:Entitlement';

const readOnly = { mutability: 'readOnly' } as const;

const displayName: Attribute = string('displayName', 'The name that is shown to people.', {
  ...readOnly,
  required: true,
});
const description: Attribute = string('description', 'What a user gets with it.', readOnly);

const roleSchema: Schema = {
  id: ROLE_SCHEMA,
  name: 'Role',
  description: 'A role that can be assigned to users',
  attributes: [displayName, description],
};

const entitlementSchema: Schema = {
  id: ENTITLEMENT_SCHEMA,
  name: 'Entitlement',
  description: 'An entitlement that can be assigned to users',
  attributes: [
    displayName,
    string('type', 'The kind of entitlement, such as License.', { ...readOnly, required: true }),
    description,
  ],
};

/** The roles that a client can assign to users of the domain. */
export const roleResourceType: ResourceType = {
  name: 'Role',
  description: 'Roles that can be assigned to users',
  endpoint: '/Roles',
  schema: roleSchema,
  extensions: [],
};

/** The entitlements that a client can assign to users of the domain, licenses included. */
export const entitlementResourceType: ResourceType = {
  name: 'Entitlement',
  description: 'Entitlements that can be assigned to users',
  endpoint: '/Entitlements',
  schema: entitlementSchema,
  extensions: [],
};

/** The types of licenses. Each of them is also an entitlement. */
export const licenseResourceType: ResourceType = {
  name: 'License',
  description: 'User types, which are the types of licenses',
  endpoint: '/Licenses',
  schema: entitlementSchema,
  extensions: [],
};

/** The resource types that list what a client can assign to users. They are read-only. */
export const CATALOG_TYPES: readonly ResourceType[] = [
  roleResourceType,
  entitlementResourceType,
  licenseResourceType,
];
