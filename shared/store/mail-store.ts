import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { licenseRecordKey, mailKey, type ItemKey } from './keys';
import type { Table } from './table';

const RETENTION_SECONDS = 90 * 86_400;

/** The change of a license that a mail tells of. */
export interface MailedChange {
  readonly domainId: string;
  readonly userId: string;
  readonly changeId: string;
}

/** What came of a mail in the end; `error` is for the operator to read. */
export type MailResult =
  | { readonly status: 'sent'; readonly messageId: string }
  | { readonly status: 'failed'; readonly error: string }
  | { readonly status: 'superseded' };

/**
 * `claimed`: this caller is to send the mail, until the lease runs out. `held`: another one is to. `decided`: there is a
 * result already.
 */
export type ClaimOutcome = 'claimed' | 'held' | 'decided';

/** The mails of license changes, one item for each: who sends it (a claim with a lease), and what came of it. */
export class MailStore {
  constructor(
    private readonly table: Table,
    /** Milliseconds for which a claim holds. Longer than a send can take. */
    readonly leaseMs: number,
  ) {}

  async claim(change: MailedChange, mail: { kind: string; to: string }, now: Date): Promise<ClaimOutcome> {
    const claim = { ...mail, status: 'claimed', claimedAt: now.toISOString() };
    try {
      await this.table.client.send(
        new PutCommand({
          TableName: this.table.name,
          Item: { ...keyOf(change), ...claim, ttl: Math.floor(now.getTime() / 1000) + RETENTION_SECONDS },
          ConditionExpression: 'attribute_not_exists(pk) OR (#status = :claimed AND claimedAt <= :expired)',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':claimed': 'claimed',
            ':expired': new Date(now.getTime() - this.leaseMs).toISOString(),
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return 'claimed';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return error.Item?.status?.S === 'claimed' ? 'held' : 'decided';
    }
  }

  /** Writes the result down, with its time (`sentAt`, `failedAt`, `supersededAt`); the first one stands. */
  async mark(change: MailedChange, result: MailResult, now: Date): Promise<void> {
    const set = Object.entries({ ...result, [`${result.status}At`]: now.toISOString() });
    try {
      await this.table.client.send(
        new UpdateCommand({
          TableName: this.table.name,
          Key: keyOf(change),
          UpdateExpression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
          ConditionExpression: '#status = :claimed',
          ExpressionAttributeNames: Object.fromEntries(set.map(([name]) => [`#${name}`, name])),
          ExpressionAttributeValues: {
            ':claimed': 'claimed',
            ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
          },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  /**
   * Whether the license has changed since, and the mail of its last change was taken up already: then this one would
   * arrive after it and say what is no longer true. A license that is gone needs no mail at all.
   */
  async isSuperseded(change: MailedChange): Promise<boolean> {
    const license = await this.read(licenseRecordKey(change.domainId, change.userId), 'changeId');
    const current = license?.changeId as string | undefined;
    if (current === undefined) return true;
    if (current === change.changeId) return false;
    return (await this.read(keyOf({ ...change, changeId: current }), 'pk')) !== undefined;
  }

  private async read(Key: ItemKey, attribute: string): Promise<Record<string, unknown> | undefined> {
    const { Item } = await this.table.client.send(
      new GetCommand({
        TableName: this.table.name,
        Key,
        ConsistentRead: true,
        ProjectionExpression: attribute,
      }),
    );
    return Item;
  }
}

const keyOf = (change: MailedChange): ItemKey => mailKey(change.domainId, change.userId, change.changeId);
