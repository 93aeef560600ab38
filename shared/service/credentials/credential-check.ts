import { tokenInHeader } from '../../authorization';
import { ENV, requireEnv } from '../../env';
import { type ScimKey, ScimKeyStore } from '../../store/credentials/scim-key-store';
import { readSecret } from '../../store/secrets/secret';
import { openTable } from '../../store/table/table';
import { authenticate, type Authentication } from './authenticate';
import { RefusedTokens } from './refused-tokens';

/** The domain and the SCIM key of a refused request. */
interface RefusedClient {
  readonly domainId: string;
  readonly keyId: string;
  readonly keyName: string;
  /** Why the request is refused, for the administrators of the domain. The client may learn less. */
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
  /** The credential is not valid. `client` is known if it was valid before: the key has expired or was revoked. */
  | { readonly kind: 'refused'; readonly client?: RefusedClient };

/** Checks the value of a header `Authorization`. */
export type CheckCredential = (authorization: string) => Promise<CredentialDecision>;

/**
 * Why the requests of a domain are denied. API Gateway inserts the reason into JSON without escaping it, so it
 * contains no quotes and no text from outside.
 */
const REASONS = {
  notAvailable:
    'SCIM is not available to this domain. The portal page SCIM Provisioning tells its owners whom to contact.',
  switchedOff: 'SCIM is switched off for this connection. A license administrator can switch it on.',
} as const;

/** Why a key is refused that was valid before. Clients do not learn it. */
const KEY_REASONS = {
  revoked: 'The SCIM key was revoked. Enter another key in your identity provider.',
  expired: 'The SCIM key has expired. Generate a new key and enter it in your identity provider.',
} as const;

/** Returns the check that the authorizer makes, configured by the environment of the function. */
export function openCredentialCheck(now = () => new Date()): CheckCredential {
  let keys: ScimKeyStore | undefined;
  const refused = new RefusedTokens<RefusedClient>();
  const pepper = () => readSecret(requireEnv(ENV.keyPepperSecretArn));
  return async (authorization) => {
    const token = tokenInHeader(authorization);
    if (refused.has(token, now())) return refusedOf(refused.ownerOf(token));
    keys ??= new ScimKeyStore(openTable());
    let owner: KeyOwner | undefined;
    const authentication = await authenticate(token, keys, pepper, now(), (domainId, key) => {
      owner = { domainId, key };
    });
    const client = owner && refusedClient(owner, authentication, now());
    if (authentication.kind === 'refused') refused.add(token, now(), client);
    return decisionOf(authentication, client);
  };
}

interface KeyOwner {
  readonly domainId: string;
  readonly key: ScimKey;
}

/** Returns undefined for a key that is valid. */
function refusedClient(
  { domainId, key: { keyId, name, expireTime } }: KeyOwner,
  { kind }: Authentication,
  now: Date,
): RefusedClient | undefined {
  if (kind === 'granted') return undefined;
  const isExpired = expireTime !== undefined && Date.parse(expireTime) <= now.getTime();
  const reason = kind === 'refused' ? KEY_REASONS[isExpired ? 'expired' : 'revoked'] : REASONS[kind];
  return { domainId, keyId, keyName: name, reason };
}

const refusedOf = (client: RefusedClient | undefined): CredentialDecision => ({
  kind: 'refused',
  ...(client && { client }),
});

function decisionOf(authentication: Authentication, client: RefusedClient | undefined): CredentialDecision {
  if (authentication.kind === 'refused') return refusedOf(client);
  const { domainId, ratePlan, usageIdentifierKey } = authentication.domain;
  if (authentication.kind !== 'granted')
    return { kind: 'denied', domainId, reason: REASONS[authentication.kind], ...(client && { client }) };
  const { keyId, name, expireTime } = authentication.key;
  const context = {
    domainId,
    keyId,
    keyName: name,
    ratePlan,
    ...(expireTime !== undefined && { expireTime }),
  };
  return { kind: 'granted', domainId, context, usageIdentifierKey };
}
