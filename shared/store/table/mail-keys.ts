import type { ItemKey } from './keys';

/** The history of licenses. `mailId` is the id of a change of a license, or of a resend request. */
export const mailPartition = (d: string): string => `${d}#MAIL`;
export const mailKey = (d: string, userId: string, mailId: string): ItemKey => ({
  pk: mailPartition(d),
  sk: `${userId}#${mailId}`,
});

/** Emails of a domain that are about a SCIM key. No id of a user begins like this. */
const KEY_REMINDER_PREFIX = 'KEY#';
export const keyReminderPrefix = (keyId: string): string => `${KEY_REMINDER_PREFIX}${keyId}#`;
export const keyReminderKey = (d: string, keyId: string, reminderId: string): ItemKey => ({
  pk: mailPartition(d),
  sk: keyReminderPrefix(keyId) + reminderId,
});

/**
 * The limits on the emails of a domain: when each address got its last one, and how many there were in each
 * hour.
 */
export const mailBudgetPartition = (d: string): string => `${d}#MAILBUDGET`;
export const addressBudgetKey = (d: string, addressKey: string): ItemKey => ({
  pk: mailBudgetPartition(d),
  sk: `ADDRESS#${addressKey}`,
});
export const HOUR_BUDGET_PREFIX = 'HOUR#';
/** `hour` is an RFC 3339 time up to its hour. */
export const hourBudgetKey = (d: string, hour: string): ItemKey => ({
  pk: mailBudgetPartition(d),
  sk: `${HOUR_BUDGET_PREFIX}${hour}`,
});

/** The place at which an unfinished check of all SCIM keys continues. */
export const KEY_CHECK_PARTITION = 'KEY-CHECK';
export const keyCheckKey: ItemKey = { pk: KEY_CHECK_PARTITION, sk: 'POSITION' };

/** The emails of a domain that are due later, in the order of their times (RFC 3339, UTC). */
export const outboxPartition = (d: string): string => `${d}#OUTBOX`;
export const outboxKey = (dueAt: string, d: string, userId: string, mailId: string): ItemKey => ({
  pk: outboxPartition(d),
  sk: `${dueAt}#${userId}#${mailId}`,
});

/**
 * The outbox of the previous version, which all domains shared. Its key of an entry also named the domain.
 */
export const SHARED_OUTBOX_PARTITION = 'OUTBOX';
export const sharedOutboxKey = (dueAt: string, d: string, userId: string, mailId: string): ItemKey => ({
  pk: SHARED_OUTBOX_PARTITION,
  sk: `${dueAt}#${d}#${userId}#${mailId}`,
});

/** The minutes in which domains have emails that are due. `time` is an RFC 3339 time within the minute. */
export const OUTBOX_MINUTES_PARTITION = 'OUTBOX-MINUTES';
export const outboxMinuteKey = (time: string, d: string): ItemKey => ({
  pk: OUTBOX_MINUTES_PARTITION,
  sk: `${minuteOf(time)}#${d}`,
});

/** Returns an RFC 3339 time up to its minutes. */
export const minuteOf = (time: string): string => time.slice(0, '2026-03-01T12:00'.length);

/** Before all minutes of emails. Its item stands for those that are over; see `OutboxMinutes.merge`. */
export const PAST_MINUTE = '0001-01-01T00:00';

/** The lease of the run that sends the emails of the outbox. */
export const OUTBOX_RUN_PARTITION = 'OUTBOX-RUN';
export const outboxRunKey: ItemKey = { pk: OUTBOX_RUN_PARTITION, sk: 'RUN' };

/**
 * The users whose licenses record the problem of a suppressed address. `addressKey` is as in the key of the
 * address.
 */
export const suppressedUsersPartition = (d: string): string => `${d}#SUPPRESSED-USERS`;
export const suppressedUserPrefix = (addressKey: string): string => `${addressKey}#`;
export const suppressedUserKey = (d: string, addressKey: string, userId: string): ItemKey => ({
  pk: suppressedUsersPartition(d),
  sk: suppressedUserPrefix(addressKey) + userId,
});

/** The suppressed addresses of a domain. `addressKey` is the address as it is compared. */
export const suppressedPartition = (d: string): string => `${d}#SUPPRESSED`;
export const suppressedKey = (d: string, addressKey: string): ItemKey => ({
  pk: suppressedPartition(d),
  sk: addressKey,
});
