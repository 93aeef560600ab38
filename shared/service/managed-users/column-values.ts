import type { Attribute } from '../../scim/attribute';
import type { Attributes, Json } from '../../scim/resource';
import { nameKeyOf } from '../../scim/text/name-key';
import { AdminError } from '../admin/admin-error';

const invalid = (field: string, text: string, expected: string): AdminError =>
  new AdminError(
    `The ${field} is not valid because it is "${text.slice(0, 100)}". Enter ${expected}.`,
    'invalid',
    undefined,
    field,
  );

/** The spellings of true and false. A German spreadsheet writes WAHR and FALSCH. */
const TRUE = ['true', 'yes', '1', 'wahr'];
const FALSE = ['false', 'no', '0', 'falsch'];

/** Parses the text of a boolean. */
export const parseFlag =
  (field: string) =>
  (text: string): boolean => {
    const spelling = text.toLowerCase();
    if (TRUE.includes(spelling)) return true;
    if (FALSE.includes(spelling)) return false;
    throw invalid(field, text, 'true or false');
  };

/** Parses one of several names, compared without case. */
export const parseOneOf =
  (field: string, names: readonly string[]) =>
  (text: string): string => {
    const found = names.find((name) => nameKeyOf(name) === nameKeyOf(text));
    if (found !== undefined) return found;
    throw invalid(field, text, `one of ${names.join(', ')}`);
  };

/** Parses the text of an attribute of the product. The service checks the formats of the other types. */
export function parseTyped(field: string, type: Attribute['type']): (text: string) => Json {
  if (type === 'boolean') return parseFlag(field);
  if (type !== 'integer' && type !== 'decimal') return (text) => text;
  return (text) => {
    const value = Number(text);
    if (!Number.isFinite(value) || (type === 'integer' && !Number.isInteger(value)))
      throw invalid(field, text, type === 'integer' ? 'a whole number' : 'a number');
    return value;
  };
}

/** Returns the text of an email address. `isValid` checks it as the value of a user. */
export function parseAddress(text: string, isValid: (email: Attributes) => boolean): string {
  if (isValid({ value: text, primary: true })) return text;
  throw invalid('email', text, 'one plain email address, such as ada@example.com');
}
