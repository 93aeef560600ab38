import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ENV, requireEnv } from '../../env';
import { newId } from '../../id';
import type { ScimError } from '../../scim/error';
import { toWellFormed } from '../../scim/text';
import { putAudit } from '../../store/audit/audit';
import type { Table } from '../../store/table/table';
import { actorOf } from '../chain/caller';
import { lowerCaseNames, principalOf } from '../chain/request';
import type { RequestSummary } from './request-diagnostics';

/** Texts of clients are in it. */
const MAX_REASON_LENGTH = 1_000;

/** Writes an audit event of a change that was refused: who asked for what, and why it was not done. */
export const auditRefusal =
  (open: () => Table) =>
  async (
    event: APIGatewayProxyEvent,
    asked: RequestSummary,
    { status, detail }: ScimError,
  ): Promise<void> => {
    const principal = principalOf(event);
    const { requestId, identity } = event.requestContext;
    await putAudit(
      open(),
      principal.domainId,
      {
        id: newId(),
        at: new Date().toISOString(),
        action: 'request.refused',
        resourceId: toWellFormed(asked.resourceId ?? '', 200),
        requestId,
        actor: actorOf(principal, identity.sourceIp, lowerCaseNames(event.headers)['user-agent']),
        request: `${asked.method} ${asked.route}`,
        status,
        reason: toWellFormed(detail, MAX_REASON_LENGTH),
      },
      Number(requireEnv(ENV.auditRetentionDays)),
    );
  };
