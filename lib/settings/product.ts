import * as z from 'zod';
import { encodeProduct } from '../../shared/product/product-variable';
import { isAttributePath } from '../../shared/scim/attribute-path';
import { commonAttributes } from '../../shared/scim/schemas/common';
import {
  DEFAULT_PRODUCT_SETTINGS,
  EXTENSION_ATTRIBUTE_TYPES,
  type ProductSettings,
} from '../../shared/scim/schemas/product-user';
import { nameKeyOf } from '../../shared/scim/text/name-key';

const MAX_USER_TYPES = 50;
const MAX_NAME_LENGTH = 64;
const MAX_ATTRIBUTES = 20;
const MAX_CANONICAL_VALUES = 50;
const MAX_ORGANIZATIONS = 100;
const MAX_ROLES = 20;
/**
 * Lambda allows 4 KB for all environment variables of a function, and the others of the admin API take most
 * of it.
 */
const MAX_BYTES = 640;

/** A name that people see: one line without invisible characters, and without spaces around it. */
const name = z
  .string()
  .regex(new RegExp(String.raw`^(?!\s)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]{1,${MAX_NAME_LENGTH}}(?<!\s)$`, 'u'));
const attributeName = z.string().regex(/^[A-Za-z][\w-]{0,63}$/);
const urn = z
  .string()
  .max(120)
  .regex(/^urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:/)
  .refine(isAttributePath);

const { userTypes, userExtension } = DEFAULT_PRODUCT_SETTINGS;

export const userTypesSchema = z
  .strictObject({
    names: z.array(name).min(1).max(MAX_USER_TYPES).optional(),
    default: name.optional(),
    unknown: z.enum(['ignore', 'refuse']).default(userTypes.unknown),
  })
  .prefault({});

export const USER_TYPES =
  `an object with any of "names": a list of 1 to ${MAX_USER_TYPES} names of at most ${MAX_NAME_LENGTH} characters, ` +
  '"default": one of the names, and "unknown": "ignore" or "refuse"';

export const userExtensionSchema = z
  .strictObject({
    schema: urn.default(userExtension.schema),
    userTypeAttribute: attributeName.default(userExtension.userTypeAttribute),
    attributes: z
      .array(
        z.strictObject({
          name: attributeName,
          type: z.enum(EXTENSION_ATTRIBUTE_TYPES),
          multiValued: z.boolean().optional(),
          required: z.boolean().optional(),
          canonicalValues: z.array(name).min(1).max(MAX_CANONICAL_VALUES).optional(),
          description: z
            .string()
            .regex(/^\P{Cc}{1,200}$/u)
            .optional(),
        }),
      )
      .max(MAX_ATTRIBUTES)
      .default([]),
  })
  .prefault({});

export const USER_EXTENSION =
  'an object with any of "schema": a URN of at most 120 characters such as ' +
  'urn:ietf:params:scim:schemas:extension:example:2.0:User, "userTypeAttribute": the name of an attribute, and ' +
  `"attributes": a list of at most ${MAX_ATTRIBUTES} objects with "name", "type" (${EXTENSION_ATTRIBUTE_TYPES.join(', ')}), ` +
  'and any of "multiValued", "required", "canonicalValues", "description"';

export const organizationsSchema = z
  .array(z.strictObject({ name, roles: z.array(name).max(MAX_ROLES).default([]) }))
  .max(MAX_ORGANIZATIONS)
  .default([]);

export const ORGANIZATIONS = `a list of at most ${MAX_ORGANIZATIONS} objects with "name" and "roles", a list of at most ${MAX_ROLES} names`;

export interface ProductInput {
  readonly userTypes: z.output<typeof userTypesSchema>;
  readonly userExtension: z.output<typeof userExtensionSchema>;
  readonly organizations: z.output<typeof organizationsSchema>;
}

/**
 * Returns the settings of the product. Without its own default, the first of a stage's own types is the
 * default.
 */
export function productSettings({ userTypes: given, ...others }: ProductInput): ProductSettings {
  const names = given.names ?? userTypes.names;
  const fallback = given.names ? (names[0] as string) : userTypes.default;
  const spelled = names.find((each) => nameKeyOf(each) === nameKeyOf(given.default ?? fallback));
  return {
    userTypes: { names, default: spelled ?? given.default ?? fallback, unknown: given.unknown },
    userExtension: others.userExtension,
    organizations: others.organizations,
  };
}

/** Returns what is wrong with the settings of the product, beyond the form of each value. */
export function problemsOfProduct(settings: ProductSettings): string[] {
  const { names, default: type } = settings.userTypes;
  const { schema, userTypeAttribute, attributes } = settings.userExtension;
  const bytes = encodeProduct(settings).length;
  return [
    ...problemsOfList('userTypes.names', names),
    ...(names.includes(type)
      ? []
      : [
          `userTypes.default: given ${quote(type)}, expected one of the names: ${names.map(quote).join(', ')}.`,
        ]),
    ...(isTaken(schema)
      ? [`userExtension.schema: given ${quote(schema)}, which is a schema of SCIM. Choose a URN of your own.`]
      : []),
    ...problemsOfList('userExtension.attributes', [
      userTypeAttribute,
      ...attributes.map((each) => each.name),
    ]),
    ...[userTypeAttribute, ...attributes.map((each) => each.name)]
      .filter((each) => RESERVED.has(each.toLowerCase()) || each in {})
      .map(
        (each) => `userExtension: the name ${quote(each)} of an attribute is reserved. Choose another name.`,
      ),
    ...attributes.flatMap(problemsOfAttribute),
    ...problemsOfList(
      'organizations',
      settings.organizations.map((each) => each.name),
    ),
    ...settings.organizations.flatMap((each) =>
      problemsOfList(`organizations: the roles of ${quote(each.name)}`, each.roles),
    ),
    ...(bytes > MAX_BYTES
      ? [
          `userTypes, userExtension, organizations: they have ${bytes} bytes when they are compressed, and ${MAX_BYTES} fit into the ` +
            'environment of a function. Use fewer or shorter names, or declare organizations in the domains.',
        ]
      : []),
  ];
}

/** The names of attributes that have rules of their own, whatever their schema. */
const RESERVED: ReadonlySet<string> = new Set(
  [
    ...commonAttributes.map((attribute) => attribute.name),
    'active',
    'groups',
    'members',
    'password',
    'userName',
  ].map((each) => each.toLowerCase()),
);

const isTaken = (schema: string): boolean =>
  /^urn:ietf:params:scim:(api:|schemas:core:|schemas:extension:enterprise:)|^urn:okta:scim:schemas:core:/i.test(
    schema,
  );

function problemsOfList(setting: string, names: readonly string[]): string[] {
  const keys = names.map(nameKeyOf);
  const repeated = names.find((_, at) => keys.indexOf(keys[at] as string) !== at);
  return repeated === undefined
    ? []
    : [`${setting}: contains ${quote(repeated)} twice. Names are compared without case.`];
}

function problemsOfAttribute({ name: own, type, canonicalValues }: Attribute): string[] {
  if (!canonicalValues) return [];
  const setting = `userExtension: the canonicalValues of ${quote(own)}`;
  return type === 'string'
    ? problemsOfList(setting, canonicalValues)
    : [`${setting}: remove them, because only an attribute with the type string can have them.`];
}

type Attribute = ProductSettings['userExtension']['attributes'][number];

const quote = (text: string): string => JSON.stringify(text);
