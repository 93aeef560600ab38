import { METADATA_PATH, TOKEN_PATH } from '../../../shared/credentials/oauth-paths';
import type { AuditEvent } from '../../../shared/store/audit/audit';
import { AuditLog } from '../../../shared/store/audit/audit-log';
import { systemTable } from '../consistency/domain-data';
import { clientWithKey, connectionAdmin, OPERATOR, session, type ClientResponse } from '../system/system';

/** Returns the issuer of access tokens, which is the address of the SCIM API with its stage. */
export const issuerUrl = (): string => session().baseUrl.replace(/\/v2$/, '');
export const tokenUrl = (): string => issuerUrl() + TOKEN_PATH;
export const metadataUrl = (): string => issuerUrl() + METADATA_PATH;

export const FORM = 'application/x-www-form-urlencoded';
export const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** A connection with a client secret. */
export interface OAuthClient {
  readonly domainId: string;
  readonly connectionId: string;
  readonly credentialId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Creates a connection with a client secret in a domain. */
export async function createOAuthClient(domainId: string, name = 'Entra ID'): Promise<OAuthClient> {
  const admin = await connectionAdmin();
  const { connectionId } = await admin.createConnection(
    domainId,
    { name, identityProvider: 'entra-id' },
    OPERATOR,
  );
  return { domainId, connectionId, ...(await addSecret(domainId, connectionId)) };
}

/** Adds a client secret to a connection. */
export async function addSecret(
  domainId: string,
  connectionId: string,
): Promise<Pick<OAuthClient, 'credentialId' | 'clientId' | 'clientSecret'>> {
  const admin = await connectionAdmin();
  const { credential, clientId, clientSecret } = await admin.createSecret(
    domainId,
    connectionId,
    {},
    OPERATOR,
  );
  return { credentialId: credential.credentialId, clientId, clientSecret };
}

/** Returns the value of the header Authorization for HTTP Basic, with form-encoded parts. */
export const basic = (clientId: string, secret: string): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`;

/** Sends a form to the token endpoint. Parameters that are undefined are left out. */
export async function postForm(
  form: Readonly<Record<string, string | undefined>> | string,
  headers: Readonly<Record<string, string>> = {},
  method = 'POST',
): Promise<ClientResponse> {
  const given =
    typeof form === 'string' ? form : Object.entries(form).filter((each) => each[1] !== undefined);
  const body =
    typeof given === 'string' ? given : new URLSearchParams(given as [string, string][]).toString();
  const response = await fetch(tokenUrl(), {
    method,
    headers: { 'content-type': FORM, ...headers },
    ...(method !== 'GET' && { body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
  };
}

export const GRANT = { grant_type: 'client_credentials' } as const;

type ClientWithSecret = Pick<OAuthClient, 'clientId' | 'clientSecret'>;

/** Returns the form with which a client requests an access token. `more` replaces its parameters. */
export const formOf = <T extends Readonly<Record<string, string | undefined>>>(
  { clientId, clientSecret }: ClientWithSecret,
  more?: T,
) => ({ ...GRANT, client_id: clientId, client_secret: clientSecret, ...more });

/** Requests an access token with the secret of a client in the form. */
export const requestToken = (client: ClientWithSecret) => postForm(formOf(client));

/** Returns the status of a SCIM request with a token. */
export const statusWith = async (domainId: string, token: string, authorization = `Bearer ${token}`) =>
  (await clientWithKey(domainId, token).request('GET', '/ResourceTypes', undefined, { authorization }))
    .status;

/** Returns the refused token requests of a domain in its audit log, the latest first. */
export async function refusedTokens(domainId: string): Promise<readonly AuditEvent[]> {
  const log = new AuditLog(await systemTable(), domainId);
  return (await log.page({ action: 'token.refused' }, 100, new Date())).events;
}

/** Returns an access token of a client. */
export async function accessToken(client: ClientWithSecret): Promise<string> {
  const response = await requestToken(client);
  if (response.status !== 200) throw new Error(`${response.status} ${JSON.stringify(response.body)}`);
  return (response.body as { access_token: string }).access_token;
}
