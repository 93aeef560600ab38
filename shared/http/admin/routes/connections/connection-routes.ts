import { METADATA_PATH, TOKEN_PATH } from '../../../../credentials/oauth-paths';
import type { Connection, ConnectionCredential } from '../../../../service/connections/connection-view';
import type { ConnectionAdmin } from '../../../../service/connections/connection-admin';
import type { RolesConfirmationAdmin } from '../../../../service/connections/roles-confirmation';
import type { AssertionResult } from '../../../../service/assertions/assertion';
import type { Clock } from '../../../chain/clock';
import {
  ASSERTION_TO_TEST,
  CONNECTION_CHANGE,
  NEW_CLIENT_SECRET,
  NEW_CONNECTION,
  NEW_TRUST,
} from './connection-bodies';
import { ok, route, type AdminRoute } from '../../route';

export interface ConnectionRoutesOptions {
  readonly admin: ConnectionAdmin;
  readonly confirmations: RolesConfirmationAdmin;
  readonly testAssertion: (
    domainId: string,
    connectionId: string,
    assertion: string,
  ) => Promise<AssertionResult>;
  /** The base URL of the SCIM API. */
  readonly scimBaseUrl: string;
  readonly now: Clock;
}

const LIST = '/domains/{domainId}/connections';
const ONE = `${LIST}/{connectionId}`;

/** The connections of a domain, and their credentials. */
export function connectionRoutes(options: ConnectionRoutesOptions): AdminRoute[] {
  return [
    ...routesOfConnections(options),
    ...routesOfConfirmations(options),
    ...routesOfCredentials(options),
  ];
}

/** A setup link must not make administrators, so none of these routes allows one. */
function routesOfConfirmations({ confirmations, scimBaseUrl, now }: ConnectionRoutesOptions): AdminRoute[] {
  const path = `${ONE}/administrators-from-roles`;
  return [
    route({
      method: 'POST',
      path,
      access: 'owner',
      handle: async ({ domain, parameters: { connectionId }, actor }) => {
        const connection = await confirmations.confirm(domain.domainId, connectionId, actor);
        return ok(connectionView(connection, scimBaseUrl, now()));
      },
    }),
    route({
      method: 'DELETE',
      path,
      access: 'owner',
      handle: async ({ domain, parameters: { connectionId }, actor }) => {
        await confirmations.withdraw(domain.domainId, connectionId, actor);
        return { status: 204 };
      },
    }),
  ];
}

function routesOfConnections({ admin, scimBaseUrl, now }: ConnectionRoutesOptions): AdminRoute[] {
  const view = (connection: Connection): object => connectionView(connection, scimBaseUrl, now());
  return [
    route({
      method: 'GET',
      path: LIST,
      access: 'viewer',
      allowsSetupLink: true,
      handle: async ({ domain }) => ok({ items: (await admin.listConnections(domain.domainId)).map(view) }),
    }),
    route({
      method: 'POST',
      path: LIST,
      access: 'owner',
      allowsSetupLink: true,
      body: NEW_CONNECTION,
      handle: async ({ domain, body: { name, identityProvider = 'other' }, actor }) => {
        const connection = await admin.createConnection(domain.domainId, { name, identityProvider }, actor);
        return { status: 201, body: view(connection) };
      },
    }),
    route({
      method: 'GET',
      path: ONE,
      access: 'viewer',
      allowsSetupLink: true,
      handle: async ({ domain, parameters: { connectionId } }) =>
        ok(view(await admin.getConnection(domain.domainId, connectionId))),
    }),
    route({
      method: 'PATCH',
      path: ONE,
      access: 'owner',
      allowsSetupLink: true,
      body: CONNECTION_CHANGE,
      handle: async ({ domain, parameters: { connectionId }, body, actor }) =>
        ok(view(await admin.updateConnection(domain.domainId, connectionId, body, actor))),
    }),
    route({
      method: 'DELETE',
      path: ONE,
      access: 'owner',
      allowsSetupLink: true,
      flushesCache: () => true,
      handle: async ({ domain, parameters: { connectionId }, actor }) => {
        await admin.revokeConnection(domain.domainId, connectionId, actor);
        return { status: 204 };
      },
    }),
  ];
}

function routesOfCredentials(options: ConnectionRoutesOptions): AdminRoute[] {
  const { admin, testAssertion, scimBaseUrl, now } = options;
  const { scimUrl, tokenUrl } = urlsOf(scimBaseUrl);
  return [
    route({
      method: 'POST',
      path: `${ONE}/secrets`,
      access: 'owner',
      allowsSetupLink: true,
      body: NEW_CLIENT_SECRET,
      handle: async ({ domain, parameters: { connectionId }, body, actor }) => {
        const created = await admin.createSecret(domain.domainId, connectionId, body, actor);
        const { credential, clientId, clientSecret } = created;
        const { credentialId, name, expireTime } = credential;
        return {
          status: 201,
          body: { credentialId, name, expireTime, clientId, clientSecret, tokenUrl, scimUrl },
        };
      },
    }),
    route({
      method: 'POST',
      path: `${ONE}/trusts`,
      access: 'owner',
      allowsSetupLink: true,
      body: NEW_TRUST,
      handle: async ({ domain, parameters: { connectionId }, body, actor }) => {
        const trust = await admin.createTrust(domain.domainId, connectionId, body, actor);
        return { status: 201, body: credentialView(trust, now()) };
      },
    }),
    route({
      method: 'DELETE',
      path: `${ONE}/credentials/{credentialId}`,
      access: 'owner',
      allowsSetupLink: true,
      flushesCache: () => true,
      handle: async ({ domain, parameters: { connectionId, credentialId }, actor }) => {
        await admin.revokeCredential(domain.domainId, connectionId, credentialId, actor);
        return { status: 204 };
      },
    }),
    route({
      method: 'POST',
      path: `${ONE}/assertion-tests`,
      access: 'owner',
      allowsSetupLink: true,
      body: ASSERTION_TO_TEST,
      handle: async ({ domain, parameters: { connectionId }, body: { assertion } }) =>
        ok(testView(await testAssertion(domain.domainId, connectionId, assertion))),
    }),
  ];
}

/** Returns the URLs of a deployment that the configuration of an identity provider needs. */
function urlsOf(scimBaseUrl: string) {
  const issuer = scimBaseUrl.replace(/\/v2$/, '');
  return {
    scimUrl: scimBaseUrl,
    tokenUrl: issuer + TOKEN_PATH,
    metadataUrl: issuer + METADATA_PATH,
  };
}

const connectionView = (connection: Connection, scimBaseUrl: string, now: number): object => ({
  ...connection,
  status: connection.revokedAt === undefined ? 'active' : 'revoked',
  ...urlsOf(scimBaseUrl),
  credentials: connection.credentials.map((credential) => credentialView(credential, now)),
});

function credentialView(credential: ConnectionCredential, now: number): object {
  const { expireTime, revokedAt } = credential;
  const hasExpired = expireTime !== undefined && Date.parse(expireTime) <= now;
  const status = revokedAt !== undefined ? 'revoked' : hasExpired ? 'expired' : 'active';
  return { ...credential, status };
}

const testView = ({ accepted, keyId, checks }: AssertionResult): object => ({
  accepted,
  credentialId: keyId,
  checks,
});
