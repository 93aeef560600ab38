import { timingSafeEqual } from 'node:crypto';
import { hashLicenseKey, type LicenseKeySource } from '../../license-key';
import type { UserType } from '../../scim/schemas/product-user';
import type { LicenseKeyStore } from '../../store/licenses/license-key-store';

/** The result of a license check. */
export type LicenseCheck =
  | {
      readonly status: 'active';
      readonly userType: UserType;
      readonly domain: { readonly id: string; readonly name: string };
    }
  /** `inactive`: the key was emailed, but its license has ended since, or has another key now. */
  | { readonly status: 'inactive' | 'unknown' };

const NO_ID = '00000000-0000-0000-0000-000000000000';
/** Stands for the license of an unknown key. No such license exists. */
const NO_SOURCE: LicenseKeySource = { domainId: NO_ID, userId: NO_ID, activationId: NO_ID };

/**
 * Checks a license key, in any spelling. A malformed, an unknown, and an inactive key take the same steps and
 * reads, so that the time and the form of the response reveal only the status.
 */
export async function checkLicense(
  key: string,
  keys: Pick<LicenseKeyStore, 'find' | 'license'>,
): Promise<LicenseCheck> {
  const found = await keys.find(hashLicenseKey(key));
  const source = found ?? NO_SOURCE;
  const { license, domain } = await keys.license(source);
  const isCurrent = timingSafeEquals(license?.activationId ?? NO_ID, source.activationId);
  if (!found) return { status: 'unknown' };
  if (!license || !domain || !isCurrent || license.status !== 'active') return { status: 'inactive' };
  return {
    status: 'active',
    userType: license.userType,
    domain: { id: domain.domainId, name: domain.name },
  };
}

/** Compares two texts in a time that does not depend on the result. */
function timingSafeEquals(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
