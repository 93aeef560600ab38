import { tokenInHeader } from '../../authorization';
import { ENV, requireEnv } from '../../env';
import { ScimKeyStore } from '../../store/credentials/scim-key-store';
import { readSecret } from '../../store/secrets/secret';
import { openTable } from '../../store/table/table';
import { authenticate, type Authentication } from './authenticate';
import { RefusedTokens } from './refused-tokens';

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
  | { readonly kind: 'denied'; readonly domainId: string; readonly reason: string }
  | { readonly kind: 'refused' };

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

/** Returns the check that the authorizer makes, configured by the environment of the function. */
export function openCredentialCheck(now = () => new Date()): CheckCredential {
  let keys: ScimKeyStore | undefined;
  const refused = new RefusedTokens();
  const pepper = () => readSecret(requireEnv(ENV.keyPepperSecretArn));
  return async (authorization) => {
    const token = tokenInHeader(authorization);
    if (refused.has(token, now())) return { kind: 'refused' };
    keys ??= new ScimKeyStore(openTable());
    const authentication = await authenticate(token, keys, pepper, now());
    if (authentication.kind === 'refused') refused.add(token, now());
    return decisionOf(authentication);
  };
}

function decisionOf(authentication: Authentication): CredentialDecision {
  if (authentication.kind === 'refused') return authentication;
  const { domainId, ratePlan, usageIdentifierKey } = authentication.domain;
  if (authentication.kind !== 'granted')
    return { kind: 'denied', domainId, reason: REASONS[authentication.kind] };
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
