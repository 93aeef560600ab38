import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import { ENV } from '../../shared/env';
import { formatToken, newSecret } from '../../shared/credentials/scim-key';
import { newId } from '../../shared/id';
import type { DomainAdmin } from '../../shared/service/domains/domain-admin';
import type { ScimKeyAdmin } from '../../shared/service/credentials/scim-key-admin';
import type { Domain } from '../../shared/store/domains/domain-store';
import { deployment, domainAdmin, OPERATOR, scimKeyAdmin } from '../support/system/system';

const STAGE_ARN = 'arn:aws:execute-api:us-east-1:123456789012:abcdef/scim';

let handler: (event: APIGatewayTokenAuthorizerEvent, context: Context) => Promise<APIGatewayAuthorizerResult>;
let admin: DomainAdmin;
let keys: ScimKeyAdmin;
let domain: Domain;

beforeAll(async () => {
  [admin, keys] = await Promise.all([domainAdmin(), scimKeyAdmin()]);
  const { tableName, keyPepperSecretArn } = await deployment();
  Object.assign(process.env, { [ENV.tableName]: tableName, [ENV.keyPepperSecretArn]: keyPepperSecretArn });
  ({ handler } = await import('../../lambdas/authorizer'));
  domain = await admin.createDomain({ name: 'Example', ratePlan: 'gallery' }, OPERATOR);
});

const authorize = (authorizationToken: string, path = 'GET/v2/Users/42') =>
  handler({ type: 'TOKEN', methodArn: `${STAGE_ARN}/${path}`, authorizationToken }, {
    functionName: 'authorizer',
  } as Context);

describe('the authorizer', () => {
  it('allows the whole stage, because the result is cached for every method and path', async () => {
    const { token, keyId } = await keys.createScimKey(domain.domainId, { name: 'Okta' }, OPERATOR);
    expect(await authorize(`Bearer ${token}`)).toEqual({
      principalId: domain.domainId,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${STAGE_ARN}/*` }],
      },
      context: { domainId: domain.domainId, keyId, keyName: 'Okta', ratePlan: 'gallery' },
      usageIdentifierKey: domain.usageIdentifierKey,
    });
  });

  it('returns only strings in the context', async () => {
    const { token } = await keys.createScimKey(
      domain.domainId,
      {
        name: 'Okta',
        expireTime: '2099-01-01T00:00:00Z',
      },
      OPERATOR,
    );
    const { context } = await authorize(`Bearer ${token}`);
    expect(context?.expireTime).toBe('2099-01-01T00:00:00.000Z');
    for (const value of Object.values(context ?? {})) expect(typeof value).toBe('string');
  });

  it.each(['bearer ', 'BEARER ', 'Bearer    ', ''])('accepts the scheme %p', async (scheme) => {
    const { token } = await keys.createScimKey(domain.domainId, { name: 'Okta' }, OPERATOR);
    expect((await authorize(scheme + token)).principalId).toBe(domain.domainId);
  });

  it.each(['Basic ', 'Token ', 'Bearer', 'Bearer Bearer ', 'Digest username="a", ', ' '])(
    'refuses the scheme %p',
    async (scheme) => {
      const { token } = await keys.createScimKey(domain.domainId, { name: 'Okta' }, OPERATOR);
      await expect(authorize(scheme + token)).rejects.toEqual(new Error('Unauthorized'));
    },
  );

  it('refuses every invalid key with the message that becomes a 401', async () => {
    const { domainId } = domain;
    const revoked = await keys.createScimKey(domainId, { name: 'Okta' }, OPERATOR);
    await keys.revokeScimKey(domainId, revoked.keyId, OPERATOR);
    const tokens = [
      revoked.token,
      'scim_nonsense',
      '',
      formatToken({ domainId, keyId: newId(), secret: newSecret() }),
      formatToken({ domainId: newId(), keyId: revoked.keyId, secret: newSecret() }),
    ];
    for (const token of tokens) {
      const failure: unknown = await authorize(`Bearer ${token}`).catch((error: unknown) => error);
      expect(failure).toEqual(new Error('Unauthorized'));
    }
  });

  it('denies a domain to which SCIM is not available, and gives a reason that is safe in JSON', async () => {
    const { domainId } = await admin.createDomain({ name: 'Plan', scimAvailable: false }, OPERATOR);
    const { token } = await keys.createScimKey(domainId, { name: 'Okta' }, OPERATOR);
    const { policyDocument, context } = await authorize(`Bearer ${token}`);
    expect(policyDocument.Statement).toMatchObject([{ Effect: 'Deny' }]);
    expect(context).toEqual({
      domainId: expect.any(String) as string,
      reason: expect.stringMatching(/^SCIM is not available [^"\\\n]*$/) as string,
    });
  });

  it('denies a domain whose SCIM is disabled, and says why', async () => {
    const { domainId } = await admin.createDomain({ name: 'Off' }, OPERATOR);
    const { token } = await keys.createScimKey(domainId, { name: 'Okta' }, OPERATOR);
    await admin.updateDomain(domainId, { scimEnabled: false }, OPERATOR);
    expect(await authorize(`Bearer ${token}`)).toEqual({
      principalId: domainId,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: `${STAGE_ARN}/*` }],
      },
      context: {
        domainId: expect.any(String) as string,
        reason: expect.stringMatching('disabled') as string,
      },
    });
  });
});
