import type { CapacityRecord } from '../local/meter/capacity';

/** What an operation consumes, in DynamoDB capacity units. */
export interface OperationCost {
  readonly operation: string;
  readonly read: number;
  readonly write: number;
}

/** The system that is measured, as one domain sees it. */
export interface MeteredDomain {
  readonly request: (
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<{ status: number; body: unknown }>;
  /** What the domain's requests to DynamoDB have consumed since the last call. */
  readonly takeCapacity: () => Promise<CapacityRecord[]>;
}

export const PATCH_SCHEMAS = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];

/** The create example of the product's documentation. */
export const EXAMPLE_USER = {
  schemas: [
    'urn:ietf:params:scim:schemas:core:2.0:User',
    'urn:ietf:params:scim:schemas:extension:newrelic:2.0:User',
  ],
  externalId: 'emp-12345',
  userName: 'john.doe@example.com',
  name: { familyName: 'Doe', givenName: 'John' },
  emails: [{ value: 'john.doe@example.com', type: 'work', primary: true }],
  timezone: 'America/Los_Angeles',
  active: true,
  groups: [],
  'urn:ietf:params:scim:schemas:extension:newrelic:2.0:User': { nrUserType: 'Full User' },
};

const replacePatch = (value: object): object => ({
  schemas: PATCH_SCHEMAS,
  Operations: [{ op: 'replace', value }],
});

const findByAttribute = (attribute: string, value: string): string =>
  `/Users?filter=${encodeURIComponent(`${attribute} eq "${value}"`)}`;

/** Runs each operation on a user once, in this order, in a fresh domain. */
export async function measureUserOperations(domain: MeteredDomain): Promise<OperationCost[]> {
  let id = '';
  const steps: [name: string, method: string, path: () => string, body?: object][] = [
    ['create a user', 'POST', () => '/Users', EXAMPLE_USER],
    ['get it by id', 'GET', () => `/Users/${id}`],
    ['find it by userName', 'GET', () => findByAttribute('userName', EXAMPLE_USER.userName)],
    ['find it by externalId', 'GET', () => findByAttribute('externalId', EXAMPLE_USER.externalId)],
    ['find no user of a userName', 'GET', () => findByAttribute('userName', 'nobody@example.com')],
    ['list the first page', 'GET', () => '/Users?startIndex=1&count=100'],
    ['change displayName (PATCH)', 'PATCH', () => `/Users/${id}`, replacePatch({ displayName: 'John Doe' })],
    ['repeat a change (PATCH)', 'PATCH', () => `/Users/${id}`, replacePatch({ displayName: 'John Doe' })],
    ['deactivate (PATCH active)', 'PATCH', () => `/Users/${id}`, replacePatch({ active: false })],
    ['reactivate (PATCH active)', 'PATCH', () => `/Users/${id}`, replacePatch({ active: true })],
    [
      'replace, nothing changed (PUT)',
      'PUT',
      () => `/Users/${id}`,
      { ...EXAMPLE_USER, displayName: 'John Doe' },
    ],
    [
      'rename (PATCH userName)',
      'PATCH',
      () => `/Users/${id}`,
      replacePatch({ userName: 'j.doe@example.com' }),
    ],
    ['delete it', 'DELETE', () => `/Users/${id}`],
  ];
  const costs: OperationCost[] = [];
  for (const [operation, method, path, body] of steps) {
    const { cost, answer } = await measureRequest(domain, operation, method, path(), body);
    costs.push(cost);
    if (method === 'POST') id = (answer as { id: string }).id;
  }
  return costs;
}

/**
 * Adds one member to a group and removes it again. `memberships` puts so many members into the group by the
 * table's back door, since it is the size alone that matters.
 */
export async function measureMemberOperations(
  domain: MeteredDomain,
  size: number,
  addMemberships: (groupId: string) => Promise<void>,
): Promise<OperationCost[]> {
  const userName = `member-of-${size}@example.com`;
  const user = await domain.request('POST', '/Users', { userName });
  const group = await domain.request('POST', '/Groups', { displayName: `Group of ${size}` });
  const [userId, groupId] = [(user.body as { id: string }).id, (group.body as { id: string }).id];
  await addMemberships(groupId);
  const change = (op: string): object => ({
    schemas: PATCH_SCHEMAS,
    Operations: [{ op, path: 'members', value: [{ value: userId }] }],
  });
  const costs: OperationCost[] = [];
  for (const [operation, op] of [
    [`add a member to a group of ${size}`, 'add'],
    [`remove a member from a group of ${size}`, 'remove'],
  ] as const) {
    costs.push((await measureRequest(domain, operation, 'PATCH', `/Groups/${groupId}`, change(op))).cost);
  }
  return costs;
}

/**
 * What the resource Lambdas consume for one request: the authorizer's reads are cached, the mail Lambda's
 * writes and the rate counter's come on top.
 */
async function measureRequest(
  domain: MeteredDomain,
  operation: string,
  method: string,
  path: string,
  body?: object,
): Promise<{ cost: OperationCost; answer: unknown }> {
  await domain.takeCapacity();
  const { status, body: answer } = await domain.request(method, path, body);
  if (status >= 300) throw new Error(`${operation}: ${method} ${path} answered ${status}.`);
  const records = (await domain.takeCapacity()).filter(isResourceFunction);
  const sum = (side: 'read' | 'write'): number => records.reduce((total, record) => total + record[side], 0);
  return { cost: { operation, read: sum('read'), write: sum('write') }, answer };
}

const isResourceFunction = ({ function: name, partitionKeys }: CapacityRecord): boolean =>
  /Functions(Users|Groups)/.test(name) && !partitionKeys.some((pk) => pk.endsWith('#RATE'));
