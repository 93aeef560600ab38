import type { PolicyDocument } from 'aws-lambda';

/** Returns an authorizer's policy for the whole stage: API Gateway caches it for every method and path. */
export function stagePolicy(Effect: 'Allow' | 'Deny', methodArn: string): PolicyDocument {
  const stageArn = methodArn.split('/').slice(0, 2).join('/');
  return {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: `${stageArn}/*` }],
  };
}
