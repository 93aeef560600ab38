import type { APIGatewayProxyEvent } from 'aws-lambda';
import { auditAdminRefusal } from '../../../shared/http/admin/audit-admin-refusal';
import { Problem } from '../../../shared/http/admin/problem';
import type { AdminRouteMatch } from '../../../shared/http/admin/route';
import type { AuditEvent } from '../../../shared/store/audit/audit';
import { OPERATOR } from './admin-handler-harness';

/** Returns the audit event of a refused `DELETE` of a path with these parameters. */
async function eventOf(path: string, parameters: Record<string, string>): Promise<AuditEvent | undefined> {
  let written: AuditEvent | undefined;
  const event = {
    headers: {},
    requestContext: { requestId: 'request-1', identity: { sourceIp: '192.0.2.1' }, authorizer: OPERATOR },
  } as unknown as APIGatewayProxyEvent;
  await auditAdminRefusal(
    {
      exists: () => Promise.resolve(true),
      readOriginSecrets: () => Promise.resolve([]),
      write: (_, audited) => {
        written = audited;
        return Promise.resolve();
      },
      now: () => 0,
    },
    event,
    { route: { method: 'DELETE', path }, parameters } as AdminRouteMatch,
    Problem.notFound('There is none.'),
  );
  return written;
}

it.each<[path: string, parameters: Record<string, string>, resourceId: string]>([
  ['/domains/{domainId}', { domainId: 'd' }, ''],
  ['/domains/{domainId}/simulations/{simulationId}', { domainId: 'd', simulationId: 's' }, 's'],
  ['/domains/{domainId}/groups/{groupId}', { domainId: 'd', groupId: 'g' }, 'g'],
  [
    '/domains/{domainId}/connections/{connectionId}/credentials/{credentialId}',
    { domainId: 'd', connectionId: 'c', credentialId: 'k' },
    'k',
  ],
  [
    '/domains/{domainId}/subscriptions/{subscriptionId}/secrets/{secretId}',
    { domainId: 'd', subscriptionId: 's', secretId: 't' },
    's',
  ],
  [
    '/domains/{domainId}/suppressed-addresses/{address}',
    { domainId: 'd', address: 'a@example.com' },
    'a@example.com',
  ],
])('a refused change of %s names the resource', async (path, parameters, resourceId) => {
  expect(await eventOf(path, parameters)).toMatchObject({ action: 'request.refused', resourceId });
});
