import type { CanceledTransaction } from '../local/services/dynamodb/meter/canceled-transaction';
import type { CapacityRecord } from '../local/services/dynamodb/meter/capacity';
import { DEFAULT_PRODUCT_SETTINGS } from '../shared/scim/schemas/product-user';

/** The capacity that an operation consumes, in DynamoDB capacity units. */
export interface OperationCost {
  readonly operation: string;
  readonly read: number;
  readonly write: number;
  readonly canceled: CanceledAttempts;
}

/** Transactions that DynamoDB canceled, and the write units that they cost all the same. */
interface CanceledAttempts {
  readonly attempts: number;
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
  /** Returns the domain's transactions that DynamoDB canceled since the last call. */
  readonly takeCanceled: () => Promise<CanceledTransaction[]>;
}

const PATCH_SCHEMAS = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];

const { schema: SCHEMA, userTypeAttribute } = DEFAULT_PRODUCT_SETTINGS.userExtension;

/** The body of the create example in the documentation of the product. */
const EXAMPLE_USER = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', SCHEMA],
  externalId: 'emp-12345',
  userName: 'john.doe@example.com',
  name: { familyName: 'Doe', givenName: 'John' },
  emails: [{ value: 'john.doe@example.com', type: 'work', primary: true }],
  timezone: 'America/Los_Angeles',
  active: true,
  groups: [],
  [SCHEMA]: { [userTypeAttribute]: 'Full User' },
};

const replacePatch = (value: object): object => ({
  schemas: PATCH_SCHEMAS,
  Operations: [{ op: 'replace', value }],
});

const findByAttribute = (attribute: string, value: string): string =>
  `/Users?filter=${encodeURIComponent(`${attribute} eq "${value}"`)}`;

const addressOf = (value: string): object => ({ emails: [{ value, type: 'work', primary: true }] });

type Step = readonly [name: string, method: string, path: (id: string) => string, body?: object];

/** Measures each operation on a user once, in this order, in a new domain. */
export const measureUserOperations = (domain: MeteredDomain): Promise<OperationCost[]> =>
  measureSteps(domain, [
    ['create a user', 'POST', () => '/Users', EXAMPLE_USER],
    ['get it by id', 'GET', (id) => `/Users/${id}`],
    ['find it by userName', 'GET', () => findByAttribute('userName', EXAMPLE_USER.userName)],
    ['find it by externalId', 'GET', () => findByAttribute('externalId', EXAMPLE_USER.externalId)],
    ['find no user of a userName', 'GET', () => findByAttribute('userName', 'nobody@example.com')],
    ['find it by its address', 'GET', () => findByAttribute('emails.value', EXAMPLE_USER.userName)],
    ['find no user of an address', 'GET', () => findByAttribute('emails.value', 'nobody@example.com')],
    ['list the first page', 'GET', () => '/Users?startIndex=1&count=100'],
    [
      'change displayName (PATCH)',
      'PATCH',
      (id) => `/Users/${id}`,
      replacePatch({ displayName: 'John Doe' }),
    ],
    ['repeat a change (PATCH)', 'PATCH', (id) => `/Users/${id}`, replacePatch({ displayName: 'John Doe' })],
    ['deactivate (PATCH active)', 'PATCH', (id) => `/Users/${id}`, replacePatch({ active: false })],
    ['reactivate (PATCH active)', 'PATCH', (id) => `/Users/${id}`, replacePatch({ active: true })],
    [
      'replace, nothing changed (PUT)',
      'PUT',
      (id) => `/Users/${id}`,
      { ...EXAMPLE_USER, displayName: 'John Doe' },
    ],
    [
      'rename (PATCH userName and emails)',
      'PATCH',
      (id) => `/Users/${id}`,
      replacePatch({ userName: 'j.doe@example.com', ...addressOf('j.doe@example.com') }),
    ],
    ['delete it', 'DELETE', (id) => `/Users/${id}`],
    ['create an inactive user', 'POST', () => '/Users', { ...EXAMPLE_USER, active: false }],
    ['activate it for the first time', 'PATCH', (id) => `/Users/${id}`, replacePatch({ active: true })],
  ]);

/** Measures a user whose address is not its userName. `label` tells the measurements apart. */
export const measureOtherAddress = (domain: MeteredDomain, label: string): Promise<OperationCost[]> => {
  const user = { ...EXAMPLE_USER, userName: `jdoe-${label}`, externalId: label };
  const [first, second] = [`first-${label}@example.com`, `second-${label}@example.com`];
  return measureSteps(domain, [
    ['create a user with another address', 'POST', () => '/Users', { ...user, ...addressOf(first) }],
    ['find it by that address', 'GET', () => findByAttribute('emails.value', first)],
    ['change that address (PATCH)', 'PATCH', (id) => `/Users/${id}`, replacePatch(addressOf(second))],
    ['deactivate it (PATCH active)', 'PATCH', (id) => `/Users/${id}`, replacePatch({ active: false })],
    ['delete a user with another address', 'DELETE', (id) => `/Users/${id}`],
  ]);
};

/** Measures the steps in order. `path` receives the id of the resource that a POST has created. */
async function measureSteps(domain: MeteredDomain, steps: readonly Step[]): Promise<OperationCost[]> {
  let id = '';
  const costs: OperationCost[] = [];
  for (const [operation, method, path, body] of steps) {
    const { cost, body: responseBody } = await measureRequest(domain, operation, method, path(id), body);
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
 * authorizer are cached, and the writes of the email functions, of the rate counter, and of sampled requests
 * are not included.
 */
export async function measureRequest(
  domain: MeteredDomain,
  operation: string,
  method: string,
  path: string,
  requestBody?: object,
): Promise<{ cost: OperationCost; body: unknown }> {
  await resetCost(domain);
  const { status, body } = await domain.request(method, path, requestBody);
  if (status >= 300) throw new Error(`${operation}: ${method} ${path} returned ${status}.`);
  return { cost: await costSince(domain, operation), body };
}

/** Forgets what the domain's requests have cost until now. */
export async function resetCost(domain: MeteredDomain): Promise<void> {
  await domain.takeCapacity();
  await domain.takeCanceled();
}

/**
 * Returns the cost of the domain's requests since `resetCost`. `read` and `write` are those of successful
 * requests.
 */
export async function costSince(domain: MeteredDomain, operation: string): Promise<OperationCost> {
  const records = (await domain.takeCapacity()).filter(isResourceFunction);
  const sum = (side: 'read' | 'write'): number => records.reduce((total, record) => total + record[side], 0);
  const canceled = await takeCanceledAttempts(domain);
  return { operation, read: sum('read'), write: sum('write'), canceled };
}

async function takeCanceledAttempts(domain: MeteredDomain): Promise<CanceledAttempts> {
  const canceled = (await domain.takeCanceled()).filter(({ function: name }) => isOfResources(name));
  return { attempts: canceled.length, write: canceled.reduce((sum, { write }) => sum + write, 0) };
}

/**
 * Returns whether a function of the resources consumed this, besides the rate counter and the sampled
 * requests.
 */
export const isResourceFunction = ({ function: name, partitionKeys }: CapacityRecord): boolean =>
  isOfResources(name) && !partitionKeys.some((pk) => /#RATE$|#REQUEST#/.test(pk));

const isOfResources = (functionName: string): boolean => /Functions(Users|Groups)/.test(functionName);
