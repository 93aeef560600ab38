import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { auditWrite, type AuditEvent } from '../audit/audit';
import { batchGet } from '../table/batch-get';
import { licensePartition, licenseRecordKey, nameKeyOf } from '../table/keys';
import type { LicenseRecord } from './license-record';
import { changedBy } from './license-write';
import { setExpression } from '../table/set-expression';
import type { Table } from '../table/table';
import { tryTransact } from '../table/transaction';

/** A query reads 1 MB: some thousands of licenses. */
const MAX_ADDRESS_QUERIES = 5;

/** Holders whose mails go to an address, and where to go on looking. */
export interface UsersByAddress {
  /** In the order of their ids. */
  readonly userIds: readonly string[];
  /** The id of the last license that was looked at, where there are others. */
  readonly next?: string;
}

/**
 * Finds the users of a domain whose license mails go to `address`, without regard to case: looks at the licenses after the one of
 * the user `after`, since no index has their addresses. Licenses are smaller than users. Eventually consistent, at half the price.
 */
export async function findUsersByAddress(
  table: Table,
  domainId: string,
  address: string,
  limit: number,
  after?: string,
): Promise<UsersByAddress> {
  const wanted = nameKeyOf(address);
  const userIds: string[] = [];
  let position = after;
  for (let query = 0; query < MAX_ADDRESS_QUERIES; query++) {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': licensePartition(domainId) },
        ProjectionExpression: 'sk, email',
        ...(position !== undefined && { ExclusiveStartKey: licenseRecordKey(domainId, position) }),
      }),
    );
    for (const { sk, email } of Items) {
      if (userIds.length === limit) return { userIds, next: position };
      position = sk as string;
      if (nameKeyOf(email as string) === wanted) userIds.push(position);
    }
    if (!LastEvaluatedKey) return { userIds };
  }
  return { userIds, next: position };
}

/** A span of time, both ends included; RFC 3339, UTC. */
export interface TimeSpan {
  readonly from: string;
  readonly to: string;
}

/** The licenses as they are, apart from the users whose changes change them. */
export class LicenseStore {
  constructor(private readonly table: Table) {}

  async read(domainId: string, userId: string): Promise<LicenseRecord | undefined> {
    const { Item } = await this.table.client.send(
      new GetCommand({
        TableName: this.table.name,
        Key: licenseRecordKey(domainId, userId),
        ConsistentRead: true,
      }),
    );
    return Item && fromLicenseItem(Item);
  }

  /** Those that there are, by user, strongly consistent. */
  async readAll(domainId: string, userIds: readonly string[]): Promise<Map<string, LicenseRecord>> {
    const keys = userIds.map((userId) => licenseRecordKey(domainId, userId));
    const licenses = (await batchGet(this.table, keys)).map(fromLicenseItem);
    return new Map(licenses.map((license) => [license.userId, license]));
  }

  /** Asks for the mail of the license once more, by an id of its own. False where the license is not as it was read any more. */
  async requestResend(
    license: LicenseRecord,
    resendId: string,
    audit: AuditEvent,
    retentionDays: number,
  ): Promise<boolean> {
    const { domainId, userId, changeId, status } = license;
    const wish = { resendId, resentAt: audit.at, resentBy: changedBy(audit.actor) };
    const failed = await tryTransact(this.table, [
      {
        Update: {
          Key: licenseRecordKey(domainId, userId),
          ...setExpression(wish, [], { ':changeId': changeId, ':status': status }),
          ConditionExpression: 'changeId = :changeId AND #status = :status',
          ExpressionAttributeNames: { ...setExpression(wish).ExpressionAttributeNames, '#status': 'status' },
        },
      },
      auditWrite(domainId, audit, retentionDays),
    ]);
    return failed.length === 0;
  }

  /** Those of a domain whose status was changed, or whose mail was asked for, within one of `spans`: page by page of all. */
  async *changedWithin(domainId: string, spans: readonly TimeSpan[]): AsyncGenerator<LicenseRecord[]> {
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.table.client.send(
        new QueryCommand({
          TableName: this.table.name,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': licensePartition(domainId) },
          ConsistentRead: true,
          ExclusiveStartKey,
        }),
      );
      yield Items.map(fromLicenseItem).filter(({ changedAt, resentAt }) =>
        [changedAt, resentAt].some((at) => at && spans.some(({ from, to }) => from <= at && at <= to)),
      );
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey);
  }
}

function fromLicenseItem(item: Record<string, unknown>): LicenseRecord {
  const { pk: _pk, sk: _sk, ...license } = item;
  return license as unknown as LicenseRecord;
}
