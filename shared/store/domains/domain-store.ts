import { RATE_PLAN_NAMES, type RatePlanName } from '../../limits/rate-plan';
import { auditWrite, type AuditEvent } from '../audit/audit';
import type { Condition } from '../table/expressions';
import { ADDRESS_INDEX_COMPLETE, addressIndexKey } from '../table/address-keys';
import {
  DEPLOYMENT,
  DOMAIN_LIST_PARTITION,
  deletedDomainKey,
  domainKey,
  domainListKey,
  tombstoneKey,
} from '../table/keys';
import {
  flag,
  oneOf,
  optionalFlag,
  optionalNumber,
  optionalTexts,
  text,
  type Item,
} from '../table/read-item';
import type { Table } from '../table/table';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_IS_ABSENT, type Write } from '../table/write';
import { closeCounts, newCountsWrites, type Seats } from './count-shards';
import { readCounts, type CountsSnapshot, type SeatCounts } from './counts';
import { openCounts } from './counts-write';

/** An authentication domain: one customer organization. */
export interface Domain {
  readonly domainId: string;
  readonly name: string;
  /** Whether the operator makes SCIM available to the domain. If not, `scimEnabled` has no effect. */
  readonly scimAvailable: boolean;
  /** Whether the domain's owners have enabled SCIM. */
  readonly scimEnabled: boolean;
  readonly ratePlan: RatePlanName;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** The id of the API key in API Gateway that assigns the domain to its usage plan. */
  readonly usageKeyId: string;
  /** The value of that API key, which the authorizer returns to API Gateway. */
  readonly usageIdentifierKey: string;
  /** Whole minutes between an activation and its first email. */
  readonly mailDelayMinutes: number;
  /** Whether an operator has paused the emails of the domain. They wait. */
  readonly mailPaused: boolean;
  /** The time between two emails to one address; absent for that of the deployment. */
  readonly mailMinutesPerAddress?: number;
  /** The number of emails that the domain may send in an hour; absent for that of the deployment. */
  readonly mailsPerHour?: number;
  /** The addresses that get emails about the domain, such as a reminder of the expiry of a SCIM key. */
  readonly notifyAddresses: readonly string[];
  /** The version of the mappings; absent if the domain never had any. */
  readonly mappingsVersion?: number;
  /** The number of changes since the creation. */
  readonly version: number;
}

export type DomainSummary = Pick<Domain, 'domainId' | 'name'>;

/**
 * The time after which all requests and emails that were in progress have ended, and their stream records
 * have expired.
 */
const TOMBSTONE_SECONDS = 30 * 86_400;

/** The domains of a deployment. Each change is one transaction with its audit event and `extraWrites`. */
export class DomainStore {
  constructor(
    private readonly table: Table,
    private readonly auditRetentionDays: number,
  ) {}

  /** `extraWrites` join the transaction. */
  async create(
    domain: Domain,
    audit: AuditEvent,
    seats: Seats = {},
    extraWrites: readonly Write[] = [],
  ): Promise<void> {
    const { domainId, name } = domain;
    await this.table.transact([
      { put: { ...domainKey(domainId), ...domain }, condition: ITEM_IS_ABSENT },
      { put: { ...domainListKey(domainId), name } },
      // It has no users yet.
      { put: { ...addressIndexKey(domainId, ADDRESS_INDEX_COMPLETE) } },
      ...newCountsWrites(domainId, seats),
      ...extraWrites,
      auditWrite(domainId, audit, this.auditRetentionDays),
    ]);
  }

  async get(domainId: string): Promise<Domain | undefined> {
    const item = await this.table.get(domainKey(domainId));
    return item && readDomainItem(item);
  }

  counts(domainId: string): Promise<SeatCounts> {
    return readCounts(this.table, domainId);
  }

  /** Reads the counts for a change of the seats. Throws 403 if the domain is being deleted. */
  openCounts(domainId: string): Promise<CountsSnapshot> {
    return openCounts(this.table, domainId);
  }

