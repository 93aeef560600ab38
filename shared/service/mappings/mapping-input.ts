import { newId } from '../../id';
import { product } from '../../product/product';
import { isHidden } from '../../scim/attribute';
import type { Mapping, MappingSource, MappingTarget } from '../../scim/mapping/mapping';
import { userAttributeAt } from '../../scim/mapping/values-at-path';
import { escapeControls, truncate } from '../../scim/text';
import { isOneLine } from '../../scim/text/characters';
import { nameKeyOf } from '../../scim/text/name-key';
import type { Organization } from '../../store/mappings/mapping-items';
import { AdminError } from '../admin/admin-error';
import { validateName } from '../admin/admin-input';

/** A mapping without an id is new. */
export type MappingInput = Omit<Mapping, 'id'> & { readonly id?: string };

const MAX_MAPPINGS = 200;
const MAX_ORGANIZATIONS = 100;
const MAX_ROLES = 50;
const MAX_VALUE_LENGTH = 256;
/** An item of the table has at most 400 kB. */
const MAX_BYTES = 300_000;

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Mappings and organizations that fit together. */
export interface ValidMappings {
  readonly mappings: readonly Mapping[];
  readonly organizations: readonly Organization[];
}

/**
 * Returns mappings as they are stored: with ids, and with the spelling of user types, organizations, and
 * roles. Throws `AdminError` if something is wrong, and says what.
 */
export function validateMappings(
  mappings: readonly MappingInput[],
  organizations: readonly Organization[],
  vendorOrganizations: readonly Organization[],
): ValidMappings {
  if (mappings.length > MAX_MAPPINGS)
    throw new AdminError(
      `A domain can have at most ${MAX_MAPPINGS} mappings, but these are ${mappings.length}. Remove some, or map one ` +
        'group instead of several.',
    );
  const declared = validateOrganizations(organizations, vendorOrganizations);
  const known = [...vendorOrganizations, ...declared];
  const valid = mappings.map((mapping, at) => validateMapping(mapping, `Mapping ${at + 1}`, known));
  assertDistinctIds(valid);
  if (Buffer.byteLength(JSON.stringify([valid, declared])) > MAX_BYTES)
    throw new AdminError(
      'The mappings and organizations are too large together. Use shorter names, or remove some of them.',
    );
  return { mappings: valid, organizations: declared };
}

function assertDistinctIds(mappings: readonly Mapping[]): void {
  const seen = new Set<string>();
  for (const [at, { id }] of mappings.entries()) {
    if (seen.has(id))
      throw new AdminError(
        `Mapping ${at + 1} has the same id as another one: ${id}. Omit the id of a new mapping.`,
      );
    seen.add(id);
  }
}

function validateMapping(
  { id = newId(), from, to }: MappingInput,
  subject: string,
  organizations: readonly Organization[],
): Mapping {
  if (!ID.test(id))
    throw new AdminError(`${subject} has an id that is no UUID. Omit the id of a new mapping.`);
  return { id, from: validateSource(from, subject), to: validateTarget(to, subject, organizations) };
}

function validateSource(from: MappingSource, subject: string): MappingSource {
  const value = validateValue(from.value, subject);
  switch (from.kind) {
    case 'group':
      return { kind: from.kind, by: from.by, value };
    case 'attribute':
      return { kind: from.kind, path: validatePath(from.path, subject), value };
    default:
      return { kind: from.kind, value };
  }
}

function validateValue(text: string, subject: string): string {
  const value = text.trim();
  if (nameKeyOf(value) !== '' && value.length <= MAX_VALUE_LENGTH && isOneLine(value)) return value;
  throw new AdminError(
    `${subject} must have a value of one line with 1 to ${MAX_VALUE_LENGTH} characters. Enter what the mapping looks for.`,
  );
}

