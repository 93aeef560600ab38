import type { CapacityRecord } from '../local/services/dynamodb/meter/capacity';

/** The capacity that an operation consumes, in DynamoDB capacity units. */
export interface OperationCost {
  readonly operation: string;
  readonly read: number;
  readonly write: number;
}

/** A domain of the measured system. */
export interface MeteredDomain {
  readonly request: (
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<{ status: number; body: unknown }>;
  /** Returns the capacity that the domain's requests to DynamoDB have consumed since the last call. */
  readonly takeCapacity: () => Promise<CapacityRecord[]>;
}

const PATCH_SCHEMAS = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];

/** The body of the create example in the documentation of the product. */
const EXAMPLE_USER = {
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

/** Measures each operation on a user once, in this order, in a new domain. */
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
    ['create an inactive user', 'POST', () => '/Users', { ...EXAMPLE_USER, active: false }],
    ['activate it for the first time', 'PATCH', () => `/Users/${id}`, replacePatch({ active: true })],
  ];
  const costs: OperationCost[] = [];
  for (const [operation, method, path, body] of steps) {
    const { cost, body: responseBody } = await measureRequest(domain, operation, method, path(), body);
    costs.push(cost);
    if (method === 'POST') id = (responseBody as { id: string }).id;
  }
  return costs;
}

/**
 * Measures adding one member to a group and removing it again. `addMemberships` first fills the group with
 * `size` memberships directly in the table, because only the size of the group matters.
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
 * Measures the capacity that the functions of the resources consume for one request. The reads of the
 * authorizer are cached, and the writes of the email functions and of the rate counter are not included.
 */
async function measureRequest(
  domain: MeteredDomain,
  operation: string,
  method: string,
  path: string,
  requestBody?: object,
): Promise<{ cost: OperationCost; body: unknown }> {
  await domain.takeCapacity();
  const { status, body } = await domain.request(method, path, requestBody);
  if (status >= 300) throw new Error(`${operation}: ${method} ${path} returned ${status}.`);
  const records = (await domain.takeCapacity()).filter(isResourceFunction);
  const sum = (side: 'read' | 'write'): number => records.reduce((total, record) => total + record[side], 0);
  return { cost: { operation, read: sum('read'), write: sum('write') }, body };
}

const isResourceFunction = ({ function: name, partitionKeys }: CapacityRecord): boolean =>
  /Functions(Users|Groups)/.test(name) && !partitionKeys.some((pk) => pk.endsWith('#RATE'));
