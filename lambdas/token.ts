import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ENV, requireEnv } from '../shared/env';
import { TokenRefusals } from '../shared/http/diagnostics/token-refusals';
import { headerOf } from '../shared/http/chain/request';
import { tokenHandler } from '../shared/http/token/token-handler';
import { toWellFormed } from '../shared/scim/text';
import { openAssertionVerifier } from '../shared/service/assertions/open-assertion-verifier';
import { TokenIssuer, type TokenRefusal } from '../shared/service/tokens/token-issuer';
import { tokenRefusedEvent } from '../shared/service/tokens/token-refusal';
import { putAudit } from '../shared/store/audit/audit';
import { ConnectionStore } from '../shared/store/credentials/connection-store';
import { CredentialStore } from '../shared/store/credentials/credential-store';
import { DiagnosticsStore } from '../shared/store/diagnostics/diagnostics-store';
import { TokenCounter } from '../shared/store/limits/token-counter';
import { readCurrent } from '../shared/store/secrets/secrets';
import { openTable } from '../shared/store/table/table';
import { reportFailure } from '../shared/logging/telemetry';

/** Serves `POST /oauth2/token`, next to the base URL of SCIM. */
export const handler = tokenHandler(() => {
  const table = openTable();
  const auditRetentionDays = Number(requireEnv(ENV.auditRetentionDays));
  // The response does not depend on the records.
  const refusals = new TokenRefusals({
    writeAudit: (domainId, event) => putAudit(table, domainId, event, auditRetentionDays),
    diagnostics: new DiagnosticsStore(table),
    now: Date.now,
    onFailed: reportFailure,
  });
  const recordRefusal = async (
    refusal: TokenRefusal,
    status: number,
    event: APIGatewayProxyEvent,
  ): Promise<void> => {
    const { requestContext } = event;
    const userAgent = headerOf(event, 'user-agent');
    const refused = tokenRefusedEvent(
      refusal,
      {
        status,
        requestId: requestContext.requestId,
        sourceAddress: requestContext.identity.sourceIp,
        userAgent: userAgent === undefined ? undefined : toWellFormed(userAgent, 200),
      },
      new Date(),
    );
    if (refused) await refusals.record(refused.domainId, refused.event);
  };
  const issuer = new TokenIssuer({
    connections: new ConnectionStore(table, auditRetentionDays),
    credentials: new CredentialStore(table),
    counter: new TokenCounter(table),
    onFailed: reportFailure,
    assertions: openAssertionVerifier(table),
    peppers: () => readCurrent(ENV.keyPepperSecretArn),
    accessTokens: () => readCurrent(ENV.accessTokenSecretArn),
    accessTokenMinutes: Number(requireEnv(ENV.accessTokenMinutes)),
  });
  return { issuer, recordRefusal };
}, Date.now);
