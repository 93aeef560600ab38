import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import { logger } from '../shared/telemetry';
import { stagePolicy } from '../shared/http/chain/stage-policy';
import { recordRefusedCredential } from '../shared/http/requests/refused-credential';
import { openRequestRecorder } from '../shared/http/requests/request-recorder';
import { openCredentialCheck } from '../shared/service/credentials/credential-check';

const checkCredential = openCredentialCheck();
const record = recordRefusedCredential(openRequestRecorder(Date.now), Date.now);

/** Checks the SCIM key of a request. API Gateway caches the result for each token. */
export async function handler(
  event: APIGatewayTokenAuthorizerEvent,
  context: Context,
): Promise<APIGatewayAuthorizerResult> {
  logger.addContext(context);
  const decision = await checkCredential(event.authorizationToken);
  switch (decision.kind) {
    case 'refused':
      await record(event.methodArn, decision.client, 401);
      // API Gateway responds with 401 only to this message.
      throw new Error('Unauthorized');
    case 'denied':
      await record(event.methodArn, decision.client, 403);
      return {
        principalId: decision.domainId,
        policyDocument: stagePolicy('Deny', event.methodArn),
        context: { reason: decision.reason },
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
