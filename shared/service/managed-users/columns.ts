import { product, userResourceType } from '../../product/product';
import type { Attribute } from '../../scim/attribute';
import { isDerivedEmail } from '../../scim/derived-email';
import { licenseAddress } from '../../scim/input/user-rules';
import { isAttributes, type Attributes, type Json } from '../../scim/resource';
import { ENTERPRISE_USER_SCHEMA } from '../../scim/urns';
import { parseAddress, parseFlag, parseOneOf, parseTyped } from './column-values';

/** A value of a user that administrators can enter manually, and a column of the CSV. */
export interface Column {
  readonly name: string;
  readonly type: Attribute['type'] | 'email';
  readonly description: string;
  /** True if a user cannot be created without a value. */
  readonly required: boolean;
  /** The allowed values, if they are limited. */
  readonly values?: readonly string[];
  /** The name of the attribute in the errors of the SCIM services. */
  readonly attribute: string;
  /** Returns the value as text; undefined if the user has none. */
  readonly read: (attributes: Attributes) => string | undefined;
  /** Returns the attributes with a value. Throws `AdminError` if the text is not one. */
  readonly write: (attributes: Attributes, text: string) => Attributes;
  /** Returns the attributes without the value. */
  readonly clear: (attributes: Attributes) => Attributes;
}

type Options = Pick<Column, 'name' | 'description'> & Partial<Pick<Column, 'type' | 'required' | 'values'>>;

/** A column of an attribute, or of a part of a complex attribute or an extension. */
function columnOf(
  path: readonly [string] | readonly [string, string],
  { name, description, type = 'string', required = false, values }: Options,
  parse: (text: string) => Json = (text) => text,
): Column {
  const [outer, inner] = path;
  return {
    ...{ name, type, description, required, attribute: inner ?? outer },
    ...(values && { values }),
    read: (attributes) => textOf(inner === undefined ? attributes[outer] : partOf(attributes, outer)[inner]),
    write: (attributes, text) => withValue(attributes, path, parse(text)),
    clear: (attributes) => withValue(attributes, path, undefined),
  };
}

const core = (name: string, description: string, required = false): Column =>
  columnOf([name], { name, description, required });

const EMAIL: Column = {
  name: 'email',
  type: 'email',
  description:
    'The address for license emails. The userName is used if it is an email address and this is empty.',
  required: false,
  attribute: 'emails',
  read: (attributes) => textOf(primaryOf(attributes)?.value),
  write: (attributes, text) => {
    const value = parseAddress(text, (address) => licenseAddress({ emails: [address] }) !== undefined);
    const primary = primaryOf(attributes);
    const emails = primary
      ? emailsOf(attributes).map((email) => (email === primary ? { ...email, value } : email))
      : [...emailsOf(attributes), { value, type: 'work', primary: true }];
    return { ...attributes, emails };
  },
  clear: (attributes) => {
    const { emails: _, ...others } = attributes;
    const primary = primaryOf(attributes);
    if (primary && isDerivedEmail(primary)) return attributes;
    const emails = emailsOf(attributes).filter((email) => email !== primary);
    return emails.length > 0 ? { ...others, emails } : others;
  },
};

const { userTypes, userExtension } = product.settings;

/** The columns in the order of an exported file. */
export const COLUMNS: readonly Column[] = [
  core('userName', 'The name that identifies the user in the domain, compared without case.', true),
  core('displayName', 'The name that is shown to people.'),
  columnOf(['name', 'givenName'], { name: 'givenName', description: 'The given name.' }),
  columnOf(['name', 'familyName'], { name: 'familyName', description: 'The family name.' }),
  EMAIL,
  columnOf(
    [userExtension.schema, userExtension.userTypeAttribute],
    {
      name: 'userType',
      description: `The type of the license. ${userTypes.default} if it is empty and nothing else gives the user one.`,
      values: userTypes.names,
    },
    parseOneOf('userType', userTypes.names),
  ),
  {
    ...columnOf(
      ['active'],
      {
        name: 'active',
        type: 'boolean',
        description: 'Whether the user is active: true or false. A new user is active if it is empty.',
      },
      parseFlag('active'),
    ),
    // An empty cell must not deactivate a user.
    clear: (attributes) => attributes,
  },
  core('title', 'The job title.'),
  columnOf([ENTERPRISE_USER_SCHEMA, 'department'], { name: 'department', description: 'The department.' }),
  columnOf([ENTERPRISE_USER_SCHEMA, 'employeeNumber'], {
    name: 'employeeNumber',
    description: 'The number that the organization gave to the person.',
  }),
  core('preferredLanguage', 'The language of emails, such as de.'),
  core('externalId', 'The id of the user in another system.'),
  ...extensionColumns(),
];

/** Returns the columns of the product's own attributes. Attributes with several values have no column. */
function extensionColumns(): Column[] {
  const taken = [
    'userName',
    'displayName',
    'givenName',
    'familyName',
    'email',
    'userType',
    'active',
    'title',
  ];
  const others = ['department', 'employeeNumber', 'preferredLanguage', 'externalId'];
  const extension = userResourceType.extensions.find(({ id }) => id === userExtension.schema);
  return (extension?.attributes ?? [])
    .filter(({ name, multiValued }) => name !== userExtension.userTypeAttribute && !multiValued)
    .map(({ name, type, description, required, canonicalValues }) =>
      columnOf(
        [userExtension.schema, name],
        {
          name: [...taken, ...others].includes(name) ? `${userExtension.schema}:${name}` : name,
          ...{ type, description, required },
          ...(canonicalValues && { values: canonicalValues }),
        },
        canonicalValues ? parseOneOf(name, canonicalValues) : parseTyped(name, type),
      ),
    );
}

const partOf = (attributes: Attributes, name: string): Attributes => {
  const part = attributes[name];
  return isAttributes(part) ? part : {};
};

function withValue(
  attributes: Attributes,
  [outer, inner]: readonly [string] | readonly [string, string],
  value: Json | undefined,
): Attributes {
  if (inner !== undefined) {
    const part = withValue(partOf(attributes, outer), [inner], value);
    return withValue(attributes, [outer], Object.keys(part).length > 0 ? part : undefined);
  }
  const { [outer]: _, ...others } = attributes;
  return value === undefined ? others : { ...others, [outer]: value };
}

function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

const emailsOf = ({ emails }: Attributes): readonly Attributes[] =>
  Array.isArray(emails) ? emails.filter(isAttributes) : [];

const primaryOf = (attributes: Attributes): Attributes | undefined =>
  emailsOf(attributes).find(({ primary }) => primary === true);
