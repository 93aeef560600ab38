import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { stagePolicy } from '../shared/http/chain/stage-policy';
import { shareOf, usageKeyOf } from '../shared/license-check-limits';

/**
 * Allows every request, because a product has no secret of its own, and assigns the address to a share of the
 * usage plan. API Gateway caches the result for each address.
 */
export const handler = ({
  methodArn,
  requestContext,
}: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
  const share = shareOf(requestContext.identity.sourceIp);
  return Promise.resolve({
    principalId: `share-${share}`,
    policyDocument: stagePolicy('Allow', methodArn),
    usageIdentifierKey: usageKeyOf(share),
  });
};
