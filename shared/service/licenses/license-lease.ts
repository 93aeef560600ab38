import { newId } from '../../id';
import { hashLicenseKey } from '../../license-key';
import { LEASE_TYPE, type LeaseIssuer } from '../../license-lease';
import {
  type ActiveCheck,
  describeLicense,
  findLicense,
  type LicenseReads,
  type NoLicense,
  organizationsOf,
} from './license-check';

const SECONDS_PER_DAY = 86_400;

/** The result of a request for a lease. */
export type LicenseLease = ActiveLease | NoLicense;

interface ActiveLease extends ActiveCheck {
  /** The signed JWT. */
  readonly lease: string;
  /** The end of the lease (RFC 3339, UTC). */
  readonly expiresAt: string;
  /** The number of seconds after which the product should request the next lease: half of the lifetime. */
  readonly renewAfterSeconds: number;
}

export interface LeaseDependencies {
  readonly keys: LicenseReads;
  readonly signer: { signJwt(type: string, claims: Readonly<Record<string, unknown>>): Promise<string> };
  readonly issuer: LeaseIssuer;
  readonly now: () => Date;
}

/**
 * Issues a lease for the license of a key: a signed statement that the license is active, which a product can
 * verify without a connection. A lease cannot be taken back, so it is valid until it expires. The product
 * recognizes its answer by the nonce, so that nobody can send it an earlier one again.
 */
export async function issueLease(
  key: string,
  { keys, signer, issuer: { issuer, days }, now }: LeaseDependencies,
  nonce?: string,
): Promise<LicenseLease> {
  const found = await findLicense(key, keys);
  if (found.status !== 'active') return found;
  const issuedAt = now();
  const iat = Math.floor(issuedAt.getTime() / 1000);
  const exp = iat + days * SECONDS_PER_DAY;
  const license = describeLicense(found);
  const { status: _, ...claims } = license;
  const organizations = organizationsOf(found.license);
  const lease = await signer.signJwt(LEASE_TYPE, {
    iss: issuer,
    sub: found.id,
    jti: newId(issuedAt),
    iat,
    exp,
    // Ties the lease to the key that the person entered, without the key.
    keyHash: hashLicenseKey(key),
    ...(nonce !== undefined && { nonce }),
    ...claims,
    ...(organizations.length > 0 && { organizations }),
  });
  const expiresAt = new Date(exp * 1000).toISOString();
  return { ...license, lease, expiresAt, renewAfterSeconds: (days * SECONDS_PER_DAY) / 2 };
}
