import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import { withAuthorization } from '../shared/logging/telemetry';
import { stagePolicy } from '../shared/http/chain/stage-policy';
import { recordRefusedCredential } from '../shared/http/requests/refused-credential';
import { openRequestRecorder } from '../shared/http/requests/request-recorder';
import { type CredentialDecision, openCredentialCheck } from '../shared/service/credentials/credential-check';

const checkCredential = openCredentialCheck();
const record = recordRefusedCredential(openRequestRecorder(Date.now), Date.now);

/** Checks the SCIM key of a request. API Gateway caches the result for each token. */
export async function handler(
  event: APIGatewayTokenAuthorizerEvent,
  context: Context,
): Promise<APIGatewayAuthorizerResult> {
  const { decision } = await withAuthorization(context, async () => {
    const decision = await checkCredential(event.authorizationToken);
    if (decision.kind !== 'granted')
      await record(event.methodArn, decision.client, decision.kind === 'denied' ? 403 : 401);
    return { decision, fields: logFields(decision) };
  });
  switch (decision.kind) {
    case 'refused':
      // API Gateway responds with 401 only to this message.
      throw new Error('Unauthorized');
    case 'denied':
      return {
        principalId: decision.domainId,
        policyDocument: stagePolicy('Deny', event.methodArn),
        // The access log shows whose request it was.
        context: { domainId: decision.domainId, reason: decision.reason },
      };
    case 'granted':
      return {
        principalId: decision.domainId,
        policyDocument: stagePolicy('Allow', event.methodArn),
        context: decision.context,
        usageIdentifierKey: decision.usageIdentifierKey,
      };
  }
}

function logFields(decision: CredentialDecision): object {
  if (decision.kind === 'refused') return { decision: decision.kind };
  const { kind, domainId } = decision;
  return {
    decision: kind,
    domainId,
    ...(kind === 'granted' ? { keyId: decision.context.keyId } : { reason: decision.reason }),
  };
}
