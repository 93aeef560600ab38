import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { countsKey, licenseRecordKey, mailKey, mailPartition } from '../table/keys';
import {
  fromMailItem,
  isOpen,
  expirySeconds,
  mailKeyOf,
  type LicenseEvent,
  type MailItem,
  type MailRef,
  type MailResult,
} from './mail-item';
import { setExpression } from '../table/set-expression';
import type { Table } from '../table/table';

/** A mail that this caller is to send, until the lease runs out: the how-many-th try it is, and when the first one was. */
export interface Claim {
  readonly claimedAt: string;
  readonly attempts: number;
  readonly firstTriedAt: string;
  readonly dueAt?: string;
}

/** `held`: another one is to send it. `decided`: there is a result already, or its time in the outbox has changed. */
export type ClaimOutcome = Claim | 'leased' | 'settled';

export interface MailStoreOptions {
  /** Milliseconds for which a claim holds. Longer than a send can take. */
  readonly leaseMs: number;
  /** How long an entry is kept. */
  readonly retentionDays: number;
}

/** The histories of licenses: an item for each change and each mail, with who sends it (a claim with a lease), and what came of it. */
export class MailStore {
  constructor(
    private readonly table: Table,
    private readonly options: MailStoreOptions,
  ) {}

  /** Claims a mail that is to go out at once. One that is in the outbox is `decided`: it goes out from there. */
  claim(ref: MailRef, mail: LicenseEvent & { kind: string; to: string }, now: Date): Promise<ClaimOutcome> {
    const condition =
      'attribute_not_exists(pk) OR (#status = :claimed AND claimedAt <= :expired AND attribute_not_exists(dueAt))';
    return this.claimItem(
      ref,
      { ...mail, ttl: expirySeconds(now, this.options.retentionDays) },
      condition,
      {},
      now,
    );
  }

  /** Claims a mail of the outbox. */
  claimDue(ref: MailRef, dueAt: string, to: string, now: Date): Promise<ClaimOutcome> {
    const condition = 'dueAt = :dueAt AND (#status = :due OR (#status = :claimed AND claimedAt <= :expired))';
    return this.claimItem(ref, { to }, condition, { ':dueAt': dueAt, ':due': 'due' }, now);
  }

  /** Writes the result of a claimed mail down, with its time (`sentAt`, `failedAt`, …); the first one stands. */
  async mark(ref: MailRef, result: MailResult & { attempts?: number }, now: Date): Promise<void> {
    const removed = result.status === 'sent' ? ['error'] : [];
    const values = { ...result, [`${result.status}At`]: now.toISOString() };
    await this.update(ref, setExpression(values, removed, { ':before': 'claimed' }), '#status = :before');
  }

