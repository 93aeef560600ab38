import { cursorOf } from '../../../../shared/http/admin/paging';
import { newId } from '../../../../shared/id';
import type { AdminCase } from './admin-case';

const VALUES = { values: { userName: 'by.hand@example.com', givenName: 'Berta', active: false } };
const rows = (...values: object[]) => ({ rows: values.map((each, at) => ({ row: at + 2, values: each })) });

/** A valid body for each operation with a body about manually managed users. */
export const MANAGED_USER_BODIES: Readonly<Record<string, unknown>> = {
  createUser: VALUES,
  changeUser: { values: { title: 'Engineer' } },
  importUsers: { ...rows({ userName: 'row@example.com', active: false }), dryRun: true },
};

/** Cases for users whom administrators manage. The domain has SCIM on, and a user of a connection. */
export const MANAGED_USER_CASES: readonly AdminCase[] = [
  {
    operationId: 'listUserColumns',
    status: 200,
    caller: 'viewer',
    check: ({ body }) =>
      expect(body.items[0]).toMatchObject({ name: 'userName', type: 'string', required: true }),
  },
  {
    operationId: 'createUser',
    status: 201,
    caller: 'owner',
    body: VALUES,
    check: ({ body }, { parameters }) => {
      expect(body).toMatchObject({ userName: 'by.hand@example.com', managedBy: 'administrator' });
      parameters.managed = body.userId;
    },
  },
  {
    operationId: 'createUser',
    status: 409,
    caller: 'owner',
    body: VALUES,
    check: ({ body }) => expect(body.field).toBe('userName'),
  },
  {
    operationId: 'createUser',
    status: 400,
    caller: 'owner',
    body: { values: { userName: 'other@example.com', email: 'no address' } },
    check: ({ body }) => expect(body.field).toBe('email'),
  },
  {
    operationId: 'changeUser',
    status: 409,
    condition: 'a connection manages the user',
    caller: 'owner',
    body: { values: { title: 'Engineer' } },
  },
  {
    operationId: 'changeUser',
    status: 400,
    condition: 'there is no such value',
    caller: 'owner',
    body: { values: { shoeSize: 44 } },
    check: ({ body }) => expect(body.field).toBe('shoeSize'),
  },
  {
    operationId: 'changeUser',
    status: 404,
    caller: 'owner',
    parameters: { userId: newId() },
    body: { values: { title: 'Engineer' } },
  },
  {
    operationId: 'activateUser',
    status: 200,
    condition: 'the user is active',
    caller: 'owner',
    check: ({ body }) => expect(body).toMatchObject({ active: true, managedBy: 'connection' }),
  },
  { operationId: 'activateUser', status: 404, caller: 'owner', parameters: { userId: newId() } },
  {
    operationId: 'activateUser',
    status: 409,
    condition: 'a connection manages the user',
    caller: 'owner',
    parameters: { userId: 'inactive' },
  },
  {
    operationId: 'changeUser',
    status: 200,
    caller: 'owner',
    parameters: { userId: 'managed' },
    body: { values: { department: 'Engines' } },
    check: ({ body }, { parameters }) => expect(body.userId).toBe(parameters.managed),
  },
  { operationId: 'deleteUser', status: 404, caller: 'owner', parameters: { userId: newId() } },
  { operationId: 'deleteUser', status: 409, condition: 'a connection manages the user', caller: 'owner' },
  {
    operationId: 'importUsers',
    status: 200,
    caller: 'owner',
    body: {
      ...rows(
        { userName: 'by.hand@example.com', title: 'Engineer' },
        { userName: 'new@example.com', active: 'no' },
        { userName: 'new@example.com' },
      ),
      dryRun: false,
    },
    check: ({ body }, { parameters }) =>
      expect(body.results).toMatchObject([
        { row: 2, outcome: 'change', fields: ['title'], userId: parameters.managed },
        { row: 3, outcome: 'create' },
        { row: 4, outcome: 'error', field: 'userName' },
      ]),
  },
  { operationId: 'importUsers', status: 400, caller: 'owner', body: { rows: [], dryRun: true } },
  {
    operationId: 'exportUsers',
    status: 200,
    caller: 'viewer',
    query: 'limit=100',
    check: ({ body }) =>
      expect(body.items).toContainEqual(
        expect.objectContaining({
          managedBy: 'administrator',
          values: expect.objectContaining({ userName: 'by.hand@example.com', title: 'Engineer' }) as object,
        }),
      ),
  },
  { operationId: 'exportUsers', status: 400, query: `cursor=${cursorOf('no id')}` },
  { operationId: 'deleteUser', status: 204, caller: 'owner', parameters: { userId: 'managed' } },
];
