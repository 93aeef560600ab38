import type { APIGatewayProxyEvent } from 'aws-lambda';
import { adminHandler } from '../../../shared/http/admin/admin-handler';
import { domainRoutes } from '../../../shared/http/admin/routes/domains/domain-routes';
import { logger } from '../../../shared/logging/telemetry';
import type { DomainAdmin } from '../../../shared/service/domains/domain-admin';
import { AuditLog } from '../../../shared/store/audit/audit-log';
import { lambdaContext } from '../../support/requests/api-events';
import type { AdminResponse, AdminBody } from '../../support/system/admin-client';
import { operationById, documentViolations } from './admin-document';
import { systemTable } from '../../support/consistency/domain-data';
import { domainAdmin, createDomainClient } from '../../support/system/system';

const CONCURRENT_CHANGES = 25;

/**
 * Runs the middleware chain in this process, because starting an instance for each request would take long.
 */
function createChangeFunction(
  admin: DomainAdmin,
  domainId: string,
): (body: object) => Promise<AdminResponse> {
  const handler = adminHandler(() => ({
    findDomain: (id) => admin.getDomain(id),
    routes: domainRoutes({ admin, scimBaseUrl: 'https://example.com/scim/v2' }),
    writeAudit: () => Promise.resolve(),
    limitFlushes: () => Promise.reject(new Error('An operator is not limited.')),
    readOriginSecrets: () =>
      Promise.reject(new Error('Only requests through the portal read the origin secret.')),
  }));
  return async (body) => {
    const event = {
      httpMethod: 'PATCH',
      headers: {},
      body: JSON.stringify(body),
      requestContext: {
        requestId: 'request',
        path: `/admin/v1/domains/${domainId}`,
        identity: {},
        authorizer: { id: 'operator', kind: 'adminToken', roles: '{"operator":true,"domains":{}}' },
      },
    } as unknown as APIGatewayProxyEvent;
    const response = await handler(event, lambdaContext);
    return {
      status: response.statusCode,
      headers: new Headers(response.headers as Record<string, string>),
      body: JSON.parse(response.body) as AdminBody,
    };
  };
}

beforeEach(() => jest.spyOn(logger, 'info').mockImplementation());
afterEach(() => jest.restoreAllMocks());

it('concurrent changes of one domain are applied or refused with 409, and none is lost', async () => {
  const admin = await domainAdmin();
  const table = await systemTable();
  let refused: AdminResponse[] = [];
  // The changes of one round may all find a gap. A round with a refusal comes sooner or later.
  while (refused.length === 0) {
    const { domainId } = await createDomainClient();
    const change = createChangeFunction(admin, domainId);
    const bodies = Array.from({ length: CONCURRENT_CHANGES }, (_, at) => ({ name: `Change ${at}` }));
    const responses = await Promise.all(bodies.map(change));
    refused = responses.filter(({ status }) => status !== 200);

    const log = new AuditLog(table, domainId);
    const { events } = await log.page({ action: 'domain.updated' }, CONCURRENT_CHANGES, new Date());
    const names = events.map(({ changes = [] }) => changes[0]);
    const applied = responses.filter(({ status }) => status === 200).map(({ body }) => body.name);
    expect(names.map((each) => each?.after).sort()).toEqual(applied.sort());
    // Each change starts from the result of the previous one.
    expect(names.slice(0, -1).map((each) => each?.before)).toEqual(names.slice(1).map((each) => each?.after));
  }
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([409]));
  expect(refused.flatMap((response) => documentViolations(operationById('changeDomain'), response))).toEqual(
    [],
  );
});
