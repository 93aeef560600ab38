import { timingSafeEqual } from 'node:crypto';
import { hashLicenseKey, type LicenseKeySource } from '../../license-key';
import type { UserType } from '../../scim/schemas/product-user';
import type { Domain } from '../../store/domains/domain-store';
import type { HeldLicense, LicenseKeyStore } from '../../store/licenses/license-key-store';

/** The result of a license check. */
export type LicenseCheck = ActiveCheck | NoLicense;

export interface ActiveCheck {
  readonly status: 'active';
  readonly userType: UserType;
  readonly domain: { readonly id: string; readonly name: string };
  /** Only if the product asked for them. */
  readonly organizations?: readonly LicenseOrganization[];
}

/** An organization of the product, with a role of the license's user in it. */
interface LicenseOrganization {
  readonly name: string;
  readonly role: string;
}

/** `inactive`: the key was emailed, but its license has ended since, or has another key now. */
export interface NoLicense {
  readonly status: 'inactive' | 'unknown';
}

/** The license that a key holds now. */
export interface ActiveLicense {
  readonly status: 'active';
  /** The ID of the license, which is the ID of its user. */
  readonly id: string;
  readonly license: HeldLicense;
  readonly domain: Domain;
}

/** The reads of a license check. */
export type LicenseReads = Pick<LicenseKeyStore, 'find' | 'license'>;

const NO_ID = '00000000-0000-0000-0000-000000000000';
/** Stands for the license of an unknown key. No such license exists. */
const NO_SOURCE: LicenseKeySource = { domainId: NO_ID, userId: NO_ID, activationId: NO_ID };

/** Checks a license key, in any spelling. */
export async function checkLicense(
  key: string,
  keys: LicenseReads,
  { includesOrganizations = false } = {},
): Promise<LicenseCheck> {
  const found = await findLicense(key, keys);
  if (found.status !== 'active') return found;
  return {
    ...describeLicense(found),
    ...(includesOrganizations && { organizations: organizationsOf(found.license) }),
  };
}

/** Returns the organizations of a license, with the role in each. */
export const organizationsOf = ({ organizations = [] }: HeldLicense): LicenseOrganization[] =>
  organizations.map(({ organization, role }) => ({ name: organization, role }));

/** Returns what every answer about an active license tells. */
export const describeLicense = ({ license, domain }: ActiveLicense): ActiveCheck => ({
  status: 'active',
  userType: license.userType,
  domain: { id: domain.domainId, name: domain.name },
});

/**
 * Finds the license of a key, in any spelling. A malformed, an unknown, and an inactive key take the same
 * steps and reads, so that the time and the form of the response reveal only the status.
 */
export async function findLicense(key: string, keys: LicenseReads): Promise<ActiveLicense | NoLicense> {
  const found = await keys.find(hashLicenseKey(key));
  const source = found ?? NO_SOURCE;
  const { license, domain } = await keys.license(source);
  const isCurrent = timingSafeEquals(license?.activationId ?? NO_ID, source.activationId);
  if (!found) return { status: 'unknown' };
  if (!license || !domain || !isCurrent || license.status !== 'active') return { status: 'inactive' };
  return { status: 'active', id: source.userId, license, domain };
}

/** Compares two texts in a time that does not depend on the result. */
function timingSafeEquals(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
