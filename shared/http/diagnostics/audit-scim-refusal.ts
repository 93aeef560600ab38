import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ENV, requireEnv } from '../../env';
import type { ScimError } from '../../scim/error';
import { putAudit } from '../../store/audit/audit';
import type { Table } from '../../store/table/table';
import type { Clock } from '../chain/clock';
import { refusedRequestEvent } from '../chain/refused-request';
import { actorOf, headerOf, principalOf } from '../chain/request';
import type { DiagnosedRequest } from './request-diagnostics';

/** Writes the audit event of a change that the SCIM API refused. */
export const auditScimRefusal =
  (open: () => Table, now: Clock) =>
  async (
    event: APIGatewayProxyEvent,
    { method, route, resourceId }: DiagnosedRequest,
    { status, detail }: ScimError,
  ): Promise<void> => {
    const principal = principalOf(event);
    const { requestId, identity } = event.requestContext;
    const actor = actorOf(principal, identity.sourceIp, headerOf(event, 'user-agent'));
    const refused = { requestId, actor, method, route, resourceId, status, detail };
    await putAudit(
      open(),
      principal.domainId,
      refusedRequestEvent(refused, now),
      Number(requireEnv(ENV.auditRetentionDays)),
    );
  };
