import { newId } from '../../../../shared/id';
import type { AdminCase } from './admin-case';

const TRUST = {
  issuer: 'https://login.microsoftonline.com/0199a8d2-0000-7000-8000-000000000001/v2.0',
  subject: '0199a8d2-0000-7000-8000-000000000002',
  audiences: ['api://AzureADTokenExchange'],
  tenant: '0199a8d2-0000-7000-8000-000000000001',
  jwksUrl: 'https://login.microsoftonline.com/0199a8d2-0000-7000-8000-000000000001/discovery/v2.0/keys',
} as const;

type Parameters = Readonly<Record<string, string>>;

/** A valid body for each operation about connections that has a body. */
export const CONNECTION_BODIES: Readonly<Record<string, unknown>> = {
  createConnection: { name: 'Example' },
  changeConnection: { name: 'Example' },
  createClientSecret: {},
  createTrust: TRUST,
  testAssertion: { assertion: 'a.b.c' },
};

const inYears = (years: number): string => new Date(Date.now() + years * 365.25 * 86_400_000).toISOString();

/** Cases for connections and their credentials. They follow those of SCIM keys. */
export const CONNECTION_CASES: readonly AdminCase[] = [
  {
    operationId: 'createConnection',
    status: 201,
    caller: 'owner',
    body: { name: ' Entra ID ', identityProvider: 'entra-id' },
    check: ({ body }, { parameters }) => {
      expect(body).toMatchObject({
        name: 'Entra ID',
        identityProvider: 'entra-id',
        status: 'active',
        clientId: `${parameters.domainId}.${body.connectionId}`,
        tokenUrl: expect.stringMatching(/\/scim\/oauth2\/token$/) as string,
        metadataUrl: expect.stringMatching(/\/scim\/\.well-known\/oauth-authorization-server$/) as string,
        credentials: [],
      });
      parameters.connectionId = body.connectionId;
    },
  },
  { operationId: 'createConnection', status: 400, caller: 'owner', body: { name: '' } },
  {
    operationId: 'createConnection',
    status: 400,
    condition: 'the identity provider is unknown',
    caller: 'owner',
    body: { name: 'x', identityProvider: 'example' },
  },
  {
    operationId: 'changeConnection',
    status: 200,
    caller: 'owner',
    body: { name: 'Microsoft' },
    check: ({ body }) => expect(body).toMatchObject({ name: 'Microsoft', identityProvider: 'entra-id' }),
  },
  { operationId: 'changeConnection', status: 400, caller: 'owner', body: { clientId: 'x' } },
  {
    operationId: 'changeConnection',
    status: 404,
    caller: 'owner',
    condition: 'the connection does not exist',
    parameters: { connectionId: newId() },
    body: { name: 'x' },
  },
  {
    operationId: 'confirmAdministratorsFromRoles',
    status: 200,
    caller: 'owner',
    check: ({ body }, { parameters }) =>
      expect(body.administratorsFromRoles).toMatchObject({ confirmedBy: parameters.ownerId }),
  },
  {
    operationId: 'confirmAdministratorsFromRoles',
    status: 200,
    condition: 'it is confirmed already',
    check: ({ body }, { parameters }) =>
      expect(body.administratorsFromRoles).toMatchObject({ confirmedBy: parameters.ownerId }),
  },
  {
    operationId: 'confirmAdministratorsFromRoles',
    status: 404,
    caller: 'owner',
    condition: 'the connection does not exist',
    parameters: { connectionId: newId() },
  },
  {
    operationId: 'withdrawAdministratorsFromRoles',
    status: 404,
    caller: 'owner',
    condition: 'the connection does not exist',
    parameters: { connectionId: newId() },
  },
  { operationId: 'withdrawAdministratorsFromRoles', status: 204, caller: 'owner' },
  {
    operationId: 'withdrawAdministratorsFromRoles',
    status: 204,
    condition: 'nobody has confirmed it',
    caller: 'owner',
  },
  {
    operationId: 'getConnection',
    status: 200,
    condition: 'a confirmation is withdrawn',
    check: ({ body }) => expect(body).not.toHaveProperty('administratorsFromRoles'),
  },
  {
    operationId: 'createClientSecret',
    status: 201,
    caller: 'owner',
    body: { name: 'First', expireTime: inYears(2) },
    check: ({ body }, { parameters }) => {
      expect(body.clientSecret).toMatch(/^scimsecret_/);
      parameters.credentialId = body.credentialId;
    },
  },
  {
    operationId: 'createClientSecret',
    status: 201,
    condition: 'it is the second one',
    caller: 'owner',
    body: {},
    check: ({ body }) => expect(body).toMatchObject({ name: 'Microsoft' }),
  },
  {
    operationId: 'createClientSecret',
    status: 409,
    condition: 'two are valid',
    caller: 'owner',
    body: {},
  },
  {
    operationId: 'createClientSecret',
    status: 400,
    condition: 'it would be valid for more than three years',
    caller: 'owner',
    body: { expireTime: inYears(4) },
  },
  {
    operationId: 'createTrust',
    status: 201,
    caller: 'owner',
    body: TRUST,
    check: ({ body }, { parameters }) => {
      expect(body).toMatchObject({ type: 'trust', name: 'Microsoft', status: 'active', trust: TRUST });
      parameters.trustId = body.credentialId;
    },
  },
  {
    operationId: 'createTrust',
    status: 400,
    condition: 'the host of the keys is not allowed',
    caller: 'owner',
    body: { ...TRUST, jwksUrl: 'https://keys.example.org/keys' },
  },
  {
    operationId: 'createScimKey',
    status: 201,
    condition: 'it belongs to a connection',
    caller: 'owner',
    body: ({ connectionId }: Parameters) => ({ name: 'Key', connectionId }),
    check: ({ body }, { parameters }) =>
      expect(body.key).toMatchObject({ connectionId: parameters.connectionId }),
  },
  {
    operationId: 'createScimKey',
    status: 404,
    condition: 'its connection does not exist',
    caller: 'owner',
    body: { name: 'Key', connectionId: newId() },
  },
  {
    operationId: 'getConnection',
    status: 200,
    caller: 'viewer',
    check: ({ body }) =>
      expect(body.credentials.map(({ type, status }) => `${type} ${status}`)).toEqual([
        'client-secret active',
        'client-secret active',
        'trust active',
        'scim-key active',
      ]),
  },
  {
    operationId: 'getConnection',
    status: 404,
    condition: 'the id is malformed',
    caller: 'viewer',
    parameters: { connectionId: 'x' },
  },
  {
    operationId: 'getConnection',
    status: 200,
    condition: 'the connection is a SCIM key that was created alone',
    caller: 'viewer',
    parameters: { connectionId: 'keyId' },
    check: ({ body }) => expect(body).toMatchObject({ name: 'Okta', identityProvider: 'other' }),
  },
  {
    operationId: 'listConnections',
    status: 200,
    caller: 'viewer',
    check: ({ body }, { parameters }) =>
      expect(body.items.map(({ connectionId }) => connectionId)).toEqual(
        expect.arrayContaining([parameters.connectionId, parameters.keyId]),
      ),
  },
  {
    operationId: 'testAssertion',
    status: 200,
    caller: 'owner',
    body: { assertion: 'not a token' },
    check: ({ body }, { parameters }) => {
      expect(body).toMatchObject({ accepted: false, credentialId: parameters.trustId });
      expect(body.checks.map(({ result }) => result)).toContain('failed');
    },
  },
  { operationId: 'testAssertion', status: 400, caller: 'owner', body: { assertion: 7 } },
  {
    operationId: 'getReadiness',
    status: 200,
    condition: 'it is about one connection',
    caller: 'viewer',
    query: ({ connectionId }) => `connectionId=${connectionId}`,
    check: ({ body }) =>
      expect((body as unknown as { findings: { code: string }[] }).findings.map(({ code }) => code)).toEqual([
        'key-unused',
      ]),
  },
  { operationId: 'getReadiness', status: 400, query: 'connectionId=x' },
  {
    operationId: 'getReadiness',
    status: 404,
    condition: 'the connection does not exist',
    query: `connectionId=${newId()}`,
  },
  { operationId: 'revokeCredential', status: 204, caller: 'owner' },
  { operationId: 'revokeCredential', status: 204, condition: 'the request is repeated', caller: 'owner' },
  {
    operationId: 'revokeCredential',
    status: 404,
    condition: 'the credential is of another connection',
    parameters: { credentialId: 'keyId' },
  },
  { operationId: 'revokeConnection', status: 204, caller: 'owner' },
  { operationId: 'revokeConnection', status: 204, condition: 'the request is repeated', caller: 'owner' },
  {
    operationId: 'revokeConnection',
    status: 404,
    condition: 'the connection does not exist',
    parameters: { connectionId: newId() },
  },
  {
    operationId: 'changeConnection',
    status: 409,
    condition: 'the connection is revoked',
    caller: 'owner',
    body: { name: 'x' },
  },
  {
    operationId: 'confirmAdministratorsFromRoles',
    status: 409,
    condition: 'the connection is revoked',
    caller: 'owner',
  },
  {
    operationId: 'createTrust',
    status: 409,
    condition: 'the connection is revoked',
    caller: 'owner',
    body: TRUST,
  },
  {
    operationId: 'confirmAdministratorsFromRoles',
    status: 409,
    condition: 'the connection is revoked',
    caller: 'owner',
  },
  {
    operationId: 'listAuditEvents',
    status: 200,
    condition: 'they are of one connection',
    caller: 'viewer',
    query: ({ connectionId }) => `connectionId=${connectionId}&limit=100`,
    check: ({ body }, { parameters }) => {
      const done = body.items.filter(({ action }) => action !== 'request.refused');
      expect(new Set(body.items.map(({ connectionId }) => connectionId))).toEqual(
        new Set([parameters.connectionId]),
      );
      expect(done.map(({ action }) => action).sort()).toEqual([
        'connection.created',
        'connection.revoked',
        'connection.updated',
        // The confirmation of administrators from roles, and its end.
        'connection.updated',
        'connection.updated',
        'key.created',
        'key.revoked',
        'secret.created',
        'secret.created',
        'secret.revoked',
        'secret.revoked',
        'trust.created',
        'trust.revoked',
      ]);
    },
  },
];
