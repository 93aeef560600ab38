import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { stagePolicy } from '../shared/http/chain/stage-policy';
import { shareOf, usageKeyOf } from '../shared/license-check-limits';

/**
 * Lets everybody ask, as a product has no secret of its own; says which share of the usage plan an address belongs to.
 * API Gateway caches the answer for the address.
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
