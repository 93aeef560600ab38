import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { auditWrite, type AuditEvent } from '../audit/audit';
import { isKeyText, licenseRecordKey, suppressedKey, suppressedPartition } from '../table/keys';
import type { MailRef } from './mail-item';
import { mailProblemWrite, type MailProblem } from '../licenses/mail-problem';
import { setExpression } from '../table/set-expression';
import type { Table } from '../table/table';
import { tryTransact, type Write } from '../table/transaction';

/** An address to which no mail of the domain goes any more, and the mail by which that was found out. */
export interface SuppressedAddress {
  readonly address: string;
  readonly reason: MailProblem['kind'];
  /** Since when; RFC 3339, UTC. */
  readonly at: string;
  /** What the receiving server said. */
  readonly detail?: string;
  readonly userId: string;
  readonly mailId: string;
}

/** `userIds`: the licenses that say so, whose mails go to the address. */
type Suppression = SuppressedAddress & { readonly userIds: ReadonlySet<string> };

/** The write that suppresses an address, since the mail `ref` to it bounced or was complained of. */
export function suppressionWrite(ref: MailRef, { address, kind, at, detail }: MailProblem): Write {
  const { domainId, userId, mailId } = ref;
  const set = setExpression({ address, reason: kind, at, detail, userId, mailId }, [], {
    ':userIds': new Set([userId]),
  });
  return {
    Update: {
      Key: suppressedKey(domainId, address),
      ...set,
      UpdateExpression: `${set.UpdateExpression} ADD userIds :userIds`,
    },
  };
}

/** The addresses of a domain to which no mail goes, until an administrator clears them. Without regard to case. */
export class SuppressionStore {
  constructor(private readonly table: Table) {}

  /** Whether a mail must not be sent; the license then says why, too. */
  async isSuppressed(ref: MailRef, address: string): Promise<boolean> {
    const { domainId, userId } = ref;
    const found = await this.find(domainId, address);
    if (!found) return false;
    if (found.userIds.has(userId)) return true;
    const { reason: kind, at, detail } = found;
    const told: Write[] = [
      {
        Update: {
          Key: suppressedKey(domainId, address),
          UpdateExpression: 'ADD userIds :userIds',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':userIds': new Set([userId]) },
        },
      },
      mailProblemWrite(ref, { kind, at, detail, address }),
    ];
    // Cleared meanwhile, or the license has another address by now: then there is nothing to say of the license.
    await tryTransact(this.table, told);
    return true;
  }

  /** At most `limit`, in the order of the addresses, after the one `after`; `next` is absent at the end. */
  async list(
    domainId: string,
    limit: number,
    after?: string,
  ): Promise<{ addresses: SuppressedAddress[]; next?: string }> {
    const { Items = [], LastEvaluatedKey } = await this.table.client.send(
      new QueryCommand({
        TableName: this.table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': suppressedPartition(domainId) },
        ConsistentRead: true,
        Limit: limit,
        ...(after !== undefined && { ExclusiveStartKey: suppressedKey(domainId, after) }),
      }),
    );
    const addresses = Items.map((item) => summaryOf(fromItem(item)));
    return { addresses, ...(LastEvaluatedKey && { next: LastEvaluatedKey.sk as string }) };
  }

  /** Lets mails go there again, and takes the problem off the licenses. False where the address is not suppressed. */
  async clear(domainId: string, address: string, audit: AuditEvent, retentionDays: number): Promise<boolean> {
    const found = await this.find(domainId, address);
    if (!found) return false;
    // Before the transaction: whoever repeats a command that died in between finds the rest of them still named.
    for (const userId of found.userIds) await this.clearMailProblem(domainId, userId, found.address);
    const failed = await tryTransact(this.table, [
      { Delete: { Key: suppressedKey(domainId, address), ConditionExpression: 'attribute_exists(pk)' } },
      auditWrite(domainId, audit, retentionDays),
    ]);
    return failed.length === 0;
  }

  private async clearMailProblem(domainId: string, userId: string, address: string): Promise<void> {
    try {
      await this.table.client.send(
        new UpdateCommand({
          TableName: this.table.name,
          Key: licenseRecordKey(domainId, userId),
          UpdateExpression: 'REMOVE mailProblem',
          ConditionExpression: 'mailProblem.address = :address',
          ExpressionAttributeValues: { ':address': address },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  private async find(domainId: string, address: string): Promise<Suppression | undefined> {
    if (!isKeyText(address)) return undefined;
    const { Item } = await this.table.client.send(
      new GetCommand({
        TableName: this.table.name,
        Key: suppressedKey(domainId, address),
        ConsistentRead: true,
      }),
    );
    return Item && fromItem(Item);
  }
}

function fromItem({ pk: _pk, sk: _sk, ...item }: Record<string, unknown>): Suppression {
  const suppression = item as unknown as SuppressedAddress & { userIds?: ReadonlySet<string> };
  return { ...suppression, userIds: suppression.userIds ?? new Set() };
}

function summaryOf({ userIds: _userIds, ...address }: Suppression): SuppressedAddress {
  return address;
}
