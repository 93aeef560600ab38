import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import { ENV, requireEnv } from '../shared/env';
import { tokenInHeader } from '../shared/scim-key';
import { logger } from '../shared/telemetry';
import { stagePolicy } from '../shared/http/chain/stage-policy';
import { authenticate } from '../shared/service/credentials/authenticate';
import { readSecret } from '../shared/store/secrets/secret';
import { ScimKeyStore } from '../shared/store/credentials/scim-key-store';
import { openTable } from '../shared/store/table/table';

let keys: ScimKeyStore | undefined;

/** Checks the SCIM key of a request. API Gateway caches the result for each token. */
export async function handler(
  event: APIGatewayTokenAuthorizerEvent,
  context: Context,
): Promise<APIGatewayAuthorizerResult> {
  logger.addContext(context);
  keys ??= new ScimKeyStore(openTable());
  const token = tokenInHeader(event.authorizationToken);
  const pepper = () => readSecret(requireEnv(ENV.keyPepperSecretArn));
  const result = await authenticate(token, keys, pepper, new Date());
  switch (result.kind) {
    case 'refused':
      // API Gateway responds with 401 only to this message.
      throw new Error('Unauthorized');
    case 'switchedOff':
      return {
        principalId: result.domain.domainId,
        policyDocument: stagePolicy('Deny', event.methodArn),
        context: {
          reason: 'SCIM is switched off for this connection. A license administrator can switch it on.',
        },
      };
    case 'granted': {
      const { domain, key } = result;
      return {
        principalId: domain.domainId,
        policyDocument: stagePolicy('Allow', event.methodArn),
        context: {
          domainId: domain.domainId,
          keyId: key.keyId,
          keyName: key.name,
          ratePlan: domain.ratePlan,
          ...(key.expireTime !== undefined && { expireTime: key.expireTime }),
        },
        usageIdentifierKey: domain.usageIdentifierKey,
      };
    }
  }
}
