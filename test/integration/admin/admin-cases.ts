import document from '../../../docs/admin-api.openapi.json';
import { cursorOf } from '../../../shared/http/admin/paging';
import { newId } from '../../../shared/id';
import type { AdminResponse, AdminClient } from '../../support/system/admin-client';
import { OPERATIONS } from './admin-document';

/** What the requests of the table are about. */
export interface CaseContext {
  /** What the names in the paths stand for. */
  readonly parameters: Record<string, string>;
  readonly callers: Readonly<Record<'operator' | 'owner' | 'viewer' | 'nobody', AdminClient>>;
}

export interface AdminCase {
  readonly operationId: string;
  readonly status: number;
  readonly when?: string;
  /** @default the operator */
  readonly caller?: keyof CaseContext['callers'];
  readonly parameters?: Record<string, string>;
  readonly query?: string;
  readonly body?: unknown;
  /** Looks at the answer, and keeps what later requests need. */
  readonly check?: (answer: AdminResponse, world: CaseContext) => void;
}

export const BOUNCED_ADDRESS = 'bounced@example.com';
const UNKNOWN_DOMAIN = { domainId: newId() };
/** For each operation that has a body, one that is good. */
export const VALID_BODIES: Readonly<Record<string, unknown>> = {
  createDomain: { name: 'Example' },
  changeDomain: { name: 'Example' },
  createScimKey: { name: 'Example' },
};

const DOMAIN_OPERATIONS = OPERATIONS.filter(({ path }) => path.startsWith('/domains/{domainId}'));

