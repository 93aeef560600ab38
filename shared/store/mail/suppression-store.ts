import { backoff } from '../../retry/backoff';
import { auditWrite, type AuditEvent } from '../audit/audit';
import { MAIL_PROBLEM_KINDS, mailProblemWrite, type MailProblem } from '../licenses/mail-problem';
import type { Condition } from '../table/expressions';
import { suppressedKey, suppressedPartition } from '../table/mail-keys';
import { keyOf, oneOf, optionalNumber, optionalText, text, textSet, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_EXISTS, type Write } from '../table/write';
import { addressKeyOf, addressKeysOf } from './address-key';
import { addressResetWrite } from './mail-budget-store';
import type { AnyMailRef, MailRef } from './mail-item';
import { SuppressedUsers, suppressedUserWrite } from './suppressed-users';

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

/**
 * `notFound`: the address is not suppressed. `unfinished`: the time was up, and the address is still
 * suppressed. Another call continues.
 */
export type ClearOutcome = 'cleared' | 'notFound' | 'unfinished';

/** Counts the users that were added to an address, so that a clear notices them. */
const COUNT_ADDITION = { additions: 1 };

/** Returns the write that suppresses an address after the email `ref` to it bounced or caused a complaint. */
export function suppressionWrite(ref: AnyMailRef, { address, kind, at, detail }: MailProblem): Write {
  const user = 'keyId' in ref ? {} : { userId: ref.userId, mailId: ref.mailId };
  return {
    update: suppressedKey(ref.domainId, addressKeyOf(address)),
    set: { address, reason: kind, at, detail, ...user },
    add: COUNT_ADDITION,
  };
}

/** Returns the writes that record the problem of a suppressed address in the license of the user. */
export const suppressedLicenseWrites = (ref: MailRef, problem: MailProblem): readonly [Write, Write] => [
  mailProblemWrite(ref, problem),
  suppressedUserWrite(ref.domainId, addressKeyOf(problem.address), ref.userId, problem.address),
];

/**
 * The suppressed addresses of a domain, in any spelling. An address is suppressed until an administrator
 * clears it. An entry of a previous version may have another key. It counts as well, even beside an entry
 * with the current key.
 */
export class SuppressionStore {
  private readonly users: SuppressedUsers;

  constructor(private readonly table: Table) {
    this.users = new SuppressedUsers(table);
  }

  /** Returns whether emails to an address must not be sent. */
  async has(domainId: string, address: string): Promise<boolean> {
    return (await this.find(domainId, address)).length > 0;
  }

  /** Returns whether an email must not be sent. If so, the license records the problem too. */
  async isSuppressed(ref: MailRef, address: string): Promise<boolean> {
    const { domainId, userId } = ref;
    const [item] = await this.find(domainId, address);
    if (!item) return false;
    const { pk, sk } = keyOf(item);
    const formerUserIds = textSet(item, 'userIds');
    if (formerUserIds.has(userId)) return true;
    if (await this.users.has(domainId, sk, userId, address)) return true;
    const { reason: kind, at, detail, address: storedAddress } = readSuppressedAddress(item);
    // The previous version kept the users in the item, which may be as large as an item can be. Each user who
    // is added takes one of them out.
    const moved = [...formerUserIds].slice(0, 1);
    // This fails if the address was cleared or the license has another address. Then the license has no
    // problem.
    await this.table.tryTransact([
      {
        update: { pk, sk },
        add: COUNT_ADDITION,
        ...(moved.length > 0 && { deleteElements: { userIds: new Set(moved) } }),
        condition: ITEM_EXISTS,
      },
      mailProblemWrite(ref, { kind, at, detail, address }),
      suppressedUserWrite(domainId, sk, userId, address),
      ...moved.map((other) => suppressedUserWrite(domainId, sk, other, storedAddress)),
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
   * Clears an address and removes the problem from the licenses, until `isTimeUp`. Throws `VersionConflict`
   * if other emails to the address fail again and again at the same time.
   */
  async clear(
    domainId: string,
    address: string,
    audit: AuditEvent,
    retentionDays: number,
    isTimeUp: () => boolean = () => false,
  ): Promise<ClearOutcome> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      if (attempt > 1) await backoff(attempt);
      const items = await this.find(domainId, address);
      // The licenses come first. If the request fails or ends here, its retry still finds the address, and
      // the users who are left. The previous version deleted an address without the users that it did not
      // know.
      const formerUserIds = new Set(items.flatMap((item) => [...textSet(item, 'userIds')]));
      const users = await this.users.clear(domainId, address, [...formerUserIds], isTimeUp);
      if (users === 'unfinished') return 'unfinished';
      if (items.length === 0 && users === 'none') return 'notFound';
      const failed = await this.table.tryTransact([
        ...items.map((item) => ({ delete: keyOf(item), condition: isUnchanged(item) })),
        // The bounced email did not arrive, so the next one need not wait. One that caused a complaint did
        // arrive.
        ...(items.every((item) => readSuppressedAddress(item).reason === 'bounced')
          ? [addressResetWrite(domainId, address)]
          : []),
        auditWrite(domainId, audit, retentionDays),
      ]);
      if (failed.length === 0) return 'cleared';
    }
    throw new VersionConflict();
  }

  private async find(domainId: string, address: string): Promise<Item[]> {
    const keys = addressKeysOf(address).map((key) => suppressedKey(domainId, key));
    return (await Promise.all(keys.map((key) => this.table.get(key)))).filter((item) => item !== undefined);
  }
}

/**
 * A user who was added since the item was read, and one whose email failed again, has a license with a
 * problem that nobody would ever clear without the item.
 */
function isUnchanged(item: Item): Condition {
  const { at, reason, mailId } = readSuppressedAddress(item);
  const userIds = textSet(item, 'userIds');
  const additions = optionalNumber(item, 'additions');
  const values = { at, reason, mailId, additions, userIds: userIds.size > 0 ? userIds : undefined };
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
