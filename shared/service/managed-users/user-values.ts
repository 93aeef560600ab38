import { isDeepStrictEqual } from 'node:util';
import { ScimError } from '../../scim/error';
import { readExact, type InputReports } from '../users/user-input';
import type { Attributes } from '../../scim/resource';
import { AdminError } from '../admin/admin-error';
import { COLUMNS, type Column } from './columns';

/** The values of a user by the names of columns, as text. An empty text removes a value. */
export type UserValues = Readonly<Record<string, string>>;

/** Returns the values that a user has. */
export const columnValuesOf = (attributes: Attributes): UserValues =>
  Object.fromEntries(COLUMNS.map(({ name, read }) => [name, read(attributes) ?? '']));

/** Returns the names of the columns in which two states of a user differ. */
export const changedColumns = (before: Attributes, after: Attributes): string[] =>
  COLUMNS.filter(({ read }) => read(before) !== read(after)).map(({ name }) => name);

/** Throws `AdminError` if a name is not that of a column. */
export function assertColumns(names: readonly string[]): void {
  const unknown = names.find((name) => !COLUMNS.some((column) => column.name === name));
  if (unknown === undefined) return;
  throw new AdminError(
    `There is no "${unknown.slice(0, 100)}". There are ${COLUMNS.map(({ name }) => name).join(', ')}.`,
    'invalid',
    undefined,
    unknown.slice(0, 100),
  );
}

/** Returns the body of a new user. It has no `active` if the values have none. */
export const bodyOfNew = (values: UserValues): Attributes => withValues({}, values);

/**
 * Returns the attributes of a user with other values. Values that have no column stay. If nothing changes,
 * the attributes are not checked again: an earlier version may have allowed them.
 */
export function attributesWith(before: Attributes, values: UserValues, reports: InputReports): Attributes {
  const after = withValues(before, values);
  return isDeepStrictEqual(after, before) ? before : readExact(after, before, reports);
}

const withValues = (attributes: Attributes, values: UserValues): Attributes =>
  COLUMNS.reduce((current: Attributes, column) => {
    const text = values[column.name];
    if (text === undefined || text === (column.read(current) ?? '')) return current;
    const trimmed = text.trim();
    if (trimmed !== '') return column.write(current, trimmed);
    if (column.required && column.name === 'userName') throw missing(column);
    return column.clear(current);
  }, attributes);

const missing = ({ name }: Column): AdminError =>
  new AdminError(`The ${name} is empty. Enter a ${name}.`, 'invalid', undefined, name);

/** Returns an error that names its field, if the column of a refused value is known. */
export function withField(error: unknown): unknown {
  if (!(error instanceof ScimError) || (error.status !== 400 && error.status !== 409)) return error;
  const { detail, scimType, status } = error;
  const words = new Set(detail.match(/[\w$]+/g));
  const column =
    scimType === 'uniqueness' ? COLUMNS[0] : COLUMNS.find(({ attribute }) => words.has(attribute));
  return new AdminError(detail, status === 400 ? 'invalid' : 'conflict', undefined, column?.name);
}
