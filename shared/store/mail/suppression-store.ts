import { auditWrite, type AuditEvent } from '../audit/audit';
import { MAIL_PROBLEM_KINDS, mailProblemWrite, type MailProblem } from '../licenses/mail-problem';
import { isKeyText, licenseRecordKey, suppressedKey, suppressedPartition } from '../table/keys';
import { oneOf, optionalText, text, textSet, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { ITEM_EXISTS, type Write } from '../table/write';
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

/** Returns the write that suppresses an address after the email `ref` to it bounced or caused a complaint. */
export function suppressionWrite(ref: AnyMailRef, { address, kind, at, detail }: MailProblem): Write {
  const { domainId } = ref;
  if ('keyId' in ref)
    return { update: suppressedKey(domainId, address), set: { address, reason: kind, at, detail } };
  const { userId, mailId } = ref;
  return {
    update: suppressedKey(domainId, address),
    set: { address, reason: kind, at, detail, userId, mailId },
    // The users whose licenses record the problem.
    add: { userIds: new Set([userId]) },
  };
}

/**
 * The suppressed addresses of a domain, without regard to case. An address is suppressed until an
 * administrator clears it.
 */
export class SuppressionStore {
  constructor(private readonly table: Table) {}

  /** Returns whether emails to an address must not be sent. */
  async has(domainId: string, address: string): Promise<boolean> {
    return (await this.find(domainId, address)) !== undefined;
  }

  /** Returns whether an email must not be sent. If so, the license records the problem too. */
  async isSuppressed(ref: MailRef, address: string): Promise<boolean> {
    const { domainId, userId } = ref;
    const item = await this.find(domainId, address);
    if (!item) return false;
    if (textSet(item, 'userIds').has(userId)) return true;
    const { reason: kind, at, detail } = readSuppressedAddress(item);
    // This fails if the address was cleared or the license has another address. Then the license has no
    // problem.
    await this.table.tryTransact([
      {
        update: suppressedKey(domainId, address),
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
   * suppressed.
   */
  async clear(domainId: string, address: string, audit: AuditEvent, retentionDays: number): Promise<boolean> {
    const item = await this.find(domainId, address);
    if (!item) return false;
    // The licenses come first. If the request fails here, its retry still finds the users in the item.
    for (const userId of textSet(item, 'userIds'))
      await this.clearMailProblem(domainId, userId, text(item, 'address'));
    const failed = await this.table.tryTransact([
      { delete: suppressedKey(domainId, address), condition: ITEM_EXISTS },
      auditWrite(domainId, audit, retentionDays),
    ]);
    return failed.length === 0;
  }

  private async clearMailProblem(domainId: string, userId: string, address: string): Promise<void> {
    await this.table.update(
      licenseRecordKey(domainId, userId),
      { remove: ['mailProblem'] },
      { condition: { expression: 'mailProblem.address = :address', values: { address } } },
    );
  }

  private async find(domainId: string, address: string): Promise<Item | undefined> {
    return isKeyText(address) ? this.table.get(suppressedKey(domainId, address)) : undefined;
  }
}

const readSuppressedAddress = (item: Item): SuppressedAddress => ({
  address: text(item, 'address'),
  reason: oneOf(item, 'reason', MAIL_PROBLEM_KINDS),
  at: text(item, 'at'),
  detail: optionalText(item, 'detail'),
  userId: optionalText(item, 'userId'),
  mailId: optionalText(item, 'mailId'),
});
