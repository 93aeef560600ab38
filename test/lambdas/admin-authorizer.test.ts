import type { APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import { handler } from '../../lambdas/admin-authorizer';

const context = {
  functionName: 'admin-authorizer',
  getRemainingTimeInMillis: () => 1_000,
} as unknown as Context;
const event = (token: string): APIGatewayTokenAuthorizerEvent => ({
  type: 'TOKEN',
  methodArn: 'arn:aws:execute-api:us-east-1:000000000000:api/admin/GET/v1/domains',
  authorizationToken: `Bearer ${token}`,
});

/** A token in the form of a JWT. */
const ID_TOKEN = ['{"alg":"RS256","kid":"a"}', '{"iss":"https://login.example.com","sub":"a"}', 'signature']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

it('without an issuer, an ID token is refused without a request to anybody', async () => {
  const requests = jest.spyOn(globalThis, 'fetch');
  delete process.env.ISSUER;
  await expect(handler(event(ID_TOKEN), context)).rejects.toThrow(/^Unauthorized$/);
  expect(requests).not.toHaveBeenCalled();
});
