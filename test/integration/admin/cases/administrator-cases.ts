import { newId } from '../../../../shared/id';
import type { AdminCase } from './admin-case';

/** Each run invites other addresses, because invitations of operators are those of the whole system. */
const MARK = newId();
const INVITED = `invited-${MARK}@example.com`;
const UNKNOWN = newId();

/** The addresses of the other viewer and of the operator among the parameters. */
export const OTHER_VIEWER_EMAIL = `viewer-${MARK}@example.com`;
export const OPERATOR_EMAIL = `operator-${MARK}@example.com`;

/** Cases for administrators and invitations. */
export const ADMINISTRATOR_CASES: readonly AdminCase[] = [
  {
    operationId: 'listAdministrators',
    status: 200,
    caller: 'viewer',
    check: ({ body }, { parameters }) =>
      expect(body.items).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ administratorId: parameters.ownerId, role: 'owner', source: 'claim' }),
        ]),
      ),
  },
  {
    operationId: 'listMappedAdministrators',
    status: 200,
    caller: 'viewer',
    check: ({ body }) => expect(body).toEqual({ items: [] }),
  },
  { operationId: 'resendMappedInvitation', status: 404, caller: 'owner' },
  {
    operationId: 'inviteAdministrator',
    status: 201,
    caller: 'owner',
    body: { email: INVITED, role: 'viewer', name: 'Ann' },
    check: ({ body }, { parameters }) => {
      expect(body).toMatchObject({ email: INVITED, role: 'viewer', name: 'Ann', status: 'open' });
      expect(body.createdBy).toBe(parameters.ownerId);
      expect(body).not.toHaveProperty('mailProblem');
      parameters.newInvitationId = body.invitationId;
    },
  },
  { operationId: 'inviteAdministrator', status: 400, body: { email: 'nobody', role: 'viewer' } },
  { operationId: 'inviteAdministrator', status: 400, body: { email: INVITED, role: 'operator' } },
  { operationId: 'inviteAdministrator', status: 400, body: { role: 'viewer' } },
  {
    operationId: 'inviteAdministrator',
    status: 409,
    condition: 'the address is that of an administrator',
    body: { email: OTHER_VIEWER_EMAIL, role: 'owner' },
  },
  {
    operationId: 'inviteOperator',
    status: 409,
    condition: 'the address is that of an operator',
    body: { email: OPERATOR_EMAIL },
  },
  {
    operationId: 'listInvitations',
    status: 200,
    caller: 'viewer',
    check: ({ body }, { parameters }) =>
      expect(body.items.map(({ invitationId }) => invitationId)).toEqual([parameters.newInvitationId]),
  },
  {
    operationId: 'withdrawInvitation',
    status: 404,
    parameters: { invitationId: UNKNOWN },
  },
  {
    operationId: 'withdrawInvitation',
    status: 204,
    caller: 'owner',
    parameters: { invitationId: 'newInvitationId' },
  },
  {
    operationId: 'changeAdministrator',
    status: 409,
    condition: 'the administrator is the last owner',
    caller: 'owner',
    parameters: { administratorId: 'ownerId' },
    body: { role: 'viewer' },
    check: ({ body }) => expect(body.detail).toContain('last owner'),
  },
  {
    operationId: 'removeAdministrator',
    status: 409,
    condition: 'the administrator is the last owner',
    parameters: { administratorId: 'ownerId' },
  },
  {
    operationId: 'changeAdministrator',
    status: 200,
    caller: 'owner',
    parameters: { administratorId: 'otherViewerId' },
    body: { role: 'owner' },
    check: ({ body }) => expect(body).toMatchObject({ role: 'owner' }),
  },
  {
    operationId: 'changeAdministrator',
    status: 400,
    parameters: { administratorId: 'otherViewerId' },
    body: { role: 'operator' },
  },
  {
    operationId: 'changeAdministrator',
    status: 404,
    parameters: { administratorId: 'somebody|else/%' },
    body: { role: 'owner' },
  },
  {
    operationId: 'removeAdministrator',
    status: 204,
    caller: 'owner',
    parameters: { administratorId: 'otherViewerId' },
  },
  {
    operationId: 'removeAdministrator',
    status: 404,
    condition: 'the administrator was removed',
    parameters: { administratorId: 'otherViewerId' },
  },
  {
    operationId: 'listOperators',
    status: 200,
    check: ({ body }, { parameters }) =>
      expect(body.items.map(({ administratorId }) => administratorId)).toContain(parameters.operatorId),
  },
  {
    operationId: 'inviteOperator',
    status: 201,
    body: { email: INVITED },
    check: ({ body }, { parameters }) => {
      expect(body).toMatchObject({ email: INVITED, role: 'operator' });
      parameters.operatorInvitationId = body.invitationId;
    },
  },
  { operationId: 'inviteOperator', status: 400, body: { email: INVITED, role: 'operator' } },
  {
    operationId: 'listOperatorInvitations',
    status: 200,
    check: ({ body }, { parameters }) =>
      expect(body.items.map(({ invitationId }) => invitationId)).toContain(parameters.operatorInvitationId),
  },
  {
    operationId: 'withdrawOperatorInvitation',
    status: 204,
    parameters: { invitationId: 'operatorInvitationId' },
  },
  {
    operationId: 'withdrawOperatorInvitation',
    status: 404,
    condition: 'it was withdrawn',
    parameters: { invitationId: 'operatorInvitationId' },
  },
  { operationId: 'removeOperator', status: 204, parameters: { administratorId: 'operatorId' } },
  {
    operationId: 'removeOperator',
    status: 404,
    condition: 'the operator was removed',
    parameters: { administratorId: 'operatorId' },
  },
];