/** In this order. 401, 404 for strangers, and 403 for viewers are asked of every operation in admin-access.engine.test.ts. */
export const ADMIN_CASES: readonly AdminCase[] = [
  {
    operationId: 'getOpenApi',
    status: 200,
    caller: 'nobody',
    check: ({ body }) => expect(body).toEqual(document),
  },
  {
    operationId: 'getMe',
    status: 200,
    check: ({ body }) => expect(body).toMatchObject({ kind: 'adminToken', operator: true, domains: [] }),
  },
  {
    operationId: 'getMe',
    status: 200,
    when: 'a portal user asks',
    caller: 'owner',
    check: ({ body }, { parameters }) =>
      expect(body).toMatchObject({
        name: 'owner',
        kind: 'user',
        operator: false,
        domains: [{ domainId: parameters.domainId, name: 'Documented', role: 'owner' }],
      }),
  },
  {
    operationId: 'listDomains',
    status: 200,
    query: 'limit=1',
    check: ({ body }) => expect(body.next).toEqual(expect.any(String)),
  },
  { operationId: 'listDomains', status: 400, query: 'limit=0' },
  { operationId: 'listDomains', status: 400, when: 'the cursor is none of it', query: 'cursor=abc' },
  { operationId: 'listDomains', status: 400, when: 'a parameter is misspelt', query: 'limt=5' },
  {
    operationId: 'createDomain',
    status: 201,
    body: {
      name: 'New',
      scimEnabled: false,
      ratePlan: 'gallery',
      seats: 5,
      seatPolicy: 'wait',
      mailDelayMinutes: 15,
    },
    check: ({ body }, { parameters }) => {
      expect(body).toMatchObject({
        name: 'New',
        scimEnabled: false,
        ratePlan: 'gallery',
        seats: 5,
        seatPolicy: 'wait',
        mailDelayMinutes: 15,
      });
      parameters.newDomainId = body.domainId;
    },
  },
  { operationId: 'createDomain', status: 400, body: { name: '' } },
  {
    operationId: 'createDomain',
    status: 400,
    when: 'a member is unknown',
    body: { name: 'x', plan: 'gallery' },
  },
  { operationId: 'createDomain', status: 400, when: 'the body is no JSON', body: '{' },
  { operationId: 'createDomain', status: 403, caller: 'owner', body: { name: 'Mine' } },
  { operationId: 'getDomain', status: 200, caller: 'viewer' },
  {
    operationId: 'changeDomain',
    status: 200,
    caller: 'owner',
    body: { name: 'Renamed', mailDelayMinutes: 5 },
    check: ({ body }) =>
      expect(body).toMatchObject({ name: 'Renamed', mailDelayMinutes: 5, ratePlan: 'unmetered' }),
  },
  {
    operationId: 'changeDomain',
    status: 200,
    when: 'an operator sets the seats',
    body: { seats: null, seatPolicy: 'wait', name: 'Documented' },
    check: ({ body }) => expect(body).toMatchObject({ seats: null, seatPolicy: 'wait' }),
  },
  { operationId: 'changeDomain', status: 400, body: {} },
  { operationId: 'changeDomain', status: 400, when: 'a value is wrong', body: { mailDelayMinutes: 10_081 } },
  {
    operationId: 'changeDomain',
    status: 403,
    when: 'an owner changes what is an operator’s',
    caller: 'owner',
    body: { name: 'x', seats: 1_000 },
  },
  {
    operationId: 'createScimKey',
    status: 201,
    caller: 'owner',
    body: { name: 'Okta', expireTime: '2999-01-01T01:00:00+01:00' },
    check: ({ body }, { parameters }) => {
      expect(body.key).toMatchObject({
        name: 'Okta',
        status: 'active',
        expireTime: '2999-01-01T00:00:00.000Z',
      });
      parameters.keyId = body.key.keyId;
    },
  },
  {
    operationId: 'createScimKey',
    status: 400,
    caller: 'owner',
    body: { name: 'Okta', expireTime: 'tomorrow' },
  },
  {
    operationId: 'createScimKey',
    status: 400,
    when: 'the time has passed',
    caller: 'owner',
    body: { name: 'Okta', expireTime: '2020-01-01T00:00:00Z' },
  },
  {
    operationId: 'listScimKeys',
    status: 200,
    caller: 'viewer',
    check: ({ body }) => expect(body.items).toHaveLength(2),
  },
  { operationId: 'revokeScimKey', status: 204, caller: 'owner' },
  { operationId: 'revokeScimKey', status: 204, when: 'it is repeated', caller: 'owner' },
  { operationId: 'revokeScimKey', status: 404, caller: 'owner', parameters: { keyId: newId() } },
  {
    operationId: 'revokeScimKey',
    status: 404,
    when: 'the id is none',
    caller: 'owner',
    parameters: { keyId: 'x'.repeat(2_000) },
  },
  {
    operationId: 'listUsers',
    status: 200,
    caller: 'viewer',
    check: ({ body }) => expect(body.items[0]).toMatchObject({ active: true, license: { status: 'active' } }),
  },
  { operationId: 'listUsers', status: 400, query: 'limit=many' },
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
    when: 'the cursor is one of another list',
    query: `cursor=${cursorOf({ in: 'names', id: newId(), nameKey: 'a\ud800' })}`,
  },
  { operationId: 'getUser', status: 404, parameters: { userId: newId() } },
  { operationId: 'resendMail', status: 202, caller: 'owner' },
  { operationId: 'resendMail', status: 404, caller: 'owner', parameters: { userId: newId() } },
  {
    operationId: 'resendMail',
    status: 404,
    when: 'the id is none',
    caller: 'owner',
    parameters: { userId: 'x'.repeat(2_000) },
  },
  {
    operationId: 'resendMail',
    status: 409,
    when: 'there never was anything to mail',
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
    operationId: 'deactivateUser',
    status: 200,
    caller: 'owner',
    check: ({ body }) =>
      expect(body).toMatchObject({ active: false, license: { status: 'inactive', reason: 'deactivated' } }),
  },
  {
    operationId: 'deactivateUser',
    status: 200,
    when: 'it is repeated',
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
    when: 'the cursor is no possible address',
    query: `cursor=${cursorOf('\ud800')}`,
  },
  { operationId: 'clearAddress', status: 204, caller: 'owner' },
  { operationId: 'clearAddress', status: 404, caller: 'owner' },
  {
    operationId: 'listAuditEvents',
    status: 200,
    caller: 'viewer',
    check: ({ body }) =>
      expect(body.items.map(({ action }) => action)).toEqual(
        expect.arrayContaining([
          'domain.created',
          'domain.updated',
          'key.created',
          'key.revoked',
          'user.created',
          'user.updated',
          'address.cleared',
        ]),
      ),
  },
  { operationId: 'listAuditEvents', status: 400, query: 'from=yesterday' },
  { operationId: 'exportAuditEvents', status: 200, caller: 'viewer' },
  { operationId: 'exportAuditEvents', status: 400, query: 'limit=5' },
  { operationId: 'getReadiness', status: 200, caller: 'viewer' },
  { operationId: 'getRateUsage', status: 200, caller: 'viewer' },
  { operationId: 'deleteDomain', status: 400, query: 'name=Other' },
  { operationId: 'deleteDomain', status: 400, when: 'no name is typed' },
  { operationId: 'deleteDomain', status: 403, caller: 'owner', query: 'name=Documented' },
  { operationId: 'deleteDomain', status: 202, query: 'name=Documented' },
  { operationId: 'deleteDomain', status: 202, when: 'it is repeated', query: 'name=Documented' },
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
  // Nothing of a domain that is gone, nor of one that never was.
  ...DOMAIN_OPERATIONS.map(({ operationId }) => ({
    operationId,
    status: 404,
    when: 'there is no such domain',
    parameters: UNKNOWN_DOMAIN,
    query: operationId === 'deleteDomain' ? 'name=Documented' : undefined,
    body: VALID_BODIES[operationId],
  })),
];
