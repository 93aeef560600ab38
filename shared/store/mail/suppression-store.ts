import { backoff } from '../../retry/backoff';
import { auditWrite, type AuditEvent } from '../audit/audit';
import {
  MAIL_PROBLEM_KINDS,
  mailProblemWrite,
  readMailProblem,
  type MailProblem,
} from '../licenses/mail-problem';
import type { Condition } from '../table/expressions';
import { licenseRecordKey } from '../table/keys';
import { suppressedKey, suppressedPartition } from '../table/mail-keys';
import { keyOf, oneOf, optionalMap, optionalText, text, textSet, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_EXISTS, type Write } from '../table/write';
import { addressKeyOf, addressKeysOf } from './address-key';
import { addressResetWrite } from './mail-budget-store';
import type { AnyMailRef, MailRef } from './mail-item';

/** An address to which a domain sends no email, and the email that caused this. */
export interface SuppressedAddress {
  readonly address: string;
  readonly reason: MailProblem['kind'];
  /** The time of the suppression; RFC 3339, UTC. */
  readonly at: string;
  /** The response of the receiving server. */
  readonly detail?: string;
  /** The user whose email it was; absent if the email was about a SCIM key. */
  readonly userId?: string;
  readonly mailId?: string;
}

/** The largest number of attempts to clear an address while emails to it fail. */
const MAX_ATTEMPTS = 5;

/** Returns the write that suppresses an address after the email `ref` to it bounced or caused a complaint. */
export function suppressionWrite(ref: AnyMailRef, { address, kind, at, detail }: MailProblem): Write {
  const { domainId } = ref;
  if ('keyId' in ref)
    return {
      update: suppressedKey(domainId, addressKeyOf(address)),
      set: { address, reason: kind, at, detail },
    };
  const { userId, mailId } = ref;
  return {
    update: suppressedKey(domainId, addressKeyOf(address)),
    set: { address, reason: kind, at, detail, userId, mailId },
    // The users whose licenses record the problem.
    add: { userIds: new Set([userId]) },
  };
}

/**
 * The suppressed addresses of a domain, in any spelling. An address is suppressed until an administrator clears it.
 * An entry of a previous version may have another key. It counts as well, even beside an entry with the current key.
 */
export class SuppressionStore {
  constructor(private readonly table: Table) {}

  /** Returns whether emails to an address must not be sent. */
  async has(domainId: string, address: string): Promise<boolean> {
    return (await this.find(domainId, address)).length > 0;
  }

  /** Returns whether an email must not be sent. If so, the license records the problem too. */
  async isSuppressed(ref: MailRef, address: string): Promise<boolean> {
    const { domainId, userId } = ref;
    const [item] = await this.find(domainId, address);
    if (!item) return false;
    if (textSet(item, 'userIds').has(userId)) return true;
    const { reason: kind, at, detail } = readSuppressedAddress(item);
    // This fails if the address was cleared or the license has another address. Then the license has no
    // problem.
    await this.table.tryTransact([
      {
        update: keyOf(item),
        add: { userIds: new Set([userId]) },
        condition: ITEM_EXISTS,
      },
      mailProblemWrite(ref, { kind, at, detail, address }),
    ]);
    return true;
  }

  /**
   * Returns at most `limit` addresses after the address `after`, in their order. `next` is absent at the end.
   */
  async list(
    domainId: string,
    limit: number,
    after?: string,
  ): Promise<{ addresses: SuppressedAddress[]; next?: string }> {
    const { items, next } = await this.table.query({
      pk: suppressedPartition(domainId),
      limit,
      ...(after !== undefined && { after: suppressedKey(domainId, after) }),
    });
    return { addresses: items.map(readSuppressedAddress), ...(next && { next: next.sk }) };
  }

  /**
   * Clears an address and removes the problem from the licenses. Returns false if the address is not
   * suppressed. Throws `VersionConflict` if other emails to the address fail again and again at the same time.
   */
  async clear(domainId: string, address: string, audit: AuditEvent, retentionDays: number): Promise<boolean> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      if (attempt > 1) await backoff(attempt);
      const items = await this.find(domainId, address);
      if (items.length === 0) return false;
      // The licenses come first. If the request fails here, its retry still finds the users in the items.
      for (const userId of new Set(items.flatMap((item) => [...textSet(item, 'userIds')])))
        await this.clearMailProblem(domainId, userId, address);
      const failed = await this.table.tryTransact([
        ...items.map((item) => ({ delete: keyOf(item), condition: isUnchanged(item) })),
        // The bounced email did not arrive, so the next one need not wait. One that caused a complaint did arrive.
        ...(items.every((item) => readSuppressedAddress(item).reason === 'bounced')
          ? [addressResetWrite(domainId, address)]
          : []),
        auditWrite(domainId, audit, retentionDays),
      ]);
      if (failed.length === 0) return true;
    }
    throw new VersionConflict();
  }

  /** The license may spell the address otherwise. Its problem with another address stays. */
  private async clearMailProblem(domainId: string, userId: string, address: string): Promise<void> {
    const key = licenseRecordKey(domainId, userId);
    const license = await this.table.get(key, { attributes: ['mailProblem'] });
    const stored = license && optionalMap(license, 'mailProblem', readMailProblem)?.address;
    if (stored === undefined || addressKeyOf(stored) !== addressKeyOf(address)) return;
    await this.table.update(
      key,
      { remove: ['mailProblem'] },
      { condition: { expression: 'mailProblem.address = :address', values: { address: stored } } },
    );
  }

  private async find(domainId: string, address: string): Promise<Item[]> {
    const keys = addressKeysOf(address).map((key) => suppressedKey(domainId, key));
    return (await Promise.all(keys.map((key) => this.table.get(key)))).filter((item) => item !== undefined);
  }
}

/**
 * A user who was added since the item was read, and one whose email failed again, has a license with a problem that
 * nobody would ever clear without the item.
 */
function isUnchanged(item: Item): Condition {
  const { at, reason, mailId } = readSuppressedAddress(item);
  const userIds = textSet(item, 'userIds');
  const values = { at, reason, mailId, userIds: userIds.size > 0 ? userIds : undefined };
  // The first email to an address may have been a reminder, which has no user.
  const comparisons = Object.entries(values).map(([name, value]) =>
    value === undefined ? `attribute_not_exists(#${name})` : `#${name} = :${name}`,
  );
  return { expression: comparisons.join(' AND '), values };
}

const readSuppressedAddress = (item: Item): SuppressedAddress => ({
  address: text(item, 'address'),
  reason: oneOf(item, 'reason', MAIL_PROBLEM_KINDS),
  at: text(item, 'at'),
  detail: optionalText(item, 'detail'),
  userId: optionalText(item, 'userId'),
  mailId: optionalText(item, 'mailId'),
});
