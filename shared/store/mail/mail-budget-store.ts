import { foldName } from '../../scim/text/fold';
import type { Condition } from '../table/expressions';
import { addressBudgetKey, HOUR_BUDGET_PREFIX, hourBudgetKey, mailBudgetPartition } from '../table/mail-keys';
import { optionalNumber, optionalText, text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import type { Write } from '../table/write';
import { addressKeyOf } from './address-key';
import type { MailRef } from './mail-item';

const HOUR_MS = 3_600_000;
/** Items are kept for longer than any limit looks back. */
const KEPT_SECONDS = 2 * 86_400;

/** A license key that is emailed to an address, or waits to be. */
export interface KeyMail {
  readonly userId: string;
  readonly mailId: string;
  readonly userName: string;
}

/** The newest license key for an address. */
export interface NewestKey extends Pick<KeyMail, 'userId' | 'mailId'> {
  /** Returns whether its user has this name. */
  readonly isOf: (userName: string) => boolean;
}

/** The emails of a domain in one hour. */
export interface HourOfMails {
  /** RFC 3339, up to the hour. */
  readonly hour: string;
  readonly sent: number;
  /** The number of times that an email was postponed because the hour had enough. */
  readonly postponed: number;
}

/**
 * The limits on the emails of a domain. Each limit is a condition of the write that uses it up. An address
 * has one item, which the email that was last sent to it holds for a time. An hour has one item, which
 * counts.
 */
export class MailBudgetStore {
  constructor(private readonly table: Table) {}

  /**
   * Reserves an address for an email. An email that holds the address already, after a failed attempt, holds
   * it anew. Returns undefined, or the time until which another email holds the address. `key` names the
   * license key that is in the email.
   */
  async claimAddress(
    ref: MailRef,
    address: string,
    intervalMs: number,
    now: Date,
    key?: KeyMail,
  ): Promise<Date | undefined> {
    const { update, set, condition } = addressWrite(ref, address, intervalMs, now);
    const { written, item } = await this.table.update(
      update,
      { set: { ...set, ...(key && keyAttributes(key)) } },
      { condition, returnItem: 'whenRefused' },
    );
    if (written) return undefined;
    if (key) await this.recordWaitingKey(ref.domainId, address, key);
    return new Date(Date.parse((item && optionalText(item, 'at')) ?? now.toISOString()) + intervalMs);
  }

  /** Gives up an address that a claim reserved, because SES certainly accepted nothing. */
  async releaseAddress({ domainId, mailId }: MailRef, address: string): Promise<void> {
    await this.table.update(
      addressBudgetKey(domainId, budgetAddress(address)),
      { remove: ['at', 'userId', 'mailId'] },
      { condition: { expression: 'mailId = :own', values: { own: mailId } } },
    );
  }

  /** Returns the newest license key for an address that was emailed or waits. */
  async newestKey(domainId: string, address: string): Promise<NewestKey | undefined> {
    const item = await this.table.get(addressBudgetKey(domainId, budgetAddress(address)));
    if (!item || optionalText(item, 'keyMailId') === undefined) return undefined;
    const name = text(item, 'keyUserName');
    return {
      userId: text(item, 'keyUserId'),
      mailId: text(item, 'keyMailId'),
      isOf: (userName) => foldName(userName) === name,
    };
  }

  /** Returns the time until which an email holds an address; undefined if none does. */
  async addressHeldUntil(
    domainId: string,
    address: string,
    intervalMs: number,
    now: Date,
  ): Promise<Date | undefined> {
    const item = await this.table.get(addressBudgetKey(domainId, budgetAddress(address)));
    const at = item && optionalText(item, 'at');
    if (at === undefined) return undefined;
    const until = new Date(Date.parse(at) + intervalMs);
    return until > now ? until : undefined;
  }

  /**
   * Counts an email in the current hour. Returns undefined, or a time in a later hour if this one has `limit`
   * emails. Postponed emails are spread over the hours that they need.
   */
  async claimHour(domainId: string, limit: number, now: Date): Promise<Date | undefined> {
    const key = hourBudgetKey(domainId, hourOf(now));
    const { written } = await this.table.update(
      key,
      { add: { sent: 1 }, set: { ttl: ttlOf(now) } },
      { condition: { expression: 'attribute_not_exists(sent) OR sent < :limit', values: { limit } } },
    );
    if (written) return undefined;
    const { item } = await this.table.update(key, { add: { postponed: 1 } }, { returnItem: 'always' });
    const place = ((item && optionalNumber(item, 'postponed')) ?? 1) - 1;
    return new Date(Date.parse(`${hourOf(now)}:00:00Z`) + HOUR_MS + Math.floor((place / limit) * HOUR_MS));
  }

  /** Takes back the count of an email that SES certainly did not accept. */
  async releaseHour(domainId: string, claimedAt: Date): Promise<void> {
    await this.table.update(
      hourBudgetKey(domainId, hourOf(claimedAt)),
      { add: { sent: -1 } },
      { condition: { expression: 'sent > :none', values: { none: 0 } } },
    );
  }

  /** Returns the current hour and the one before, as far as they have emails. */
  async recentHours(domainId: string, now: Date): Promise<HourOfMails[]> {
    const first = hourOf(new Date(now.getTime() - HOUR_MS));
    const { items } = await this.table.query({
      pk: mailBudgetPartition(domainId),
      sortKey: { operator: '>=', value: `${HOUR_BUDGET_PREFIX}${first}` },
    });
    return items.map(readHour);
  }

  /**
   * A notice is not needed once a newer key is on its way, so the key is recorded although it has to wait.
   */
  private async recordWaitingKey(domainId: string, address: string, key: KeyMail): Promise<void> {
    await this.table.update(
      addressBudgetKey(domainId, budgetAddress(address)),
      { set: keyAttributes(key) },
      {
        condition: {
          expression: 'attribute_exists(#at) AND (attribute_not_exists(keyMailId) OR keyMailId < :newer)',
          values: { newer: key.mailId },
        },
      },
    );
  }
}

/** Returns the write that reserves an address for an email. It fails if another email holds the address. */
export function addressWrite(
  { domainId, userId, mailId }: MailRef,
  address: string,
  intervalMs: number,
  now: Date,
) {
  const condition: Condition = {
    expression: 'attribute_not_exists(#at) OR #at <= :expired OR mailId = :own',
    values: { expired: new Date(now.getTime() - intervalMs).toISOString(), own: mailId },
  };
  return {
    update: addressBudgetKey(domainId, budgetAddress(address)),
    set: { userId, mailId, at: now.toISOString(), ttl: ttlOf(now) },
    condition,
  } satisfies Write;
}

/** Returns the write that frees an address whose last email did not arrive. */
export const addressResetWrite = (domainId: string, address: string): Write => ({
  delete: addressBudgetKey(domainId, budgetAddress(address)),
});

/** Spellings of an address that reach one mailbox are one address. A dot at the end means the same domain. */
const budgetAddress = (address: string): string => addressKeyOf(address.trim()).replace(/\.+$/, '');

const hourOf = (time: Date): string => time.toISOString().slice(0, '2026-03-01T12'.length);

const ttlOf = (now: Date): number => Math.floor(now.getTime() / 1000) + KEPT_SECONDS;

const keyAttributes = ({ userId, mailId, userName }: KeyMail) => ({
  keyUserId: userId,
  keyMailId: mailId,
  keyUserName: foldName(userName),
});

const readHour = (item: Item): HourOfMails => ({
  hour: text(item, 'sk').slice(HOUR_BUDGET_PREFIX.length),
  sent: optionalNumber(item, 'sent') ?? 0,
  postponed: optionalNumber(item, 'postponed') ?? 0,
});
