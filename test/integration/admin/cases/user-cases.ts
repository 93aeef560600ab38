import { cursorOf } from '../../../../shared/http/admin/paging';
import { newId } from '../../../../shared/id';
import type { AdminCase } from './admin-case';

/** The suppressed address of the domain that the cases use. */
export const BOUNCED_ADDRESS = 'bounced@example.com';

/** Cases for users, their licenses and emails, and suppressed addresses. */
export const USER_CASES: readonly AdminCase[] = [
  {
    operationId: 'listUsers',
    status: 200,
    caller: 'viewer',
    check: ({ body }) => expect(body.items[0]).toMatchObject({ active: true, license: { status: 'active' } }),
  },
  { operationId: 'listUsers', status: 400, query: 'limit=many' },
  {
    operationId: 'listUsers',
    status: 200,
    condition: 'the list is filtered by license',
    query: 'licenseStatus=active&userType=Basic+User',
    check: ({ body }, { parameters }) => expect(body.items).toMatchObject([{ userId: parameters.userId }]),
  },
  {
    operationId: 'listUsers',
    status: 400,
    condition: 'no license has the status',
    query: 'licenseStatus=lost',
  },
  {
    operationId: 'getUser',
    status: 200,
    caller: 'viewer',
    check: ({ body }, { parameters }) =>
      expect(body).toMatchObject({
        user: { userId: parameters.userId },
        groups: [{ displayName: 'Staff' }],
        scim: { id: parameters.userId },
      }),
  },
  {
    operationId: 'listUsers',
    status: 400,
    condition: 'the cursor belongs to another list',
    query: `cursor=${cursorOf({ in: 'names', id: newId(), nameKey: 'a\ud800' })}`,
  },
  { operationId: 'getUser', status: 404, parameters: { userId: newId() } },
  { operationId: 'resendMail', status: 202, caller: 'owner' },
  { operationId: 'resendMail', status: 404, caller: 'owner', parameters: { userId: newId() } },
  {
    operationId: 'resendMail',
    status: 404,
    condition: 'the id is malformed',
    caller: 'owner',
    parameters: { userId: 'x'.repeat(2_000) },
  },
  {
    operationId: 'resendMail',
    status: 409,
    condition: 'the user never had a license email',
    caller: 'owner',
    parameters: { userId: 'inactive' },
  },
  {
    operationId: 'getLicense',
    status: 200,
    caller: 'viewer',
    query: 'limit=1',
    check: ({ body }, { parameters }) => {
      expect(body.license).toMatchObject({ userId: parameters.userId, status: 'active' });
      expect(body.history).toHaveLength(1);
    },
  },
  { operationId: 'getLicense', status: 400, query: 'cursor=abc' },
  { operationId: 'getLicense', status: 404, parameters: { userId: newId() } },
  {
    operationId: 'replaceKey',
    status: 200,
    caller: 'owner',
    check: ({ body }, { parameters }) =>
      expect(body).toMatchObject({ userId: parameters.userId, status: 'active' }),
  },
  { operationId: 'replaceKey', status: 404, caller: 'owner', parameters: { userId: newId() } },
  {
    operationId: 'replaceKey',
    status: 404,
    condition: 'the id is malformed',
    caller: 'owner',
    parameters: { userId: 'x'.repeat(2_000) },
  },
  {
    operationId: 'replaceKey',
    status: 409,
    condition: 'the license is inactive',
    caller: 'owner',
    parameters: { userId: 'inactive' },
  },
  {
    operationId: 'deactivateUser',
    status: 200,
    caller: 'owner',
    check: ({ body }) =>
      expect(body).toMatchObject({ active: false, license: { status: 'inactive', reason: 'deactivated' } }),
  },
  {
    operationId: 'deactivateUser',
    status: 200,
    condition: 'the request is repeated',
    caller: 'owner',
    check: ({ body }) => expect(body.active).toBe(false),
  },
  { operationId: 'deactivateUser', status: 404, caller: 'owner', parameters: { userId: newId() } },
  {
    operationId: 'listSuppressedAddresses',
    status: 200,
    caller: 'viewer',
    check: ({ body }) => expect(body.items).toMatchObject([{ address: BOUNCED_ADDRESS, reason: 'bounced' }]),
  },
  { operationId: 'listSuppressedAddresses', status: 400, query: 'cursor=%00' },
  {
    operationId: 'listSuppressedAddresses',
    status: 400,
    condition: 'the cursor is not an address',
    query: `cursor=${cursorOf('\ud800')}`,
  },
  { operationId: 'clearAddress', status: 204, caller: 'owner' },
  { operationId: 'clearAddress', status: 404, caller: 'owner' },
];
