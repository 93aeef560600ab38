import { formatToken, newSecret } from '../../shared/credentials/scim-key';

export const BENCH_ID = '00000000-0000-7000-8000-000000000001';
const PRINCIPAL = {
  ...{ domainId: BENCH_ID, keyId: BENCH_ID, keyName: 'Okta', connectionId: BENCH_ID, ratePlan: 'unmetered' },
  ...{ principalId: BENCH_ID, callerId: BENCH_ID, role: 'operator', name: 'Bench' },
};
const METHOD_ARN = 'arn:aws:execute-api:us-east-1:000000000000:api/scim/GET/v2/Users';

/** Returns the event that API Gateway sends. `path` is that of the request, below the stage. */
export const request = (method: string, path: string, body: object | null = null): object => ({
  httpMethod: method,
  headers: {
    'X-Forwarded-Proto': 'https',
    'User-Agent': 'Okta',
    'license-key': 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE',
  },
  multiValueHeaders: {},
  path,
  resource: path,
  pathParameters: null,
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  stageVariables: null,
  body: body && JSON.stringify(body),
  isBase64Encoded: false,
  requestContext: {
    requestId: 'bench',
    path: `/scim${path}`,
    domainName: 'api.example.com',
    stage: 'scim',
    requestTimeEpoch: Date.now(),
    identity: { sourceIp: '192.0.2.1', userAgent: 'Okta' },
    authorizer: PRINCIPAL,
  },
});

/** A token that is well-formed, so that its function looks for the credential. */
const TOKEN = formatToken({ domainId: BENCH_ID, keyId: BENCH_ID, secret: newSecret() });

/**
 * The event of the first response of each function. The functions behind the stream and queues get one
 * without records.
 */
const EVENTS: Readonly<Record<string, object>> = {
  users: request('GET', `/v2/Users/${BENCH_ID}`),
  groups: request('GET', `/v2/Groups/${BENCH_ID}`),
  bulk: request('POST', '/v2/Bulk', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    Operations: [{ method: 'DELETE', path: `/Users/${BENCH_ID}` }],
  }),
  search: request('POST', '/v2/.search', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
    count: 1,
  }),
  discovery: request('GET', '/v2/Schemas'),
  readiness: request('GET', '/v2/readiness'),
  'not-found': request('GET', '/v2/Nothing'),
  'license-check': request('GET', '/license/v1/check'),
  'license-lease': request('GET', '/license/v1/lease'),
  token: request('POST', '/oauth2/token'),
  admin: request('GET', '/admin/v1/domains'),
  'admin-users': request('GET', `/admin/v1/domains/${BENCH_ID}/users`),
  authorizer: { type: 'TOKEN', authorizationToken: `Bearer ${TOKEN}`, methodArn: METHOD_ARN },
  'admin-authorizer': { type: 'TOKEN', authorizationToken: 'Bearer scim_admin_bench', methodArn: METHOD_ARN },
  'license-check-authorizer': {
    ...{ type: 'REQUEST', headers: {}, methodArn: METHOD_ARN },
    requestContext: { identity: { sourceIp: '192.0.2.1' } },
  },
};

export const firstEvent = (name: string): object => EVENTS[name] ?? { Records: [] };
