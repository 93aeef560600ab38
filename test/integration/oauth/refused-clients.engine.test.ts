import { randomUUID } from 'node:crypto';
import { formatClientSecret, parseClientSecret } from '../../../shared/credentials/client-secret';
import { newId } from '../../../shared/id';
import { newSecret, parseToken } from '../../../shared/credentials/scim-key';
import {
  basic,
  createOAuthClient,
  GRANT,
  type OAuthClient,
  postForm,
  refusedTokens,
  requestToken,
} from '../../support/oauth/token-client';
import { createDomainClient, type DomainClient } from '../../support/system/system';

let domain: DomainClient;
let client: OAuthClient;
beforeAll(async () => {
  domain = await createDomainClient();
  client = await createOAuthClient(domain.domainId);
});

const refusals = (domainId = domain.domainId) => refusedTokens(domainId);

describe('a client that cannot prove who it is gets invalid_client', () => {
  const secretOf = (keyId: string, secret = newSecret()) => formatClientSecret({ keyId, secret });
  const own = () => parseClientSecret(client.clientSecret)!;
  let foreign: OAuthClient;
  let sibling: OAuthClient;
  beforeAll(async () => {
    foreign = await createOAuthClient((await createDomainClient()).domainId);
    sibling = await createOAuthClient(domain.domainId, 'Sibling');
  });

  it.each<[string, () => [clientId: string, secret: string]]>([
    ['a guessed secret', () => [client.clientId, secretOf(client.credentialId)]],
    ['a secret of an unknown credential', () => [client.clientId, secretOf(newId())]],
    ['a secret of another domain', () => [client.clientId, foreign.clientSecret]],
    ['the client id of another domain', () => [foreign.clientId, client.clientSecret]],
    ['the client id of another connection of the domain', () => [sibling.clientId, client.clientSecret]],
    ['the secret of another connection of the domain', () => [client.clientId, sibling.clientSecret]],
    [
      'a secret with another credential id',
      () => [client.clientId, secretOf(sibling.credentialId, own().secret)],
    ],
    ['a mistyped secret', () => [client.clientId, client.clientSecret.slice(0, -1) + '0']],
    ['a SCIM key', () => [client.clientId, domain.scimKey]],
    ['an access token', () => [client.clientId, formatted()]],
    [
      'the id of the SCIM key',
      () => [
        client.clientId,
        secretOf(parseToken(domain.scimKey)!.keyId, parseToken(domain.scimKey)!.secret),
      ],
    ],
    ['an unknown client id', () => [`${randomUUID()}.${randomUUID()}`, client.clientSecret]],
    ['a client id that is not one', () => ['me', client.clientSecret]],
  ])('%s', async (_, credentials) => {
    const [clientId, clientSecret] = credentials();
    for (const response of [
      await requestToken({ clientId, clientSecret }),
      await postForm(GRANT, { authorization: basic(clientId, clientSecret) }),
    ]) {
      expect([response.status, response.body]).toEqual([
        401,
        { error: 'invalid_client', error_description: expect.any(String) as string },
      ]);
      expect(JSON.stringify(response.body)).not.toContain(clientSecret.slice(-40));
    }
  });

  const formatted = () => domain.scimKey.replace('scim_', 'scimsecret_');

  it('and the domain of a known client gets an audit event that says which check failed', async () => {
    const { domainId } = await createDomainClient();
    const own = await createOAuthClient(domainId, 'Auditable');
    await requestToken({ ...own, clientSecret: secretOf(own.credentialId) });
    const [event, ...others] = await refusals(domainId);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      action: 'token.refused',
      resourceId: own.connectionId,
      resourceName: 'Auditable',
      status: 401,
      request: 'POST /oauth2/token',
      reason: expect.stringMatching(/^secret: The client has no such secret/) as string,
      actor: { kind: 'scimKey', keyName: 'Auditable', sourceAddress: expect.any(String) as string },
    });
  });

  it('and so it is for a malformed request of a known client', async () => {
    const { domainId } = await createDomainClient();
    const { clientId, clientSecret } = await createOAuthClient(domainId, 'Auditable');
    await postForm({ grant_type: 'password' }, { authorization: basic(clientId, clientSecret) });
    expect(await refusals(domainId)).toMatchObject([
      { status: 400, resourceName: 'Auditable', reason: expect.stringMatching(/^request: Send/) as string },
    ]);
  });

  it('and no domain learns of an unknown client', async () => {
    const domainId = randomUUID();
    await requestToken({ clientId: `${domainId}.${newId()}`, clientSecret: secretOf(newId()) });
    expect(await refusals(domainId)).toEqual([]);
  });
});
