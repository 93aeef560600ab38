import { cursorOf } from '../../../../shared/http/admin/paging';
import { newId } from '../../../../shared/id';
import type { AdminCase } from './admin-case';

/**
 * Cases for audit events, readiness, usage, requests, the deletion of the domain, and a redrive of all
 * emails.
 */
export const AUDIT_CASES: readonly AdminCase[] = [
  ...[
    ['domain.created', 'domain.updated'],
    ['key.created', 'key.revoked'],
    ['user.created', 'user.updated'],
    ['mappings.changed'],
    ['address.cleared'],
  ].map((actions): AdminCase => {
    const kind = actions[0]?.split('.')[0] ?? '';
    return {
      operationId: 'listAuditEvents',
      status: 200,
      condition: `the events about one kind of resource are requested: ${kind}`,
      caller: 'viewer',
      query: `limit=100&action=${kind}`,
      check: ({ body }) =>
        expect(body.items.map(({ action }) => action)).toEqual(expect.arrayContaining(actions)),
    };
  }),
  { operationId: 'listAuditEvents', status: 400, query: 'from=yesterday' },
  { operationId: 'exportAuditEvents', status: 200, caller: 'viewer' },
  { operationId: 'exportAuditEvents', status: 400, query: 'limit=5' },
  { operationId: 'getReadiness', status: 200, caller: 'viewer' },
  { operationId: 'getRateUsage', status: 200, caller: 'viewer' },
  {
    operationId: 'getLicenseUsage',
    status: 200,
    caller: 'viewer',
    query: 'days=7',
    check: ({ body }) => expect(body.days).toHaveLength(1),
  },
  { operationId: 'getLicenseUsage', status: 400, query: 'days=0' },
  { operationId: 'listRequests', status: 200, caller: 'viewer', query: 'outcome=refused&status=4xx&limit=5' },
  { operationId: 'listRequests', status: 400, query: 'status=many' },
  { operationId: 'countRequests', status: 200, caller: 'viewer', query: 'period=week' },
  { operationId: 'countRequests', status: 400, query: 'period=year' },
];

/** Cases for the deletion of the domain, and for the deployment after it. */
export const DELETION_CASES: readonly AdminCase[] = [
  { operationId: 'deleteDomain', status: 400, query: 'name=Other' },
  { operationId: 'deleteDomain', status: 400, condition: 'the name is missing' },
  { operationId: 'deleteDomain', status: 403, caller: 'owner', query: 'name=Documented' },
  { operationId: 'deleteDomain', status: 202, query: 'name=Documented' },
  {
    operationId: 'deleteDomain',
    status: 202,
    condition: 'the request is repeated',
    query: 'name=Documented',
  },
  {
    operationId: 'listDeploymentAuditEvents',
    status: 200,
    query: 'action=domain.deleted',
    check: ({ body }, { parameters }) =>
      expect(body.items.find(({ domainId }) => domainId === parameters.domainId)).toMatchObject({
        resource: { type: 'domain', id: parameters.domainId },
        actor: { kind: 'admin', id: 'operator' },
      }),
  },
  { operationId: 'listDeploymentAuditEvents', status: 400, query: 'from=yesterday' },
  { operationId: 'exportDeploymentAuditEvents', status: 200 },
  { operationId: 'exportDeploymentAuditEvents', status: 400, query: 'limit=5' },
  {
    operationId: 'listDeletedDomains',
    status: 200,
    query: 'limit=100',
    check: ({ body }, { parameters }) =>
      expect(body.items).toContainEqual(
        expect.objectContaining({ domainId: parameters.domainId, name: 'Documented' }),
      ),
  },
  { operationId: 'listDeletedDomains', status: 400, query: 'limit=0' },
  { operationId: 'redriveMail', status: 200, check: ({ body }) => expect(body.finished).toBe(true) },
  {
    operationId: 'redriveMail',
    status: 400,
    condition: 'the cursor is of a list',
    query: `cursor=${cursorOf(newId())}`,
    check: ({ body }) => expect(body.detail).toContain('no cursor to start again'),
  },
];
