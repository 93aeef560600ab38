import * as z from 'zod/mini';
import { fields } from '../../fields';

/*
 * The shapes of mappings in bodies. The rules for their values, such as names and numbers, are in
 * `shared/service/mappings`.
 */

const text = z.string();

const SOURCE = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('group'),
    by: z.enum(['id', 'externalId', 'displayName']),
    value: text,
  }),
  z.strictObject({ kind: z.literal('role'), value: text }),
  z.strictObject({ kind: z.literal('entitlement'), value: text }),
  z.strictObject({ kind: z.literal('attribute'), path: text, value: text }),
]);

const TARGET = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('userType'), userType: text }),
  z.strictObject({ kind: z.literal('organization'), organization: text, role: text }),
  z.strictObject({
    kind: z.literal('administrator'),
    role: z.enum(['owner', 'viewer']),
    license: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('noLicense') }),
]);

const MAPPINGS = [
  z.array(z.strictObject({ id: z.optional(text), from: SOURCE, to: TARGET })),
  'a list of mappings, each with "from" and "to" in a form that the OpenAPI document describes',
] as const;
const ORGANIZATIONS = [
  z.optional(z.array(z.strictObject({ name: text, roles: z.array(text) }))),
  'a list of organizations, each with a "name" and a list of "roles"',
] as const;

export const MAPPINGS_CHANGE = fields({
  version: [z.int().check(z.minimum(0)), 'the version of the mappings that you read, a whole number'],
  mappings: MAPPINGS,
  organizations: ORGANIZATIONS,
});

export const MAPPINGS_TO_PREVIEW = fields({ mappings: MAPPINGS, organizations: ORGANIZATIONS });
