import { PATCH_OP, USER_SCHEMA } from '../../../../shared/scim/urns';
import type { Json } from '../../../../shared/scim/resource';
import { PRODUCT_USER_SCHEMA } from '../../scim/product';
import type { Value } from '../model/register';
import type { Attributes } from './operation';

/** The attributes of users that the soak writes. */
export const USER_ATTRIBUTES = [
  'userName',
  'active',
  'title',
  'displayName',
  'nickName',
  'externalId',
  'email',
  'userType',
] as const;

/** Clients see this type of users without one. A PUT with it does not always store it (decision 72). */
export const DEFAULT_TYPE = 'Basic User';

const USER_TYPE_PATH = `${PRODUCT_USER_SCHEMA}:nrUserType`;
const WORK_EMAIL_PATH = 'emails[type eq "work"].value';

/** Returns the values of an operation as they are sent. `tag` makes the addresses of a run unique. */
export function sentValues(values: Attributes, tag: string): Attributes {
  const { userName, email } = values;
  return {
    ...values,
    ...(userName !== undefined && { userName: `${userName}.${tag}@example.com` }),
    ...(email !== undefined && { email: addressOf(email, tag) }),
  };
}

/** `bounce:<name>` is an address at which emails bounce. */
function addressOf(email: string, tag: string): string {
  const [kind, name = ''] = email.split(':');
  return name === '' ? `${kind}.${tag}@example.com` : `${kind}+${name}.${tag}@simulator.amazonses.com`;
}

/** Returns the body that creates or replaces a user. */
export function userOf(values: Attributes): object {
  const { email, userType, active, ...others } = values;
  return {
    schemas: [USER_SCHEMA, ...(userType === undefined ? [] : [PRODUCT_USER_SCHEMA])],
    ...others,
    ...(active !== undefined && { active: active === 'true' }),
    ...(email !== undefined && { emails: [workEmail(email)] }),
    ...(userType !== undefined && { [PRODUCT_USER_SCHEMA]: { nrUserType: userType } }),
  };
}

/**
 * Returns a PATCH that writes values: an operation for each one, or one without a path for all that are not
 * removed.
 */
export function userPatch(values: Attributes, hasPath: boolean): object {
  const all = Object.entries(values);
  const removed = all.filter(([, value]) => value === undefined);
  const written = all.filter((each): each is [string, string] => each[1] !== undefined);
  const together = Object.fromEntries(
    written.map(([name, value]): [string, unknown] =>
      name === 'email' ? ['emails', [workEmail(value)]] : [pathOf(name), jsonOf(name, value)],
    ),
  );
  return {
    schemas: [PATCH_OP],
    Operations: [
      ...removed.map(([name]) => ({ op: 'remove', path: name === 'email' ? 'emails' : pathOf(name) })),
      ...(hasPath
        ? written.map(([name, value]) => ({ op: 'replace', path: pathOf(name), value: jsonOf(name, value) }))
        : written.length > 0
          ? [{ op: 'Replace', value: together }]
          : []),
    ],
  };
}

/** Returns the value of an attribute of a stored user. */
export function storedValue(attributes: Readonly<Record<string, Json | undefined>>, name: string): Value {
  if (name === 'active') return String(attributes.active !== false);
  if (name === 'email') return (attributes.emails as { value?: string }[] | undefined)?.[0]?.value;
  if (name === 'userType')
    return (
      (attributes[PRODUCT_USER_SCHEMA] as { nrUserType?: string } | undefined)?.nrUserType ?? DEFAULT_TYPE
    );
  return attributes[name] as Value;
}

const workEmail = (value: string) => ({ value, type: 'work', primary: true });

const pathOf = (name: string): string =>
  name === 'email' ? WORK_EMAIL_PATH : name === 'userType' ? USER_TYPE_PATH : name;

const jsonOf = (name: string, value: string): string | boolean =>
  name === 'active' ? value === 'true' : value;