  /** Returns at most `limit` domains after the id `after`, oldest first. `next` is absent at the end. */
  async page(limit: number, after?: string): Promise<{ domains: DomainSummary[]; next?: string }> {
    const { items, next } = await this.table.query({
      pk: DOMAIN_LIST_PARTITION,
      limit,
      ...(after !== undefined && { after: domainListKey(after) }),
    });
    return {
      domains: items.map((item) => ({ domainId: text(item, 'sk'), name: text(item, 'name') })),
      ...(next && { next: next.sk }),
    };
  }

  /**
   * Returns the domain after the change. Throws `VersionConflict` if the domain changed since `before` was
   * read.
   */
  async replace(
    before: Domain,
    after: Domain,
    audit: AuditEvent,
    extraWrites: readonly Write[] = [],
  ): Promise<Domain> {
    const { domainId, name } = after;
    const domain = { ...after, version: before.version + 1 };
    await this.table.transact([
      {
        put: { ...domainKey(domainId), ...domain },
        condition: isUnchanged(before),
        conditionError: versionConflict,
      },
      ...(name === before.name ? [] : [{ put: { ...domainListKey(domainId), name } }]),
      auditWrite(domainId, audit, this.auditRetentionDays),
      ...extraWrites,
    ]);
    return domain;
  }

  /**
   * Deletes the domain, and leaves a tombstone. Closes its counts first: from then on, requests in progress
   * cannot create data, because they would have to count it. The sweep, which the stream starts, deletes the
   * domain's data. Throws `VersionConflict` if the domain changed since `before` was read; the counts stay
   * closed.
   */
  async delete(before: Domain, audit: AuditEvent): Promise<void> {
    const { domainId, name } = before;
    const deletedAt = audit.at;
    const ttl = Math.floor(Date.parse(deletedAt) / 1000) + TOMBSTONE_SECONDS;
    await closeCounts(this.table, domainId, deletedAt);
    await this.table.transact([
      { delete: domainKey(domainId), condition: isUnchanged(before), conditionError: versionConflict },
      { delete: domainListKey(domainId) },
      { delete: addressIndexKey(domainId, ADDRESS_INDEX_COMPLETE) },
      { put: { ...tombstoneKey(domainId), deletedAt, seats: 0, ttl } },
      { put: { ...deletedDomainKey(domainId), name, deletedAt } },
      auditWrite(DEPLOYMENT, audit, this.auditRetentionDays),
    ]);
  }
}

/**
 * Reads a domain from its item. The first domains had no email delay, no version, and nobody to notify, and
 * SCIM was available to all.
 */
export const readDomainItem = (item: Item): Domain => ({
  domainId: text(item, 'domainId'),
  name: text(item, 'name'),
  scimAvailable: optionalFlag(item, 'scimAvailable') ?? true,
  scimEnabled: flag(item, 'scimEnabled'),
  ratePlan: oneOf(item, 'ratePlan', RATE_PLAN_NAMES),
  createdAt: text(item, 'createdAt'),
  usageKeyId: text(item, 'usageKeyId'),
  usageIdentifierKey: text(item, 'usageIdentifierKey'),
  mailDelayMinutes: optionalNumber(item, 'mailDelayMinutes') ?? 0,
  mailPaused: optionalFlag(item, 'mailPaused') ?? false,
  mailMinutesPerAddress: optionalNumber(item, 'mailMinutesPerAddress'),
  mailsPerHour: optionalNumber(item, 'mailsPerHour'),
  notifyAddresses: optionalTexts(item, 'notifyAddresses') ?? [],
  mappingsVersion: optionalNumber(item, 'mappingsVersion'),
  version: optionalNumber(item, 'version') ?? 0,
});

const versionConflict = () => new VersionConflict();

const isUnchanged = ({ version }: Domain): Condition =>
  version === 0
    ? { expression: 'attribute_exists(pk) AND attribute_not_exists(version)' }
    : { expression: 'version = :version', values: { version } };
