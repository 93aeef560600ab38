import type { Attributes, Json } from '../../../../scim/resource';
import { isActive } from '../../../../scim/input/user-rules';
import type { LicenseRecord } from '../../../../store/licenses/license-record';
import type { MailItem } from '../../../../store/mail/mail-item';
import { currentMailProblem } from '../../../../store/licenses/mail-problem';
import type { Manager } from '../../../../store/resources/resource-record';
import { managerOf } from '../../../../service/users/user-manager';

/** The attributes that records and resources of users have in common. */
export interface ViewableUser {
  readonly id: string;
  readonly attributes: Attributes;
  /** RFC 3339, UTC. */
  readonly created: string;
  readonly lastModified: string;
  readonly managedBy?: Manager;
}

/**
 * Returns a user in the form of the API. `keptUntil` is the time before which an ended license gets its key
 * back.
 */
export function userView(
  user: ViewableUser,
  license: LicenseRecord | undefined,
  keptUntil: (license: LicenseRecord) => string | undefined,
): object {
  const { id, attributes, created, lastModified } = user;
  const displayName = displayNameOf(attributes);
  return {
    userId: id,
    userName: attributes.userName,
    ...(displayName && { displayName }),
    active: isActive(attributes),
    managedBy: managerOf(user),
    createdAt: created,
    lastModified,
    ...(license && { license: { ...licenseView(license), keyKeptUntil: keptUntil(license) } }),
  };
}

function displayNameOf({ displayName, name }: Attributes): string | undefined {
  const { formatted, givenName, familyName } = (name ?? {}) as Record<string, Json | undefined>;
  const parts = [givenName, familyName].filter((part) => typeof part === 'string').join(' ');
  return [displayName, formatted, parts].find(
    (text): text is string => typeof text === 'string' && text !== '',
  );
}

/** Returns a license in the form of the API. */
export function licenseView(license: LicenseRecord): object {
  const { status, userType, email, changedAt, reason } = license;
  const { userTypeMapping, organizations, administrator, noLicenseMapping } = license;
  const problem = currentMailProblem(license);
  return {
    status,
    userType,
    email,
    changedAt,
    reason: status === 'inactive' ? reason : undefined,
    mailProblem: problem && { kind: problem.kind, at: problem.at, detail: problem.detail },
    userTypeMapping,
    organizations,
    administrator,
    noLicenseMapping,
  };
}

/** Returns the ids of the mappings that have given a license something. */
export function mappingIdsOf(license: LicenseRecord): string[] {
  const { userTypeMapping, organizations = [], administrator, noLicenseMapping } = license;
  const ids = [...organizations.map(({ mappingId }) => mappingId), administrator?.mappingId];
  return [...ids, userTypeMapping, noLicenseMapping].filter((id) => id !== undefined);
}

const KEY_EVENTS = { kept: 'reactivated', replaced: 'replaced' } as const;
const STATUS_EVENTS = { active: 'issued', pending: 'pending', inactive: 'deactivated' } as const;

/** Returns an entry of a license's history in the form of the API. */
export function licenseEventView(item: MailItem): object {
  const { mailId, changeId, licenseStatus, keyChange, changedAt, by, reason, kind } = item;
  const what = keyChange ? KEY_EVENTS[keyChange] : STATUS_EVENTS[licenseStatus];
  return {
    id: mailId,
    at: changedAt,
    what: mailId === changeId ? what : 'mailRequested',
    by,
    reason,
    mail: kind === 'none' ? undefined : mailView(item),
  };
}

/** Returns the email of an entry. Each status has its own attribute for its time, e.g. `sentAt`. */
function mailView(item: MailItem): object {
  const { status, to, detail, error } = item;
  const at = (item as unknown as Record<string, unknown>)[`${status}At`];
  return { status, to, at, detail: detail ?? error };
}
