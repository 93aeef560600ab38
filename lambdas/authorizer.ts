import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import { logger } from '../shared/telemetry';
import { stagePolicy } from '../shared/http/chain/stage-policy';
import { openCredentialCheck } from '../shared/service/credentials/credential-check';

const checkCredential = openCredentialCheck();

/** Checks the SCIM key of a request. API Gateway caches the result for each token. */
export async function handler(
  event: APIGatewayTokenAuthorizerEvent,
  context: Context,
): Promise<APIGatewayAuthorizerResult> {
  logger.addContext(context);
  const decision = await checkCredential(event.authorizationToken);
  switch (decision.kind) {
    case 'refused':
      // API Gateway responds with 401 only to this message.
      throw new Error('Unauthorized');
    case 'denied':
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
