import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent, Context } from 'aws-lambda';
import { stagePolicy } from '../shared/http/chain/stage-policy';
import { ENV, requireEnv } from '../shared/env';
import { addressShare, usageKeyOf } from '../shared/license-check-limits';

/**
 * Allows every request, because a product has no secret of its own, and assigns the address to a share of the
 * usage plan. API Gateway caches the result for each address. The salt of the shares is the name of the
 * function: CloudFormation generates its end at random, and no response contains it.
 */
export const handler = (
  { methodArn, requestContext }: APIGatewayRequestAuthorizerEvent,
  { functionName }: Pick<Context, 'functionName'>,
): Promise<APIGatewayAuthorizerResult> => {
  const share = addressShare(requestContext.identity.sourceIp, functionName);
  return Promise.resolve({
    principalId: `share-${share}`,
    policyDocument: stagePolicy('Allow', methodArn),
    usageIdentifierKey: usageKeyOf(share, requireEnv(ENV.licenseCheckKeyPrefix)),
  });
};
