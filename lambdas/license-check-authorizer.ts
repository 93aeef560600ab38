import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent, Context } from 'aws-lambda';
import { stagePolicy } from '../shared/http/chain/stage-policy';
import { ENV, requireEnv } from '../shared/env';
import { addressShare, usageKeyOf } from '../shared/limits/license-check-limits';
import { withAuthorization } from '../shared/logging/telemetry';

/**
 * Allows every request, because a product has no secret of its own, and assigns the address to a share of the
 * usage plan. API Gateway caches the result for each address. The salt of the shares is the name of the
 * function: CloudFormation generates its end at random, and no response contains it.
 */
export async function handler(
  { methodArn, requestContext }: APIGatewayRequestAuthorizerEvent,
  context: Context,
): Promise<APIGatewayAuthorizerResult> {
  const { share } = await withAuthorization(context, () => {
    const share = addressShare(requestContext.identity.sourceIp, context.functionName);
    return Promise.resolve({ share, fields: { decision: 'granted', share } });
  });
  return {
    principalId: `share-${share}`,
    policyDocument: stagePolicy('Allow', methodArn),
    usageIdentifierKey: usageKeyOf(share, requireEnv(ENV.licenseCheckKeyPrefix)),
  };
}