function validatePath(text: string, subject: string): string {
  const path = text.trim();
  const { attribute, subAttribute } = userAttributeAt(product, path) ?? {};
  const shown = escapeControls(truncate(path, 100));
  if (!attribute || isHidden(attribute))
    throw new AdminError(
      `${subject} names the attribute "${shown}", which users do not have. Use a path such as title, name.familyName, or ` +
        'department.',
    );
  if (attribute.name === 'groups')
    throw new AdminError(
      `${subject} names the attribute "${shown}". To map a group, use the kind group instead of attribute.`,
    );
  const isComplex = attribute.type === 'complex' && !subAttribute;
  if (isComplex && !attribute.subAttributes.some(({ name }) => name === 'value'))
    throw new AdminError(
      `${subject} names the attribute "${shown}", which has no single value. Name a part of it, such as ` +
        `${attribute.name}.${attribute.subAttributes[0]?.name ?? ''}.`,
    );
  return path;
}

function validateTarget(
  to: MappingTarget,
  subject: string,
  organizations: readonly Organization[],
): MappingTarget {
  switch (to.kind) {
    case 'userType':
      return { kind: to.kind, userType: validateUserType(to.userType, subject) };
    case 'organization':
      return { kind: to.kind, ...validateRole(to, subject, organizations) };
    case 'administrator':
      return { kind: to.kind, role: to.role, license: to.license };
    case 'noLicense':
      return { kind: to.kind };
  }
}

function validateUserType(text: string, subject: string): string {
  const { names } = product.settings.userTypes;
  const found = names.find((name) => nameKeyOf(name) === nameKeyOf(text));
  if (found !== undefined) return found;
  throw new AdminError(
    `${subject} has the user type "${escapeControls(truncate(text, 100))}", which the product does not have. Use one of ` +
      `${names.join(', ')}.`,
  );
}

function validateRole(
  { organization, role }: { readonly organization: string; readonly role: string },
  subject: string,
  organizations: readonly Organization[],
): { organization: string; role: string } {
  const found = organizations.find(({ name }) => nameKeyOf(name) === nameKeyOf(organization));
  if (!found)
    throw new AdminError(
      `${subject} has the organization "${escapeControls(truncate(organization, 100))}", which is not declared. Declare ` +
        'it with its roles, or choose another one.',
    );
  const member = found.roles.find((name) => nameKeyOf(name) === nameKeyOf(role));
  if (member !== undefined) return { organization: found.name, role: member };
  throw new AdminError(
    `${subject} has the role "${escapeControls(truncate(role, 100))}", which the organization "${found.name}" does not ` +
      `have. Use one of ${found.roles.join(', ')}.`,
  );
}

function validateOrganizations(
  organizations: readonly Organization[],
  vendorOrganizations: readonly Organization[],
): Organization[] {
  if (organizations.length > MAX_ORGANIZATIONS)
    throw new AdminError(
      `A domain can declare at most ${MAX_ORGANIZATIONS} organizations, but these are ${organizations.length}.`,
    );
  const valid = organizations.map(({ name, roles }) => {
    const organization = validateName(name, 'The name of an organization');
    if (roles.length === 0 || roles.length > MAX_ROLES)
      throw new AdminError(
        `The organization "${organization}" must have 1 to ${MAX_ROLES} roles, but it has ${roles.length}.`,
      );
    const names = roles.map((role) => validateName(role, `A role of the organization "${organization}"`));
    assertDistinct(names, (role) => `The organization "${organization}" has the role "${role}" twice.`);
    return { name: organization, roles: names };
  });
  const names = [...vendorOrganizations, ...valid].map(({ name }) => name);
  assertDistinct(names, (name) => `The organization "${name}" is declared twice.`);
  return valid;
}

function assertDistinct(names: readonly string[], message: (name: string) => string): void {
  const seen = new Set<string>();
  for (const name of names) {
    const key = nameKeyOf(name);
    if (seen.has(key)) throw new AdminError(`${message(name)} Keep one of them.`);
    seen.add(key);
  }
}
