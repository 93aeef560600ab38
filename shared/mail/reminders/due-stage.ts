import type { Credential } from '../../store/credentials/credential';

const DAY_MS = 86_400_000;
/** The days before the expiry of a key at which its reminders are due, the most urgent one first. */
const REMINDER_DAYS = [1, 7, 30] as const;
/**
 * No reminder is sent for a key that expired more days ago. This limit also ends the time for which the state
 * of a reminder is needed, and prevents emails about old keys after an update of the service.
 */
const EXPIRED_DAYS = 30;

/** The reminders of a key: this many days before its expiry, or after it. */
export type ReminderStage = `${(typeof REMINDER_DAYS)[number]}` | 'expired';

/**
 * Returns the most urgent reminder that is due now, if any. It replaces earlier ones, even those that were
 * not sent. A reminder that was due before the key was created does not count.
 */
export function dueStage(
  { createdAt, expireTime, revokedAt }: Pick<Credential, 'createdAt' | 'expireTime' | 'revokedAt'>,
  now: Date,
): ReminderStage | undefined {
  if (revokedAt !== undefined || expireTime === undefined) return undefined;
  const sinceExpiry = now.getTime() - Date.parse(expireTime);
  if (sinceExpiry >= 0) return sinceExpiry < EXPIRED_DAYS * DAY_MS ? 'expired' : undefined;
  const created = Date.parse(createdAt);
  const days = REMINDER_DAYS.find((each) => sinceExpiry >= -each * DAY_MS);
  if (days === undefined || created >= Date.parse(expireTime) - days * DAY_MS) return undefined;
  return `${days}`;
}

/**
 * Returns the time after which no reminder of a key is due, in seconds since the epoch, with a month to
 * spare.
 */
export const endOfReminders = (expireTime: string): number =>
  Math.floor((Date.parse(expireTime) + 2 * EXPIRED_DAYS * DAY_MS) / 1000);
