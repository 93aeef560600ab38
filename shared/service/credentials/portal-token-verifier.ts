import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { rolesOfClaim, type AdminRoles } from '../../admin-roles';
import { toWellFormed } from '../../scim/text';

/** Where portal users sign in, and what their ID tokens say. */
export interface IssuerSettings {
  /** The `iss` of its tokens; `/.well-known/openid-configuration` below it says where its keys are. */
  readonly issuer: string;
  /** The portal's client: the `aud` of its tokens. */
  readonly clientId: string;
  /** The claim that holds the roles. */
  readonly rolesClaim: string;
}

export interface PortalUser {
  /** Subject at the issuer. */
  readonly id: string;
  readonly name?: string;
  readonly roles: AdminRoles;
}

/** Signatures by the issuer's private key alone: `none`, and secrets that a client could know, are not among them. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** Between the clocks of the issuer and ours. */
const CLOCK_TOLERANCE_SECONDS = 5;
const TIMEOUT_MS = 3_000;

/** Verifies ID tokens of one issuer, whose keys are fetched on first use and again when a token names another. */
export class PortalTokenVerifier {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(private readonly settings: IssuerSettings) {}

  /** Undefined for a token that is not the portal's, or not valid any more. Throws where the issuer cannot be reached. */
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

/** Undefined for a subject that is no text: signed or not, it names nobody. */
function userOf(payload: JWTPayload, { rolesClaim }: IssuerSettings): PortalUser | undefined {
  const { sub: id, name, email } = payload as Readonly<Record<string, unknown>>;
  if (typeof id !== 'string' || id === '') return undefined;
  const shown = [name, email].find((text) => typeof text === 'string' && text !== '');
  return {
    id,
    ...(typeof shown === 'string' && { name: oneLine(shown) }),
    roles: rolesOfClaim(payload[rolesClaim]),
  };
}

/** People may choose their names themselves, and events of the audit log show them. */
const oneLine = (name: string): string => toWellFormed(name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '), 100);

/** OpenID Connect Discovery 1.0 §4. */
async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
  if (!response.ok) throw new Error(`${url} answers ${response.status}.`);
  const found = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (found.issuer !== issuer) throw new Error(`${url} is of another issuer: ${String(found.issuer)}.`);
  return createRemoteJWKSet(new URL(String(found.jwks_uri)), { timeoutDuration: TIMEOUT_MS });
}

/** An access token of the same issuer is for others to be shown: Cognito says what a token is, others by its type (RFC 9068). */
function isIdToken(
  { token_use: use, azp, aud }: JWTPayload,
  type: string | undefined,
  clientId: string,
): boolean {
  if (use !== undefined && use !== 'id') return false;
  if (type !== undefined && type.toUpperCase() !== 'JWT') return false;
  // OpenID Connect Core 1.0 §3.1.3.7: of several audiences, the one it was issued to has to be ours.
  return !Array.isArray(aud) || aud.length === 1 || azp === clientId;
}

/** What is wrong with the token, not with the way to the issuer's keys. */
const isTokenError = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout) &&
  !(error instanceof errors.JWKSInvalid) &&
  error.code !== 'ERR_JOSE_GENERIC';
