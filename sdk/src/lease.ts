import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import type { LicenseOrganization } from './license-checker.ts';

const LEASE_TYPE = 'license-lease+jwt';
/** The clock of the service may be ahead of that of the reader by so much. */
const AHEAD_SECONDS = 300;

/** The content of a lease: the license of a key, as it was when the service issued the lease. */
export interface Lease {
  /** The URL of the license API that issued the lease. */
  readonly issuer: string;
  /** The ID of the lease. */
  readonly id: string;
  /** The ID of the license, which is the ID of its user. Events name it. */
  readonly licenseId: string;
  readonly userType: string;
  /** The organizations of the user, each with the role of the user in it. */
  readonly organizations: readonly LicenseOrganization[];
  readonly domain: { readonly id: string; readonly name: string };
  /** The hash of the license key (`hashLicenseKey`). */
  readonly keyHash: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/**
 * The reasons for which a lease is refused:
 *
 * - `malformed`: it is not a lease
 * - `signature`: it is forged, or changed
 * - `unknownKey`: none of the keys has signed it. Fetch the keys again
 * - `issuer`: another service has issued it
 * - `expired`: it has ended
 * - `notYetValid`: it was issued in the future, so the time is wrong
 * - `otherKey`: it belongs to another license key
 * - `replayed`: it is the answer to an earlier request
 */
export type LeaseProblem =
  'malformed' | 'signature' | 'unknownKey' | 'issuer' | 'expired' | 'notYetValid' | 'otherKey' | 'replayed';

/** A lease that must not be accepted. */
export class LeaseError extends Error {
  override readonly name = 'LeaseError';

  constructor(
    readonly code: LeaseProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface VerifyLeaseOptions {
  /** The public keys of the service, from `/license/v1/jwks`. */
  readonly keys: JSONWebKeySet;
  /** The URL of the license API, which ends in `/license/v1`. */
  readonly issuer: string;
  /** @default - the clock of this machine */
  readonly now?: Date;
  /** The hash of the license key to which the lease must belong. @default - any */
  readonly keyHash?: string;
  /** The nonce of the request that the lease must answer. @default - any */
  readonly nonce?: string;
}

/** Verifies a lease, and returns its content. Throws a `LeaseError`. Needs no connection. */
export async function verifyLease(
  jwt: string,
  { keys, issuer, now = new Date(), keyHash, nonce }: VerifyLeaseOptions,
): Promise<Lease> {
  const claims = await verifySignature(jwt, keys, issuer, now);
  const lease = readClaims(claims);
  if (lease.issuedAt.getTime() > now.getTime() + AHEAD_SECONDS * 1000)
    throw new LeaseError(
      'notYetValid',
      `The lease was issued at ${lease.issuedAt.toISOString()}, in the future.`,
    );
  if (keyHash !== undefined && lease.keyHash !== keyHash)
    throw new LeaseError('otherKey', 'The lease belongs to another license key.');
  if (nonce !== undefined && claims.nonce !== nonce)
    throw new LeaseError('replayed', 'The lease answers another request.');
  return lease;
}

/**
 * Returns the claim `iat` of a JWT in milliseconds, before its signature is verified. Throws a `LeaseError`.
 */
export function issueTimeOf(jwt: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
    const { iat } = claims as { iat?: unknown };
    if (typeof iat === 'number' && Number.isFinite(iat)) return iat * 1000;
  } catch {
    // Not a JWT.
  }
  throw new LeaseError('malformed', 'This is not a lease.');
}

type Claims = Readonly<Record<string, unknown>>;

async function verifySignature(jwt: string, keys: JSONWebKeySet, issuer: string, now: Date): Promise<Claims> {
  try {
    const { payload } = await jwtVerify(jwt, createLocalJWKSet(keys), {
      algorithms: ['ES256'],
      typ: LEASE_TYPE,
      issuer,
      currentDate: now,
      requiredClaims: ['sub', 'jti', 'iat', 'exp', 'keyHash', 'userType', 'domain'],
    });
    return payload;
  } catch (error) {
    throw toLeaseError(error);
  }
}

function toLeaseError(error: unknown): LeaseError {
  const options = { cause: error };
  if (error instanceof errors.JWTExpired) return new LeaseError('expired', 'The lease has ended.', options);
  if (error instanceof errors.JWKSNoMatchingKey)
    return new LeaseError('unknownKey', 'None of the keys has signed the lease.', options);
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return new LeaseError('signature', 'The signature of the lease is wrong.', options);
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'iss')
    return new LeaseError('issuer', 'Another service has issued the lease.', options);
  return new LeaseError('malformed', 'This is not a lease.', options);
}

function readClaims(claims: Claims): Lease {
  const { domain, organizations = [] } = claims;
  if (!isObject(domain) || !Array.isArray(organizations) || !organizations.every(isOrganization))
    throw new LeaseError('malformed', 'The lease lacks claims.');
  return {
    issuer: text(claims.iss),
    id: text(claims.jti),
    licenseId: text(claims.sub),
    userType: text(claims.userType),
    organizations: organizations.map(({ name, role }) => ({ name, role })),
    domain: { id: text(domain.id), name: text(domain.name) },
    keyHash: text(claims.keyHash),
    issuedAt: time(claims.iat),
    expiresAt: time(claims.exp),
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOrganization = (value: unknown): value is LicenseOrganization =>
  isObject(value) && typeof value.name === 'string' && typeof value.role === 'string';

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new LeaseError('malformed', 'A claim of the lease is not text.');
}

function time(value: unknown): Date {
  if (typeof value === 'number' && Number.isFinite(value)) return new Date(value * 1000);
  throw new LeaseError('malformed', 'A claim of the lease is not a time.');
}
