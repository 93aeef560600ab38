import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { pageMarkKey } from '../table/keys';
import type { Position } from '../resources/resource-store';
import type { Table } from '../table/table';

/** Where a page of a listing begins: after the record at `after`, which is number `startIndex - 1`. */
export interface PageMark {
  readonly startIndex: number;
  readonly after: Position;
}

const LIFETIME_SECONDS = 600;

/** Remembers where pages began, so that a client that walks by `startIndex` reads each item once. */
export class PageMarks {
  /** `listing` names what is listed and in which order, e.g. `USER`. */
  constructor(
    private readonly table: Table,
    private readonly domainId: string,
    private readonly listing: string,
  ) {}

  /** The last mark at or before `startIndex`. `now` in milliseconds. */
  async nearest(startIndex: number, now: number): Promise<PageMark | undefined> {
    const { pk, sk } = pageMarkKey(this.domainId, this.listing, startIndex);
    const { Items } = await this.table.client.send(
      new QueryCommand({
        TableName: this.table.name,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk <= :sk',
        FilterExpression: '#ttl > :now',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':pk': pk, ':sk': sk, ':now': Math.floor(now / 1000) },
        ScanIndexForward: false,
        Limit: 1,
      }),
    );
    const mark = Items?.[0];
    return mark && { startIndex: Number(mark.sk), after: mark.after as Position };
  }

  async put({ startIndex, after }: PageMark, now: number): Promise<void> {
    await this.table.client.send(
      new PutCommand({
        TableName: this.table.name,
        Item: {
          ...pageMarkKey(this.domainId, this.listing, startIndex),
          after,
          ttl: Math.floor(now / 1000) + LIFETIME_SECONDS,
        },
      }),
    );
  }
}
