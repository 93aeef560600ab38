import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { formatClientId } from '../../../shared/credentials/client-secret';
import { tokenHandler } from '../../../shared/http/token/token-handler';
import { newId } from '../../../shared/id';
import type { TokenDecision } from '../../../shared/service/tokens/token-issuer';

const client = { domainId: newId(), connectionId: newId() };
const clientId = formatClientId(client);
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const FORM = { grant_type: 'client_credentials', client_id: clientId, client_secret: 'secret' };
const ISSUED: TokenDecision = { kind: 'issued', client, accessToken: 'token', expiresIn: 60 };

const basicOf = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const basic = (id: string) => basicOf(`${id}:secret`);
const assertionOf = (payload: object) =>
  ['{}', JSON.stringify(payload), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

let recorded: unknown[];
beforeEach(() => (recorded = []));

/** Sends a form to a token endpoint that decides so. */
async function send(
  form: Readonly<Record<string, string>>,
  {
    decide = () => Promise.resolve(ISSUED),
    readConnection = () => Promise.resolve(),
    headers = {},
  }: {
    decide?: () => Promise<TokenDecision>;
    readConnection?: () => Promise<void>;
    headers?: Readonly<Record<string, string>>;
  } = {},
) {
  const handle = tokenHandler(
    () => ({
      issuer: {
        issue: decide,
        refusalOf: async (named, check, reason) => {
          await readConnection();
          return { kind: 'refused', check, reason, ...(named === clientId && { client }) };
        },
      },
      recordRefusal: ({ client: of, check }, status) => {
        recorded.push({ isKnown: of !== undefined, check, status });
        return Promise.resolve();
      },
    }),
    Date.now,
  );
  const event = {
    httpMethod: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(form).toString(),
    isBase64Encoded: false,
    queryStringParameters: null,
    requestContext: { requestId: 'r' },
  } as unknown as APIGatewayProxyEvent;
  const response = await handle(event, {} as Context);
  return { ...response, body: JSON.parse(response.body) as object };
}

it('an access token has the scope of SCIM', async () => {
  expect(await send(FORM)).toMatchObject({
    statusCode: 200,
    body: { access_token: 'token', token_type: 'Bearer', expires_in: 60, scope: 'scim' },
  });
  expect(recorded).toEqual([]);
});

it.each([
  ['ProvisionedThroughputExceededException', 503, { 'retry-after': '1' }, 'temporarily_unavailable'],
  ['TimeoutError', 503, { 'retry-after': '1' }, 'temporarily_unavailable'],
  ['TypeError', 500, {}, 'server_error'],
])('a failure of the kind %s is %d', async (name, statusCode, headers, error) => {
  const decide = () => Promise.reject(Object.assign(new Error('no'), { name }));
  expect(await send(FORM, { decide })).toMatchObject({ statusCode, headers, body: { error } });
});

describe('a refused request of a client is recorded', () => {
  const { grant_type: grant, ...withoutGrant } = FORM;
  const assertion = assertionOf({ sub: clientId });
  it.each<[string, Record<string, string>, Record<string, string>, number]>([
    ['without a grant type', withoutGrant, {}, 400],
    ['with another grant type', { ...FORM, grant_type: 'password' }, {}, 400],
    ['with two ways of authentication', FORM, { authorization: basic(clientId) }, 400],
    ['without a secret', { grant_type: grant, client_id: clientId }, {}, 401],
    ['with another grant type and HTTP Basic', { grant_type: 'x' }, { authorization: basic(clientId) }, 400],
    [
      'with HTTP Basic without a secret',
      { grant_type: grant },
      { authorization: basicOf(`${clientId}:`) },
      401,
    ],
    ['with an assertion of no type', { grant_type: grant, client_assertion: assertion }, {}, 400],
    [
      'with a type and no assertion',
      { grant_type: grant, client_id: clientId, client_assertion_type: JWT_BEARER },
      {},
      400,
    ],
  ])('%s', async (_, form, headers, status) => {
    expect((await send(form, { headers })).statusCode).toBe(status);
    expect(recorded).toEqual([{ isKnown: true, check: 'request', status }]);
  });

  it('that got too many tokens', async () => {
    const decide = () => Promise.resolve({ kind: 'limited', client, retryAfterSeconds: 20 } as const);
    expect(await send(FORM, { decide })).toMatchObject({
      statusCode: 429,
      headers: { 'retry-after': '20' },
    });
    expect(recorded).toEqual([{ isKnown: true, check: 'limit', status: 429 }]);
  });

  it('with a wrong secret', async () => {
    const decide = () => Promise.resolve({ kind: 'refused', client, check: 'secret', reason: 'x' } as const);
    expect((await send(FORM, { decide })).statusCode).toBe(401);
    expect(recorded).toEqual([{ isKnown: true, check: 'secret', status: 401 }]);
  });
});

it('a request that names no client is not recorded', async () => {
  expect((await send({ grant_type: 'password' })).statusCode).toBe(401);
  expect(recorded).toEqual([]);
});

it('a refusal that cannot be recorded has the same response', async () => {
  const readConnection = () => Promise.reject(new Error('busy'));
  expect(await send({ ...FORM, grant_type: 'x' }, { readConnection })).toMatchObject({
    statusCode: 400,
    body: { error: 'unsupported_grant_type' },
  });
});
