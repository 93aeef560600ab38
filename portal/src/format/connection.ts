import type { Connection, Credential, IdentityProvider } from '../api/schema';
import type { StatusLabel } from './labels';
import { t } from './messages';

export const IDENTITY_PROVIDERS: Readonly<Record<IdentityProvider, string>> = {
  okta: 'Okta',
  'entra-id': 'Microsoft Entra ID',
  other: t('anotherIdentityProvider'),
};

type CredentialType = Credential['type'];

/** The one name of each type of credential in the portal. */
export const CREDENTIAL_TYPES: Readonly<Record<CredentialType, string>> = {
  'scim-key': t('scimKey'),
  'client-secret': t('clientSecret'),
  trust: t('workloadIdentityTrust'),
};

const CREDENTIAL_COUNTS = {
  'scim-key': 'scimKeys',
  'client-secret': 'clientSecrets',
  trust: 'trusts',
} as const satisfies Record<CredentialType, string>;

/** Returns a name for a new credential that no other credential of the connection has. */
export function newCredentialName({ name, credentials }: Connection): string {
  const used = new Set(credentials.map((one) => one.name));
  let candidate = name;
  for (let number = 2; used.has(candidate); number += 1) candidate = `${name} ${number}`;
  return candidate;
}

/** The number of client secrets of a connection that may be active at the same time. */
export const MAX_ACTIVE_SECRETS = 2;

/** Returns the credentials of a type that work, oldest first. */
export const activeCredentials = (
  { credentials }: Connection,
  type?: CredentialType,
): readonly Credential[] =>
  credentials
    .filter(({ status, type: its }) => status === 'active' && (type === undefined || its === type))
    .sort((one, other) => one.createdAt.localeCompare(other.createdAt));

/**
 * An access token lives for one to six hours, so a client may use the former secret for this long after a
 * rotation.
 */
const MAX_ACCESS_TOKEN_MS = 6 * 3_600_000;

export type RotationState = 'waiting' | 'in-use' | 'done';

/**
 * Returns how far a rotation is: no request came with the new secret yet, or some did while an access token
 * of the former secret may still be in use, or the former secret can be revoked without a refused request.
 */
export function rotationState(former: Credential, current: Credential, now: Date): RotationState {
  if (!current.lastUsedAt) return 'waiting';
  const { lastUsedAt } = former;
  const isUnused = !lastUsedAt || now.getTime() - Date.parse(lastUsedAt) > MAX_ACCESS_TOKEN_MS;
  return isUnused ? 'done' : 'in-use';
}

/** Returns whether a connection can authenticate by assertions. */
export const hasTrust = (connection: Connection): boolean =>
  activeCredentials(connection, 'trust').length > 0;

/** Returns the time of the last request with a credential that works; undefined if there was none. */
export const lastRequestAt = (connection: Connection): string | undefined =>
  activeCredentials(connection)
    .flatMap(({ lastUsedAt }) => lastUsedAt ?? [])
    .sort()
    .at(-1);

export type ConnectionState = 'revoked' | 'no-credential' | 'expired' | 'waiting' | 'connected';

/** Returns the state of a connection. It is connected only by a request with one of its own credentials. */
export function connectionState(connection: Connection): ConnectionState {
  if (connection.status === 'revoked') return 'revoked';
  if (activeCredentials(connection).length === 0) {
    const hasExpired = connection.credentials.some(({ status }) => status === 'expired');
    return hasExpired ? 'expired' : 'no-credential';
  }
  return lastRequestAt(connection) ? 'connected' : 'waiting';
}

const CONNECTION_STATES: Readonly<Record<ConnectionState, StatusLabel>> = {
  revoked: { tone: 'neutral', text: t('revoked') },
  'no-credential': { tone: 'warning', text: t('noCredential') },
  expired: { tone: 'warning', text: t('expired') },
  waiting: { tone: 'info', text: t('noRequestsYet') },
  connected: { tone: 'good', text: t('connected') },
};

export const connectionStatusLabel = (connection: Connection): StatusLabel =>
  CONNECTION_STATES[connectionState(connection)];

/** Summarizes the credentials that work, such as "1 SCIM key, 2 client secrets". */
export function credentialSummary(connection: Connection): string {
  const active = activeCredentials(connection);
  const types = Object.keys(CREDENTIAL_TYPES) as CredentialType[];
  const parts = types.flatMap((type) => {
    const count = active.filter((one) => one.type === type).length;
    return count === 0 ? [] : [t(CREDENTIAL_COUNTS[type], { count })];
  });
  return parts.join(', ') || t('none');
}

const MICROSOFT_ISSUER =
  /^https:\/\/(?:login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net)\/([0-9a-f-]{36})\//i;

/** Returns the tenant ID in an issuer of Microsoft; undefined for other issuers. */
export const tenantOfIssuer = (issuer: string): string | undefined =>
  MICROSOFT_ISSUER.exec(issuer.trim())?.[1];

/** Splits a text into its lines, without empty ones. */
export const nonEmptyLines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
