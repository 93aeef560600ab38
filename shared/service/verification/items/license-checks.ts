import { isActive } from '../../../scim/input/user-rules';
import { readLicenseItem, type LicenseRecord } from '../../../store/licenses/license-record';
import { readResourceItem } from '../../../store/resources/resource-record';
import { domainKey, licenseRecordKey, resourceKey, type ItemKey } from '../../../store/table/keys';
import { mailKey } from '../../../store/table/mail-keys';
import { keyOf, type Item } from '../../../store/table/read-item';
import { holderOf } from '../../licenses/license-holder';
import {
  isAs,
  isOlder,
  REPAIR,
  stringOf,
  unchanged,
  type Check,
  type CheckContext,
  type ChecksOf,
  type Discrepancy,
} from './check';

const DAY_MS = 86_400_000;
const RENEW = 'Deactivate and activate the user. The license then gets a new key.';

/** A license, its user, and the entry of its last change in the history. */
export const licenseChecks: ChecksOf = (item, domainId, context) => {
  const license = readLicenseItem(item);
  const userKey = resourceKey(domainId, 'USER', item.sk);
  return [
    {
      id: 'user',
      keys: [userKey],
      examine: (find) => userDiscrepancy(item, license, find(userKey)),
    },
    { id: 'key', keys: [], examine: () => keyDiscrepancy(item.sk, license) },
    ...historyCheck(item, domainId, license, context),
  ];
};

function userDiscrepancy(
  item: Item & ItemKey,
  license: LicenseRecord,
  user: Item | undefined,
): Discrepancy | undefined {
  const { status } = license;
  const whose = `The license of the user ${item.sk}`;
  if (!user)
    return status === 'inactive'
      ? undefined
      : {
          problem: 'license-orphaned',
          found: `${whose} is ${status}, but the user does not exist.`,
          action:
            'Restore the user from a backup. If the user was deleted, restore the license of that time.',
        };
  const { attributes } = readResourceItem(user);
  const isEntitled = isActive(attributes) && license.noLicenseMapping === undefined;
  if (isEntitled === (status === 'inactive'))
    return {
      problem: 'license-status-wrong',
      found: `${whose} is ${status}, but the user is ${isActive(attributes) ? 'active' : 'inactive'}.`,
      action: isActive(attributes) ? RENEW : 'Activate and deactivate the user. This ends the license.',
    };
  if (status === 'inactive') return undefined;
  const { email, userName, userType } = holderOf(attributes);
  const expected = { email, userName, ...(license.mappingsVersion === undefined && { userType }) };
  const wrong = Object.entries(expected).filter(([name, value]) => item[name] !== value);
  if (wrong.length === 0) return undefined;
  const names = wrong.map(([name]) => name);
  return {
    problem: 'license-holder-wrong',
    found: `${whose} has another ${names.join(' and ')} than the user.`,
    action: REPAIR,
    repair: [
      {
        update: keyOf(item),
        set: Object.fromEntries(wrong),
        remove: wrong.filter(([, value]) => value === undefined).map(([name]) => name),
        condition: isAs(item, 'status', 'changeId', ...names),
      },
      unchanged(user, 'version'),
    ],
    before: names.map((name) => stringOf(item[name])),
    after: wrong.map(([, value]) => value ?? ''),
  };
}

function keyDiscrepancy(userId: string, license: LicenseRecord): Discrepancy | undefined {
  const { status, activationId, changeId, keptActivationId, endedAt } = license;
  if (status === 'active' && !(activationId && changeId))
    return {
      problem: 'activation-missing',
      found: `The license of the user ${userId} is active, but nothing says which key it has.`,
      action: RENEW,
    };
  const isKept = keptActivationId !== undefined;
  if (
    isKept !== (endedAt !== undefined) ||
    (isKept && (status === 'active' || keptActivationId !== activationId))
  )
    return {
      problem: 'kept-key-wrong',
      found: `The license of the user ${userId} keeps a key that is not its last one.`,
      action: 'Replace the key of the license when it is active again.',
    };
  return undefined;
}

/** The function that reads the stream writes the entry, so it may not exist yet. It expires later. */
function historyCheck(
  { sk }: ItemKey,
  domainId: string,
  { changeId, changedAt, status }: LicenseRecord,
  context: CheckContext,
): Check[] {
  const isExpired = isOlder(changedAt, context, (context.auditRetentionDays - 1) * DAY_MS);
  if (changeId === undefined || !isOlder(changedAt, context) || isExpired) return [];
  const key = mailKey(domainId, sk, changeId);
  return [
    {
      id: 'history',
      keys: [key],
      examine: (find) =>
        find(key)
          ? undefined
          : {
              problem: 'history-missing',
              found: `The last change of the license of the user ${sk} has no entry in the history, so there was no email.`,
              action:
                status === 'active'
                  ? 'Send the email again: `scim mail resend`.'
                  : 'Tell the user that the license has ended or waits. Nothing else depends on the entry.',
            },
    },
  ];
}

/** The item that finds a license by its key. It outlives the domain. */
export const licenseKeyChecks: ChecksOf = (item) => {
  const [domainId, userId] = [stringOf(item.domainId), stringOf(item.userId)];
  const [license, domain] = [licenseRecordKey(domainId, userId), domainKey(domainId)] as const;
  return [
    {
      id: 'license',
      keys: [license, domain],
      examine: (find) =>
        !find(domain) || find(license)
          ? undefined
          : {
              problem: 'license-key-orphaned',
              found: `A license key belongs to the user ${userId}, who has no license.`,
              action: 'Restore the license from a backup. Until then, the key is inactive.',
            },
    },
  ];
};

/** Checks that a user has a license. */
export const licenseOfUserCheck = (domainId: string, { sk }: ItemKey): Check => {
  const key = licenseRecordKey(domainId, sk);
  return {
    id: 'license',
    keys: [key],
    examine: (find) =>
      find(key)
        ? undefined
        : {
            problem: 'license-missing',
            found: `The user ${sk} has no license.`,
            action: `Restore the license from a backup, so that the user keeps the key. Otherwise: ${RENEW}`,
          },
  };
};
