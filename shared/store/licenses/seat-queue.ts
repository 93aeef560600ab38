import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { auditWrite, type AuditEvent } from '../audit/audit';
import { readCounts, type SeatCounts } from '../domains/counts';
import { countsKey, licenseRecordKey, pendingKey, pendingPartition } from '../table/keys';
import { licenseWrite } from './license-write';
import { seatWrites } from './seats';
import type { Table } from '../table/table';
import { tryTransact } from '../table/transaction';

/** A license that waits for a seat, by the change that made it wait. */
export interface QueuedLicense {
  readonly userId: string;
  readonly changeId: string;
}

/** A seat for a license that waited: the ids of its activation, and the event that tells of it. */
export interface Promotion {
  readonly changeId: string;
  readonly activationId: string;
  readonly audit: AuditEvent;
}

/** `gone`: the license waits no more, or not by that change. `full`: there is no seat. */
export type PromotionOutcome = 'promoted' | 'notQueued' | 'noSeat';

/** The licenses of one domain that wait for a seat, in the order in which they began to. */
export class SeatQueue {
  constructor(
    private readonly table: Table,
    private readonly domainId: string,
    private readonly auditRetentionDays: number,
  ) {}

  seats(): Promise<SeatCounts> {
    return readCounts(this.table, this.domainId);
  }

  /** At most `limit` of those that wait longest, after the one of the change `after`. */
  oldest(limit: number, after?: string): Promise<QueuedLicense[]> {
    return readOldestQueued(this.table, this.domainId, limit, after);
  }

  /** Has the table's stream tell of the counts once more, where licenses wait: seats that nobody gave are given then. */
  async requestPromotion(now: Date): Promise<void> {
    try {
      await this.table.client.send(
        new UpdateCommand({
          TableName: this.table.name,
          Key: countsKey(this.domainId),
          UpdateExpression: 'SET wokenAt = :at',
          ConditionExpression: 'pendingLicenses > :none',
          ExpressionAttributeValues: { ':at': now.toISOString(), ':none': 0 },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  /** Gives a license that waits a seat, in one transaction. */
  async promote(
    { userId, changeId: waitedAs }: QueuedLicense,
    promotion: Promotion,
  ): Promise<PromotionOutcome> {
    const { changeId, activationId, audit } = promotion;
    const change = { status: 'active', changeId, activationId, queuedChangeId: waitedAs } as const;
    const [failed] = await tryTransact(this.table, [
      licenseWrite(this.domainId, userId, audit.at, undefined, change, audit.actor),
      ...seatWrites(this.domainId, userId, change),
      auditWrite(this.domainId, audit, this.auditRetentionDays),
    ]);
    if (failed === undefined) return 'promoted';
    return failed === 0 ? 'notQueued' : 'noSeat';
  }
}

/** At most `limit` of the licenses of a domain that wait longest, after the one of the change `after`. */
export async function readOldestQueued(
  table: Table,
  domainId: string,
  limit: number,
  after?: string,
): Promise<QueuedLicense[]> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pendingPartition(domainId) },
      ConsistentRead: true,
      Limit: limit,
      ...(after !== undefined && { ExclusiveStartKey: pendingKey(domainId, after) }),
    }),
  );
  return Items.map(({ sk, userId }) => ({ changeId: sk as string, userId: userId as string }));
}

/** The change by which a user's license waits for a seat; undefined where it does not wait. */
export async function readQueuedChangeId(
  table: Table,
  domainId: string,
  userId: string,
): Promise<string | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: licenseRecordKey(domainId, userId), ConsistentRead: true }),
  );
  return Item?.status === 'pending' ? (Item.changeId as string) : undefined;
}
