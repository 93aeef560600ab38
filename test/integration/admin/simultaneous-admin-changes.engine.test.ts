import type { APIGatewayProxyEvent } from 'aws-lambda';
import { adminHandler } from '../../../shared/http/admin/admin-handler';
import { domainRoutes } from '../../../shared/http/admin/routes/domain-routes';
import { logger } from '../../../shared/telemetry';
import type { DomainAdmin } from '../../../shared/service/domains/domain-admin';
import { AuditLog } from '../../../shared/store/audit/audit-log';
import { lambdaContext } from '../../support/requests/api-events';
import type { AdminResponse, AdminBody } from '../../support/system/admin-client';
import { operationById, documentViolations } from './admin-document';
import { systemTable } from '../../support/consistency/domain-data';
import { domainAdmin, createDomainClient } from '../../support/system/system';

const CONCURRENT_CHANGES = 25;
const ROUNDS = 10;

/** The function's own chain, in this process: a Lambda for each of so many requests would take long to start. */
function changing(admin: DomainAdmin, domainId: string): (body: object) => Promise<AdminResponse> {
  const handler = adminHandler(() => ({
    findDomain: (id) => admin.getDomain(id),
    routes: domainRoutes({ admin, scimBaseUrl: 'https://example.com/scim/v2' }),
    writeAudit: () => Promise.resolve(),
    readOriginSecret: () => Promise.reject(new Error('It is asked for by the portal alone.')),
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
    const answer = await handler(event, lambdaContext);
    return {
      status: answer.statusCode,
      headers: new Headers(answer.headers as Record<string, string>),
      body: JSON.parse(answer.body) as AdminBody,
    };
  };
}

beforeEach(() => jest.spyOn(logger, 'info').mockImplementation());
afterEach(() => jest.restoreAllMocks());

it('of many changes of one domain at the same time each is made, or refused with 409, and none is lost', async () => {
  const { domainId } = await createDomainClient();
  const change = changing(await domainAdmin(), domainId);
  const answers: AdminResponse[] = [];
  for (let round = 0; round < ROUNDS && !answers.some(({ status }) => status === 409); round++) {
    const bodies = Array.from({ length: CONCURRENT_CHANGES }, (_, at) => ({ name: `Change ${round} ${at}` }));
    answers.push(...(await Promise.all(bodies.map(change))));
  }
  const refused = answers.filter(({ status }) => status !== 200);
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([409]));
  expect(refused.flatMap((answer) => documentViolations(operationById('changeDomain'), answer))).toEqual([]);

  const log = new AuditLog(await systemTable(), domainId);
  const { events } = await log.page({ action: 'domain.updated' }, ROUNDS * CONCURRENT_CHANGES, new Date());
  const names = events.map(({ changes = [] }) => changes[0]);
  const made = answers.filter(({ status }) => status === 200).map(({ body }) => body.name);
  expect(names.map((each) => each?.after).sort()).toEqual(made.sort());
  // Each began with what the one before it had left.
  expect(names.slice(0, -1).map((each) => each?.before)).toEqual(names.slice(1).map((each) => each?.after));
});
