import { timingSafeEqual } from 'node:crypto';
import { hashLicenseKey, type LicenseKeySource } from '../../license-key';
import type { UserType } from '../../scim/schemas/product-user';
import type { LicenseKeyStore } from '../../store/licenses/license-key-store';

/** What a product learns of a license key. */
export type LicenseCheck =
  | {
      readonly status: 'active';
      readonly userType: UserType;
      readonly domain: { readonly id: string; readonly name: string };
    }
  /** `inactive`: a key that was mailed, of a license that has ended since or has another key now. */
  | { readonly status: 'inactive' | 'unknown' };

const NO_ID = '00000000-0000-0000-0000-000000000000';
/** Looked for in place of the license of an unknown key; there is none. */
const NO_SOURCE: LicenseKeySource = { domainId: NO_ID, userId: NO_ID, activationId: NO_ID };

/**
 * Judges a license key, however it was typed. What is no key at all, an unknown and an inactive one take the same steps and
 * reads, so that neither the answer's time nor its form tells more than its status.
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

/** Takes the same time whatever the answer. */
function timingSafeEquals(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
