/** A case in the details of a finding. */
export type DetailRow = Readonly<Record<string, unknown>>;

/** The properties that name what an ID stands for, in the order in which a table shows them. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  userId: ['userName', 'address'],
  connectionId: ['connection'],
};

const PATHS: Readonly<Record<string, string>> = {
  userId: 'users',
  groupId: 'groups',
  connectionId: 'settings/scim/connections',
};

const RESOURCES: Readonly<Record<string, string>> = { User: 'users', Group: 'groups' };

/**
 * Returns the path of what a property stands for, below that of the domain: a user, a group, a connection,
 * requests with a status, or the subscriptions. Undefined if it has no page.
 */
export function detailPath(name: string, row: DetailRow): string | undefined {
  const value = row[name];
  if (name === 'status' && typeof value === 'number' && row.requests !== undefined)
    return requestsPath(value, textOf(row.connectionId));
  if (textOf(value) === undefined) return undefined;
  if (name === 'subscriptionId') return 'settings/events';
  if (name === 'resourceId' || name === 'otherId') {
    const resources = RESOURCES[String(row.resourceType)];
    return resources && `${resources}/${value as string}`;
  }
  const [idName = name] = Object.keys(NAMES).filter((each) => NAMES[each]?.includes(name));
  const id = textOf(row[idName]);
  return id !== undefined && PATHS[idName] !== undefined ? `${PATHS[idName]}/${id}` : undefined;
}

/** Returns whether a name stands for an ID in each row. Then a table needs the ID only in its export. */
export const hasNames = (idName: string, rows: readonly DetailRow[]): boolean =>
  NAMES[idName] !== undefined &&
  rows.every((row) => textOf(row[idName]) === undefined || NAMES[idName]?.some((name) => textOf(row[name])));

function requestsPath(status: number, connectionId: string | undefined): string {
  const connection = connectionId === undefined ? '' : `&connection=${connectionId}`;
  return `requests?show=${status}${connection}`;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
