import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { OUTBOX_PARTITION, outboxKey } from '../table/keys';
import { expirySeconds, mailKeyOf, type LicenseEvent, type MailItem, type MailRef } from './mail-item';
import type { Claim } from './mail-store';
import { setExpression } from '../table/set-expression';
import type { Table } from '../table/table';
import { tryTransact, type Write } from '../table/transaction';

/** A mail that is due at a time (RFC 3339, UTC). */
export interface OutboxEntry extends MailRef {
  readonly dueAt: string;
}

const PAGE_SIZE = 100;

/** The mails that are due later, an item each, written and moved in one transaction with the mail's own item. */
export class OutboxStore {
  constructor(
    private readonly table: Table,
    private readonly retentionDays: number,
  ) {}

  /** False where the mail is in the outbox, or was taken up, already. */
  add(ref: MailRef, mail: LicenseEvent & { kind: string; to: string }, dueAt: Date): Promise<boolean> {
    const due = dueAt.toISOString();
    const Item = {
      ...mailKeyOf(ref),
      ...mail,
      status: 'due',
      dueAt: due,
      ttl: expirySeconds(dueAt, this.retentionDays),
    };
    return this.tryWrite([
      { Put: { Item, ConditionExpression: 'attribute_not_exists(pk)' } },
      entryWrite({ ...ref, dueAt: due }),
    ]);
  }

  /** Puts a claimed mail off. False where the claim has run out, and another one has it. */
  async postpone(ref: MailRef, claim: Claim, dueAt: Date, error: string): Promise<boolean> {
    const due = dueAt.toISOString();
    const isMine = { ':claimed': 'claimed', ':claimedAt': claim.claimedAt };
    return this.tryWrite([
      {
        Update: {
          Key: mailKeyOf(ref),
          ...setExpression({ status: 'due', dueAt: due, error }, [], isMine),
          ConditionExpression: '#status = :claimed AND claimedAt = :claimedAt',
        },
      },
      entryWrite({ ...ref, dueAt: due }),
      ...(claim.dueAt === undefined ? [] : [{ Delete: { Key: entryKey({ ...ref, dueAt: claim.dueAt }) } }]),
    ]);
  }

  /** Makes a mail that failed due again, with as much time to be tried as a new one. False where it has not failed. */
  requeue(item: MailItem, dueAt: Date): Promise<boolean> {
    const due = dueAt.toISOString();
    return this.tryWrite([
      {
        Update: {
          Key: mailKeyOf(item),
          ...setExpression({ status: 'due', dueAt: due }, ['firstTriedAt', 'failedAt'], {
            ':failed': 'failed',
          }),
          ConditionExpression: '#status = :failed',
        },
      },
      entryWrite({ ...item, dueAt: due }),
    ]);
  }

  async remove(entry: OutboxEntry): Promise<void> {
    await this.table.client.send(new DeleteCommand({ TableName: this.table.name, Key: entryKey(entry) }));
  }

  /** By how many seconds the oldest mail that is due by `now` is late; 0 where none is. */
  async age(now: Date): Promise<number> {
    for await (const { dueAt } of this.dueBy(now)) return (now.getTime() - Date.parse(dueAt)) / 1000;
    return 0;
  }

  /** The mails that are due by `now`, in the order of their times. */
  async *dueBy(now: Date): AsyncGenerator<OutboxEntry> {
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.table.client.send(
        new QueryCommand({
          TableName: this.table.name,
          KeyConditionExpression: 'pk = :pk AND sk < :end',
          // "$" is the next character after "#", which ends the time.
          ExpressionAttributeValues: { ':pk': OUTBOX_PARTITION, ':end': `${now.toISOString()}$` },
          ConsistentRead: true,
          Limit: PAGE_SIZE,
          ExclusiveStartKey,
        }),
      );
      for (const { domainId, userId, mailId, dueAt } of Items as OutboxEntry[])
        yield { domainId, userId, mailId, dueAt };
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey);
  }

  private async tryWrite(writes: readonly Write[]): Promise<boolean> {
    return (await tryTransact(this.table, writes)).length === 0;
  }
}

const entryKey = ({ dueAt, domainId, userId, mailId }: OutboxEntry) =>
  outboxKey(dueAt, domainId, userId, mailId);

function entryWrite({ domainId, userId, mailId, dueAt }: OutboxEntry): Write {
  const entry = { domainId, userId, mailId, dueAt };
  return { Put: { Item: { ...entryKey(entry), ...entry } } };
}
