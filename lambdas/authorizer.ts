import { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import { ENV, requireEnv } from '../shared/env';
import { authenticate } from '../shared/service/authenticate';
import { readSecret } from '../shared/secret';
import { ScimKeyStore } from '../shared/store/scim-key-store';
import { openTable } from '../shared/store/table';

const logger = new Logger();
let keys: ScimKeyStore | undefined;

/** Checks the SCIM key of a request. API Gateway caches the answer for the token. */
export async function handler(
  event: APIGatewayTokenAuthorizerEvent,
  context: Context,
): Promise<APIGatewayAuthorizerResult> {
  logger.addContext(context);
  keys ??= new ScimKeyStore(openTable());
  const token = event.authorizationToken.replace(/^bearer\s+/i, '');
  const pepper = () => readSecret(requireEnv(ENV.keyPepperSecretArn));
  const answer = await authenticate(token, keys, pepper, new Date());
  switch (answer.kind) {
    case 'refused':
      // The one message that API Gateway turns into its 401.
      throw new Error('Unauthorized');
    case 'switchedOff':
      return policy('Deny', event, answer.domain.domainId, {
        reason: 'SCIM is switched off for this connection. A license administrator can switch it on.',
      });
    case 'granted': {
      const { domain, key } = answer;
      return {
        ...policy('Allow', event, domain.domainId, {
          domainId: domain.domainId,
          keyId: key.keyId,
          keyName: key.name,
          ratePlan: domain.ratePlan,
          ...(key.expireTime !== undefined && { expireTime: key.expireTime }),
        }),
        usageIdentifierKey: domain.usageIdentifierKey,
      };
    }
  }
}

/** Covers the whole stage: the cached answer serves every method and path. */
function policy(
  Effect: 'Allow' | 'Deny',
  { methodArn }: APIGatewayTokenAuthorizerEvent,
  principalId: string,
  context: Record<string, string>,
): APIGatewayAuthorizerResult {
  const stageArn = methodArn.split('/').slice(0, 2).join('/');
  return {
    principalId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: `${stageArn}/*` }],
    },
    context,
  };
}
