import { tokenInHeader } from '../../credentials/authorization';
import { ENV } from '../../env';
import { CredentialStore } from '../../store/credentials/credential-store';
import { readCurrent } from '../../store/secrets/secrets';
import { openTable } from '../../store/table/table';
import { authenticate, type Authentication, type TokenOwner } from './authenticate';
import { RefusedTokens } from './refused-tokens';

/** The domain and the SCIM key of a refused request. */
interface RefusedClient {
  readonly domainId: string;
  readonly keyId: string;
  readonly keyName: string;
  readonly connectionId: string;
  /**
   * The reason why the request is refused, for the administrators of the domain. The client may learn less.
   */
  readonly reason: string;
}

/** The decision about the credential of a SCIM request. */
export type CredentialDecision =
  | {
      readonly kind: 'granted';
      readonly domainId: string;
      /** The facts about the client that the functions get. API Gateway passes on only strings. */
      readonly context: Readonly<Record<string, string>>;
      readonly usageIdentifierKey: string;
    }
  /** The credential is valid, but the domain's requests are refused with 403. */
  | {
      readonly kind: 'denied';
      readonly domainId: string;
      readonly reason: string;
      readonly client?: RefusedClient;
    }
  /**
   * The credential is not valid. `client` is known if it was valid before: the key has expired or was
   * revoked.
   */
  | { readonly kind: 'refused'; readonly client?: RefusedClient };

/** Checks the value of a header `Authorization`. */
export type CheckCredential = (authorization: string) => Promise<CredentialDecision>;

/**
 * Why the requests of a domain are denied. API Gateway inserts the reason into JSON without escaping it, so
 * it contains no quotes and no text from outside.
 */
const REASONS = {
  notAvailable:
    'SCIM is not available to this domain. The portal page SCIM Provisioning tells its owners whom to contact.',
  disabled: 'SCIM is disabled for this domain. An owner of the domain can enable it.',
} as const;

/** The reasons why a key is refused that was valid before. Clients do not learn them. */
const KEY_REASONS = {
  revoked: 'The SCIM key was revoked. Enter another key in your identity provider.',
  expired: 'The SCIM key has expired. Generate a new key and enter it in your identity provider.',
} as const;

/** The reasons why an access token is refused that was valid before. */
const ACCESS_TOKEN_REASONS = {
  revoked:
    'The client secret or trust for which the access token was issued was revoked. Enter another client secret in ' +
    'your identity provider, or add a trust.',
  expired: 'The access token has expired. The identity provider must request a new one.',
} as const;

/** Returns the check that the authorizer makes, configured by the environment of the function. */
export function openCredentialCheck(now = () => new Date()): CheckCredential {
  let keys: CredentialStore | undefined;
  const refused = new RefusedTokens<RefusedClient>();
  const secrets = {
    peppers: () => readCurrent(ENV.keyPepperSecretArn, now()),
    accessTokens: () => readCurrent(ENV.accessTokenSecretArn, now()),
  };
  return async (authorization) => {
    const token = tokenInHeader(authorization);
    if (refused.has(token, now())) return refusedOf(refused.ownerOf(token));
    keys ??= new CredentialStore(openTable());
    let owner: TokenOwner | undefined;
    const authentication = await authenticate(token, keys, secrets, now(), (found) => {
      owner = found;
    });
    const client = owner && refusedClient(owner, authentication, now());
    if (authentication.kind === 'refused') refused.add(token, now(), client);
    return decisionOf(authentication, client);
  };
}

/** Returns undefined for a key that is valid. */
function refusedClient(
  { domainId, key: { keyId, connectionId, name, type }, expireTime }: TokenOwner,
  { kind }: Authentication,
  now: Date,
): RefusedClient | undefined {
  if (kind === 'granted') return undefined;
  const isExpired = expireTime !== undefined && Date.parse(expireTime) <= now.getTime();
  const ofToken = type === 'scim-key' ? KEY_REASONS : ACCESS_TOKEN_REASONS;
  const reason = kind === 'refused' ? ofToken[isExpired ? 'expired' : 'revoked'] : REASONS[kind];
  return { domainId, keyId, keyName: name, connectionId, reason };
}

const refusedOf = (client: RefusedClient | undefined): CredentialDecision => ({
  kind: 'refused',
  ...(client && { client }),
});

function decisionOf(authentication: Authentication, client: RefusedClient | undefined): CredentialDecision {
  if (authentication.kind === 'refused') return refusedOf(client);
  const { domainId, ratePlan, usageIdentifierKey, mappingsVersion } = authentication.domain;
  if (authentication.kind !== 'granted')
    return { kind: 'denied', domainId, reason: REASONS[authentication.kind], ...(client && { client }) };
  const { key, expireTime } = authentication;
  const { keyId, name, connectionId } = key;
  const context = {
    domainId,
    keyId,
    keyName: name,
    // A SCIM key that was created alone is a connection of its own.
    ...(connectionId !== keyId && { connectionId }),
    ratePlan,
    ...(mappingsVersion !== undefined && { mappingsVersion: String(mappingsVersion) }),
    ...(expireTime !== undefined && { expireTime }),
  };
  return { kind: 'granted', domainId, context, usageIdentifierKey };
}
