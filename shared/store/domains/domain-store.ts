import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { RatePlanName } from '../../rate-plan';
import { auditWrite, type AuditEvent } from '../audit/audit';
import { readCounts, type SeatCounts } from './counts';
import {
  countsKey,
  DEPLOYMENT,
  DOMAIN_LIST_PARTITION,
  deletedDomainKey,
  domainKey,
  domainListKey,
} from '../table/keys';
import type { Table } from '../table/table';
import { transact, type Write } from '../table/transaction';
import { VersionConflict } from '../table/transaction';

/** An authentication domain: one customer organisation. */
export interface Domain {
  readonly domainId: string;
  readonly name: string;
  readonly scimEnabled: boolean;
  readonly ratePlan: RatePlanName;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** API Gateway's API key that puts the domain on its usage plan. */
  readonly usageKeyId: string;
  readonly usageIdentifierKey: string;
  /** Whole minutes between an activation and its first mail. */
  readonly mailDelayMinutes: number;
  /** Counts its changes. */
  readonly version: number;
}

export type DomainSummary = Pick<Domain, 'domainId' | 'name'>;

/** Requests and mails that were under way, and the stream's records of them, are at an end long before. */
const TOMBSTONE_SECONDS = 30 * 86_400;

/** The domains of a deployment. A change is one transaction with its audit event, and with `also` where that is given. */
export class DomainStore {
  constructor(
    private readonly table: Table,
    private readonly auditRetentionDays: number,
  ) {}

  async create(domain: Domain, audit: AuditEvent, extraWrites: readonly Write[] = []): Promise<void> {
    const { domainId, name } = domain;
    const Item = { ...domainKey(domainId), ...domain };
    await transact(this.table, [
      { Put: { Item, ConditionExpression: 'attribute_not_exists(pk)' } },
      { Put: { Item: { ...domainListKey(domainId), name } } },
      auditWrite(domainId, audit, this.auditRetentionDays),
      ...extraWrites,
    ]);
  }

  async get(domainId: string): Promise<Domain | undefined> {
    const { Item } = await this.table.client.send(
      new GetCommand({ TableName: this.table.name, Key: domainKey(domainId), ConsistentRead: true }),
    );
    return Item && fromDomainItem(Item);
  }

  counts(domainId: string): Promise<SeatCounts> {
    return readCounts(this.table, domainId);
  }

  /** At most `limit` domains, oldest first, after the one with the id `after`; `next` is absent at the end. */
  async page(limit: number, after?: string): Promise<{ domains: DomainSummary[]; next?: string }> {
    const { Items = [], LastEvaluatedKey } = await this.table.client.send(
      new QueryCommand({
        TableName: this.table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': DOMAIN_LIST_PARTITION },
        ConsistentRead: true,
        Limit: limit,
        ...(after !== undefined && { ExclusiveStartKey: domainListKey(after) }),
      }),
    );
    return {
      domains: Items.map((item) => ({ domainId: item.sk as string, name: item.name as string })),
      ...(LastEvaluatedKey && { next: LastEvaluatedKey.sk as string }),
    };
  }

  /** Throws `VersionConflict` where the domain is not as in `before`. Returns what it is now. */
  async replace(
    before: Domain,
    after: Domain,
    audit: AuditEvent,
    extraWrites: readonly Write[] = [],
  ): Promise<Domain> {
    const { domainId, name } = after;
    const domain = { ...after, version: before.version + 1 };
    await transact(this.table, [
      {
        Put: { Item: { ...domainKey(domainId), ...domain }, ...ifUnchanged(before) },
        conditionError: versionConflict,
      },
      ...(name === before.name ? [] : [{ Put: { Item: { ...domainListKey(domainId), name } } }]),
      auditWrite(domainId, audit, this.auditRetentionDays),
      ...extraWrites,
    ]);
    return domain;
  }

  /**
   * Takes the domain away: from here on nobody is let in, and what still is under way can make nothing new, since that would be
   * counted. Its data is swept up when the stream tells of it. Throws `VersionConflict` where the domain is not as in `before`.
   */
  async delete(before: Domain, audit: AuditEvent): Promise<void> {
    const { domainId, name } = before;
    const deletedAt = audit.at;
    const ttl = Math.floor(Date.parse(deletedAt) / 1000) + TOMBSTONE_SECONDS;
    await transact(this.table, [
      { Delete: { Key: domainKey(domainId), ...ifUnchanged(before) }, conditionError: versionConflict },
      { Delete: { Key: domainListKey(domainId) } },
      { Put: { Item: { ...countsKey(domainId), deletedAt, seats: 0, ttl } } },
      { Put: { Item: { ...deletedDomainKey(domainId), name, deletedAt } } },
      auditWrite(DEPLOYMENT, audit, this.auditRetentionDays),
    ]);
  }
}

/** What domains that were made by earlier versions do not have. */
const DEFAULTS_OF_OLD_ITEMS = { mailDelayMinutes: 0, version: 0 };

export function fromDomainItem(item: Record<string, unknown>): Domain {
  const { pk: _pk, sk: _sk, ...domain } = item;
  return { ...DEFAULTS_OF_OLD_ITEMS, ...domain } as unknown as Domain;
}

const versionConflict = () => new VersionConflict();

const ifUnchanged = ({ version }: Domain) =>
  version === 0
    ? { ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(version)' }
    : { ConditionExpression: 'version = :version', ExpressionAttributeValues: { ':version': version } };
