import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { handler } from '../../lambdas/license-check-authorizer';
import { ENV } from '../../shared/env';
import { addressShare, usageKeyOf } from '../../shared/limits/license-check-limits';
import { lambdaContext } from '../support/requests/api-events';

const requestFrom = (sourceIp: string) =>
  ({
    type: 'REQUEST',
    methodArn: 'arn:aws:execute-api:us-east-1:123456789012:api/license/GET/v1/check',
    requestContext: { identity: { sourceIp } },
  }) as unknown as APIGatewayRequestAuthorizerEvent;

beforeAll(() => (process.env[ENV.licenseCheckKeyPrefix] = 'license-check-prod'));
afterAll(() => delete process.env[ENV.licenseCheckKeyPrefix]);

const CONTEXT = { ...lambdaContext, functionName: 'ScimApi-LicenseCheckAuthorizer-1A2B3C4D5E6F' };

describe('the authorizer of license checks', () => {
  it('allows every client the whole stage, because the result is cached', async () => {
    expect((await handler(requestFrom('192.0.2.1'), CONTEXT)).policyDocument).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: 'Allow',
          Resource: 'arn:aws:execute-api:us-east-1:123456789012:api/license/*',
        },
      ],
    });
  });

  it('charges requests to the share of their address', async () => {
    for (const address of ['192.0.2.1', '198.51.100.7', '2001:db8::1']) {
      const share = addressShare(address, CONTEXT.functionName);
      expect(await handler(requestFrom(address), CONTEXT)).toMatchObject({
        principalId: `share-${share}`,
        usageIdentifierKey: usageKeyOf(share, 'license-check-prod'),
      });
    }
  });
});