  /** An entry without a mail. Written once: what is there stays as it is. */
  async recordEntry(ref: MailRef, event: LicenseEvent, now: Date): Promise<void> {
    try {
      await this.table.client.send(
        new PutCommand({
          TableName: this.table.name,
          Item: {
            ...mailKeyOf(ref),
            ...event,
            kind: 'none',
            status: 'none',
            ttl: expirySeconds(now, this.options.retentionDays),
          },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  /** Ends a mail that is still open, as it was read. False where it is being sent, or has changed since. */
  async supersede(item: MailItem, now: Date): Promise<boolean> {
    const at = item.status === 'due' ? 'dueAt' : 'claimedAt';
    if (at === 'claimedAt' && (item.claimedAt ?? '') > this.leaseCutoff(now)) return false;
    const asRead = { ':before': item.status, ':at': item[at] };
    return this.update(
      item,
      setExpression({ status: 'superseded', supersededAt: now.toISOString() }, [], asRead),
      `#status = :before AND ${at} = :at`,
    );
  }

  /**
   * Whether the license has changed since, or the mail was asked for again, and the later mail was taken up already: then
   * this one would arrive after it. A license that is gone needs no mail at all.
   */
  async isSuperseded({ domainId, userId, mailId }: MailRef): Promise<boolean> {
    const license = await this.get(licenseRecordKey(domainId, userId));
    const current = (license?.resendId ?? license?.changeId) as string | undefined;
    if (current === undefined) return true;
    if (current === mailId) return false;
    return (await this.get(mailKey(domainId, userId, current))) !== undefined;
  }

  /** Whether the domain was deleted: then nobody of it is mailed any more, and nothing is written that would have to be swept up. */
  async isDomainDeleted(domainId: string): Promise<boolean> {
    return (await this.get(countsKey(domainId)))?.deletedAt !== undefined;
  }

  async read(ref: MailRef): Promise<MailItem | undefined> {
    const item = await this.get(mailKeyOf(ref));
    return item && fromMailItem(ref.domainId, item);
  }

  /** The other mails of the license that may still go out, and those of the change `ended`. */
  async related({ domainId, userId, mailId }: MailRef, ended = ''): Promise<MailItem[]> {
    const items: MailItem[] = [];
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.table.client.send(
        new QueryCommand({
          TableName: this.table.name,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :user)',
          FilterExpression: '#status IN (:due, :claimed) OR changeId = :ended',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':pk': mailPartition(domainId),
            ':user': `${userId}#`,
            ':due': 'due',
            ':claimed': 'claimed',
            ':ended': ended,
          },
          ConsistentRead: true,
          ExclusiveStartKey,
        }),
      );
      items.push(...Items.map((item) => fromMailItem(domainId, item)));
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return items.filter((item) => item.mailId !== mailId && (isOpen(item) || item.changeId === ended));
  }

  private leaseCutoff(now: Date): string {
    return new Date(now.getTime() - this.options.leaseMs).toISOString();
  }

  private async claimItem(
    ref: MailRef,
    attributes: object,
    condition: string,
    values: object,
    now: Date,
  ): Promise<ClaimOutcome> {
    const claimedAt = now.toISOString();
    const set = setExpression({ ...attributes, status: 'claimed', claimedAt }, [], {
      ...values,
      ':claimed': 'claimed',
      ':expired': this.leaseCutoff(now),
      ':one': 1,
    });
    try {
      const { Attributes = {} } = await this.table.client.send(
        new UpdateCommand({
          TableName: this.table.name,
          Key: mailKeyOf(ref),
          ...set,
          UpdateExpression: `${set.UpdateExpression}, firstTriedAt = if_not_exists(firstTriedAt, :claimedAt) ADD attempts :one`,
          ConditionExpression: condition,
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      const { attempts, firstTriedAt, dueAt } = fromMailItem(ref.domainId, Attributes);
      return { claimedAt, attempts: attempts ?? 1, firstTriedAt: firstTriedAt ?? claimedAt, dueAt };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return outcomeOfFailedClaim(error.Item && unmarshall(error.Item), values);
    }
  }

  private async update(
    ref: MailRef,
    set: ReturnType<typeof setExpression>,
    condition: string,
  ): Promise<boolean> {
    try {
      await this.table.client.send(
        new UpdateCommand({
          TableName: this.table.name,
          Key: mailKeyOf(ref),
          ...set,
          ConditionExpression: condition,
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  private async get(Key: { pk: string; sk: string }): Promise<Record<string, unknown> | undefined> {
    const { Item } = await this.table.client.send(
      new GetCommand({ TableName: this.table.name, Key, ConsistentRead: true }),
    );
    return Item;
  }
}

/** Whoever has claimed a mail of the outbox leaves it to the outbox: to the stream it is decided. */
function outcomeOfFailedClaim(item: Record<string, unknown> = {}, values: object): 'leased' | 'settled' {
  const { ':dueAt': dueAt } = values as { ':dueAt'?: string };
  return item.status === 'claimed' && item.dueAt === dueAt ? 'leased' : 'settled';
}
