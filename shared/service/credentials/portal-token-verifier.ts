import {
  createRemoteJWKSet,
  customFetch,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { retry } from '../../retry/retry';
import { rolesOfClaim, type AdminRoles } from '../admin/admin-roles';
import { deliverableAddress } from '../../mail/address';
import { administratorPartition } from '../../store/table/administrator-keys';
import { isKeyText } from '../../store/table/keys';
import { portalUserId, portalUserName } from './caller-identity';

/** The OpenID provider at which portal users sign in. */
export interface IssuerSettings {
  /** The `iss` of its tokens. `/.well-known/openid-configuration` below it names the URL of its keys. */
  readonly issuer: string;
  /** The client id of the portal, which is the `aud` of its tokens. */
  readonly clientId: string;
  /** The claim that holds the roles. */
  readonly rolesClaim: string;
}

export interface PortalUser {
  /** The subject at the issuer, with a prefix if it is the ID of the admin token. */
  readonly id: string;
  readonly name?: string;
  /** The address, if the issuer says that it has verified it. */
  readonly email?: string;
  /** The roles of the claim. They count only until the service has stored roles of its own. */
  readonly roles: AdminRoles;
}

/**
 * Only signatures by the issuer's private key. `none` is not accepted, nor are algorithms with a secret that
 * a client could know.
 */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** The tolerated difference between the clocks of the issuer and the service. */
const CLOCK_TOLERANCE_SECONDS = 5;
/** Leaves room for a second attempt of each request within the 10 s of the authorizer. */
const TIMEOUT_MS = 2_000;

/**
 * Verifies ID tokens of one issuer. Fetches its keys on first use, and again if a token names another key.
 */
export class PortalTokenVerifier {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(private readonly settings: IssuerSettings) {}

  /**
   * Returns undefined for a token that is not the portal's or no longer valid. Throws if the issuer cannot be
   * reached.
   */
  async verify(token: string): Promise<PortalUser | undefined> {
    const { issuer, clientId } = this.settings;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, await this.issuerKeys(), {
        issuer,
        audience: clientId,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      return isIdToken(payload, protectedHeader.typ, clientId) ? userOf(payload, this.settings) : undefined;
    } catch (error) {
      if (isTokenError(error)) return undefined;
      throw error;
    }
  }

  private issuerKeys(): Promise<JWTVerifyGetKey> {
    if (!this.keys) {
      const keys = discoverKeys(this.settings.issuer);
      keys.catch(() => (this.keys = undefined));
      this.keys = keys;
    }
    return this.keys;
  }
}

/** Returns undefined if the subject cannot be an id: even in a signed token it identifies nobody. */
function userOf(payload: JWTPayload, { rolesClaim }: IssuerSettings): PortalUser | undefined {
  const {
    sub: subject,
    name,
    email,
    email_verified: emailVerified,
  } = payload as Readonly<Record<string, unknown>>;
  if (typeof subject !== 'string' || subject === '') return undefined;
  const id = portalUserId(subject);
  // The id is part of keys. OpenID Connect limits the subject to 255 characters.
  if (!isKeyText(administratorPartition(id))) return undefined;
  // An issuer may let users enter any address. OpenID Connect has a boolean here, and some issuers send a
  // text.
  const isTrusted = emailVerified !== false && emailVerified !== 'false';
  const displayName = portalUserName(isTrusted ? [name, email] : [name]);
  // An invitation is for whoever owns the address, so here the issuer has to say that it is verified.
  const isVerified = emailVerified === true || emailVerified === 'true';
  return {
    id,
    ...(displayName !== undefined && { name: displayName }),
    ...(isVerified && isAddress(email) && { email }),
    roles: rolesOfClaim(payload[rolesClaim]),
  };
}

const isAddress = (email: unknown): email is string =>
  typeof email === 'string' && deliverableAddress(email) !== undefined;

/** OpenID Connect Discovery 1.0 §4. */
async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetchFromIssuer(url);
  const configuration = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (configuration.issuer !== issuer)
    throw new Error(`${url} belongs to another issuer: ${String(configuration.issuer)}.`);
  return createRemoteJWKSet(new URL(String(configuration.jwks_uri)), { [customFetch]: fetchFromIssuer });
}

/** Fetches a document of the issuer. Retries transient errors. */
const fetchFromIssuer = (url: string): Promise<Response> =>
  retry(async () => {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    if (response.ok) return response;
    const error = new Error(`${url} returned the status ${response.status}.`);
    throw Object.assign(error, { $metadata: { httpStatusCode: response.status } });
  });

/**
 * Returns whether the token is an ID token. Access tokens of the same issuer are not accepted: Cognito marks
 * them by `token_use`, and others by their type (RFC 9068).
 */
function isIdToken(
  { token_use: use, azp, aud }: JWTPayload,
  type: string | undefined,
  clientId: string,
): boolean {
  if (use !== undefined && use !== 'id') return false;
  if (type !== undefined && type.toUpperCase() !== 'JWT') return false;
  // OpenID Connect Core 1.0 §3.1.3.7: if there are several audiences, the authorized party must be the
  // portal.
  return !Array.isArray(aud) || aud.length === 1 || azp === clientId;
}

/** Returns whether the token is at fault, and not the request for the issuer's keys. */
const isTokenError = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout) &&
  !(error instanceof errors.JWKSInvalid) &&
  error.code !== 'ERR_JOSE_GENERIC';
