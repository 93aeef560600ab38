import { isDeepStrictEqual } from 'node:util';
import type { KeyGrace } from '../../store/licenses/key-grace';
import {
  licenseMappingOf,
  type LicenseMapping,
  type MappedLicense,
} from '../../store/licenses/license-mapping';
import type { LicenseRecord } from '../../store/licenses/license-record';
import type { LicenseHolder } from '../../store/licenses/license-write';

/** Returns whether a license is active, or in the queue for a seat. */
export const isHeld = (license: LicenseRecord | undefined): boolean =>
  license !== undefined && license.status !== 'inactive';

/** Returns the change that put a license into the queue for a seat; undefined if it is not queued. */
export const queuedChangeOf = (license: LicenseRecord | undefined): string | undefined =>
  license?.status === 'pending' ? license.changeId : undefined;

/** Returns the data of a license's user, as `holderOf` returns those of a user. */
export const storedHolder = ({
  email,
  userName,
  name,
  userType,
  language,
}: LicenseRecord): LicenseHolder => ({
  ...(email !== undefined && { email }),
  userName,
  ...(name !== undefined && { name }),
  userType,
  ...(language !== undefined && { language }),
});

/** Returns whether a license has this result already. The mappings may have had another version. */
export const hasResult = (license: LicenseRecord, mapped: MappedLicense): boolean =>
  license.userType === mapped.result.userType &&
  isDeepStrictEqual(mappingOf(license, mapped), mappingOf(licenseMappingOf(mapped), mapped));

const mappingOf = (
  { userTypeMapping, organizations, administrator, noLicenseMapping }: LicenseMapping,
  { hasAppliedAdministrator }: MappedLicense,
): LicenseMapping => ({
  userTypeMapping,
  organizations,
  noLicenseMapping,
  ...(hasAppliedAdministrator && { administrator }),
});

/**
 * Returns how an activation treats the key of a license that was read. `cutoff` is that of the grace period.
 */
export const graceOf = ({ keptActivationId, endedAt }: LicenseRecord, cutoff: string): KeyGrace => ({
  cutoff,
  keepsKey: keptActivationId === undefined || (endedAt !== undefined && endedAt > cutoff),
});
