import { expirySeconds } from '../../store/mail/mail-item';
import { credentialKey, licenseRecordKey, type ItemKey } from '../../store/table/keys';
import {
  mailKey,
  outboxKey,
  outboxMinuteKey,
  PAST_MINUTE,
  sharedOutboxKey,
} from '../../store/table/mail-keys';
import { keyOf, type Item } from '../../store/table/read-item';
import { ITEM_IS_ABSENT } from '../../store/table/write';
import {
  isAs,
  isOlder,
  REPAIR,
  remove,
  stringOf,
  unchanged,
  type Check,
  type CheckContext,
  type ChecksOf,
} from './check';

/**
 * The longest time for which a sender may hold an email, in milliseconds, with the retries of its function.
 */
const CLAIMED_MS = 3_600_000;

const isInOutbox = ({ status, dueAt }: Item): boolean =>
  (status === 'due' || status === 'claimed') && typeof dueAt === 'string';

/** Whether an entry has no email that may still be sent. */
const isSettled = ({ status }: Item): boolean => status !== 'due' && status !== 'claimed';

/** An entry of a license's history, or the reminder of a SCIM key. */
export const mailChecks: ChecksOf = (item, domainId, context) => {
  const [userId = '', mailId = ''] = item.sk.split('#');
  if (userId === 'KEY') return [reminderCheck(domainId, item.sk, mailId)];
  const license = licenseRecordKey(domainId, userId);
  return [
    {
      id: 'license',
      keys: [license],
      examine: (find) =>
        find(license)
          ? undefined
          : {
              problem: 'history-orphaned',
              found: `There is a history of the license of the user ${userId}, but no license.`,
              action: 'Restore the license from a backup.',
            },
    },
    ...(isInOutbox(item) ? [outboxOfMailCheck(item, domainId, userId, mailId)] : []),
    ...(item.status === 'claimed' && item.dueAt === undefined && isOlder(item.claimedAt, context, CLAIMED_MS)
      ? [abandonedCheck(userId)]
      : []),
    ...(isSettled(item) && item.ttl === undefined ? [expiryCheck(item, userId, context)] : []),
  ];
};

/**
 * The outbox of an earlier version does not let an email expire that it sends, if the current version has
 * stored it. Both run at the same time during a deployment. SES does not report each result, so some of these
 * emails are only found here.
 */
const expiryCheck = (
  item: Item & ItemKey,
  userId: string,
  { now, auditRetentionDays }: CheckContext,
): Check => ({
  id: 'expiry',
  keys: [],
  examine: () => ({
    problem: 'mail-never-expires',
    found: `An entry in the history of the license of the user ${userId} has no expiry.`,
    action: REPAIR,
    repair: [
      {
        update: keyOf(item),
        set: { ttl: expirySeconds(now, auditRetentionDays) },
        condition: isAs(item, 'status', 'ttl'),
      },
    ],
    after: item.sk,
  }),
});

const abandonedCheck = (userId: string): Check => ({
  id: 'abandoned',
  keys: [],
  examine: () => ({
    problem: 'mail-abandoned',
    found: `An email about the license of the user ${userId} was begun more than an hour ago, and has no result.`,
    action: 'Send the abandoned emails: `scim mail redrive`. Or send this one again: `scim mail resend`.',
  }),
});

function reminderCheck(domainId: string, sk: string, keyId: string): Check {
  const key = credentialKey(domainId, keyId);
  return {
    id: 'credential',
    keys: [key],
    examine: (find) =>
      find(key)
        ? undefined
        : {
            problem: 'reminder-orphaned',
            found: `There is a reminder of the SCIM key ${keyId}, which does not exist in this domain (${sk}).`,
            action: 'Nothing. The entry expires.',
          },
  };
}

function outboxOfMailCheck(item: Item & ItemKey, domainId: string, userId: string, mailId: string): Check {
  const dueAt = stringOf(item.dueAt);
  const ids = { domainId, userId, mailId, dueAt };
  const [own, shared] = [
    outboxKey(dueAt, domainId, userId, mailId),
    sharedOutboxKey(dueAt, domainId, userId, mailId),
  ];
  return {
    id: 'outbox',
    keys: [own, shared],
    examine: (find) =>
      find(own) || find(shared)
        ? undefined
        : {
            problem: 'outbox-missing',
            found: `An email about the license of the user ${userId} is due, but not in the outbox, so it is never sent.`,
            action: REPAIR,
            repair: [
              { put: { ...outboxMinuteKey(dueAt, domainId), domainId } },
              { put: { ...own, ...ids }, condition: ITEM_IS_ABSENT },
              unchanged(item, 'status', 'dueAt'),
            ],
            after: own.sk,
          },
  };
}

/**
 * Returns whether the outbox stores the email of its entry again: an earlier version let it expire while it
 * waited.
 */
const isRestored = (license: Item | undefined, mailId: string): boolean =>
  license !== undefined && license.status !== 'pending' && (license.resendId ?? license.changeId) === mailId;

/** An email that is due later. An entry whose email has ended is removed when it is due. */
export const outboxChecks: ChecksOf = (item, domainId) => {
  const [dueAt = '', userId = '', mailId = ''] = item.sk.split('#');
  const [mail, license] = [mailKey(domainId, userId, mailId), licenseRecordKey(domainId, userId)];
  const [minute, merged] = [outboxMinuteKey(dueAt, domainId), outboxMinuteKey(PAST_MINUTE, domainId)];
  return [
    {
      id: 'mail',
      keys: [mail, license, minute, merged],
      examine: (find) => {
        const entry = find(mail);
        if (!entry && !isRestored(find(license), mailId))
          return {
            problem: 'outbox-orphaned',
            found: `The outbox has an email about the license of the user ${userId} that is not in the history.`,
            action: REPAIR,
            repair: [remove(item), { check: mail, condition: ITEM_IS_ABSENT }],
            before: item.sk,
          };
        if (entry && (!isInOutbox(entry) || entry.dueAt !== dueAt)) return undefined;
        if (find(minute) ?? find(merged)) return undefined;
        return {
          problem: 'outbox-minute-missing',
          found: `No minute of the outbox names the email about the license of the user ${userId}, so it may never be sent.`,
          action: REPAIR,
          repair: [{ put: { ...minute, domainId } }, unchanged(item)],
          after: minute.sk,
        };
      },
    },
  ];
};
