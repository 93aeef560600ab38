import { cursorOf } from '../../../../shared/http/admin/paging';
import { newId } from '../../../../shared/id';
import type { AdminCase } from './admin-case';

/** Cases for groups and their members. */
export const GROUP_CASES: readonly AdminCase[] = [
  {
    operationId: 'listGroups',
    status: 200,
    caller: 'viewer',
    check: ({ body }, { parameters }) =>
      expect(body.items).toMatchObject([
        { groupId: parameters.groupId, displayName: 'Staff', externalId: 'staff-1', memberCount: 1 },
      ]),
  },
  {
    operationId: 'listGroups',
    status: 200,
    condition: 'no group matches',
    query: 'search=nobody',
    check: ({ body }) => expect(body).toEqual({ items: [] }),
  },
  { operationId: 'listGroups', status: 400, query: 'limit=many' },
  {
    operationId: 'listGroups',
    status: 400,
    condition: 'the cursor belongs to another search',
    query: `search=staff&cursor=${cursorOf({ id: newId(), nameKey: 'engineering' })}`,
  },
  {
    operationId: 'getGroup',
    status: 200,
    caller: 'viewer',
    check: ({ body }, { parameters }) =>
      expect(body).toMatchObject({ group: { groupId: parameters.groupId, memberCount: 1 } }),
  },
  { operationId: 'getGroup', status: 404, parameters: { groupId: newId() } },
  {
    operationId: 'getGroup',
    status: 404,
    condition: 'the id is malformed',
    parameters: { groupId: 'x'.repeat(2_000) },
  },
  {
    operationId: 'listGroupMembers',
    status: 200,
    caller: 'viewer',
    check: ({ body }, { parameters }) =>
      expect(body.items).toMatchObject([{ userId: parameters.userId, license: { status: 'active' } }]),
  },
  { operationId: 'listGroupMembers', status: 400, query: `cursor=${cursorOf('x')}` },
  { operationId: 'listGroupMembers', status: 404, parameters: { groupId: newId() } },
];
