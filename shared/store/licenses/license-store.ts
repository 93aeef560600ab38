import { nameKeyOf } from '../../scim/text/name-key';
import { auditWrite, type AuditEvent } from '../audit/audit';
import { licensePartition, licenseRecordKey } from '../table/keys';
import { optionalText, text } from '../table/read-item';
import type { Table } from '../table/table';
import type { Write } from '../table/write';
import { readLicenseItem, type LicenseRecord } from './license-record';
import { changedBy } from './license-write';

/** The largest number of queries for an address. Each reads 1 MB, which holds some thousands of licenses. */
const MAX_ADDRESS_QUERIES = 5;

/** The users whose license emails go to an address, and the place where the search stopped. */
export interface UsersByAddress {
  /** The users, in the order of their ids. */
  readonly userIds: readonly string[];
  /** The user of the last license that was searched; absent if none is left to search. */
  readonly next?: string;
}

/**
 * Finds at most `limit` users of a domain whose license emails go to `address`, without regard to case.
 * Searches the licenses after that of the user `after`, because no index holds addresses, and licenses are
 * smaller than users. Eventually consistent, which halves the cost.
 */
export async function findUsersByAddress(
  table: Table,
  domainId: string,
  address: string,
  limit: number,
  after?: string,
): Promise<UsersByAddress> {
  const folded = nameKeyOf(address);
  const userIds: string[] = [];
  let position = after;
  for (let query = 0; query < MAX_ADDRESS_QUERIES; query++) {
    const { items, next } = await table.query({
      pk: licensePartition(domainId),
      attributes: ['sk', 'email'],
      eventuallyConsistent: true,
      ...(position !== undefined && { after: licenseRecordKey(domainId, position) }),
    });
    for (const item of items) {
      if (userIds.length === limit) return { userIds, next: position };
      position = text(item, 'sk');
      if (nameKeyOf(optionalText(item, 'email') ?? '') === folded) userIds.push(position);
    }
    if (!next) return { userIds };
  }
  return { userIds, next: position };
}

/** A span of time that includes both ends. RFC 3339, UTC. */
export interface TimeSpan {
  readonly from: string;
  readonly to: string;
}

/** The current licenses. Changes of users change them in `UserStore`. */
export class LicenseStore {
  constructor(private readonly table: Table) {}

  async read(domainId: string, userId: string): Promise<LicenseRecord | undefined> {
    const item = await this.table.get(licenseRecordKey(domainId, userId));
    return item && readLicenseItem(item);
  }

  /** Returns the licenses that exist, by user. */
  async readAll(domainId: string, userIds: readonly string[]): Promise<Map<string, LicenseRecord>> {
    const keys = userIds.map((userId) => licenseRecordKey(domainId, userId));
    const licenses = (await this.table.getAll(keys)).map(readLicenseItem);
    return new Map(licenses.map((license) => [license.userId, license]));
  }

  /**
   * Returns at most `limit` licenses after that of the user `after`, in the order of users. `next` is the
   * user of the last one; absent at the end. Eventually consistent, which halves the cost.
   */
  async page(
    domainId: string,
    limit: number,
    after?: string,
  ): Promise<{ readonly licenses: readonly LicenseRecord[]; readonly next?: string }> {
    const { items, next } = await this.table.query({
      pk: licensePartition(domainId),
      limit,
      eventuallyConsistent: true,
      ...(after !== undefined && { after: licenseRecordKey(domainId, after) }),
    });
    return { licenses: items.map(readLicenseItem), next: next?.sk };
  }

  /**
   * Requests the email of the license's status again, under the id `resendId`, and reserves its address for
   * it. Returns `changed` if the status has changed, and `held` if another email holds the address.
   */
  async requestResend(
    license: LicenseRecord,
    resendId: string,
    reservation: Write | undefined,
    audit: AuditEvent,
    retentionDays: number,
  ): Promise<'requested' | 'changed' | 'held'> {
    const { domainId, userId, changeId, status } = license;
    const failed = await this.table.tryTransact([
      {
        update: licenseRecordKey(domainId, userId),
        set: { resendId, resentAt: audit.at, resentBy: changedBy(audit.actor) },
        condition: {
          expression: 'changeId = :changeId AND #status = :status',
          values: { changeId, status },
        },
      },
      auditWrite(domainId, audit, retentionDays),
      ...(reservation ? [reservation] : []),
    ]);
    if (failed.length === 0) return 'requested';
    return failed.includes(0) ? 'changed' : 'held';
  }

  /**
   * Gives an active license the key of a new activation. The old key can never become active again, because
   * nothing keeps its activation. Returns false if the license is no longer active, or has changed.
   */
  async replaceKey(
    license: LicenseRecord,
    activationId: string,
    audit: AuditEvent,
    retentionDays: number,
  ): Promise<boolean> {
    const { domainId, userId, changeId, activationId: replacedActivationId } = license;
    const failed = await this.table.tryTransact([
      {
        update: licenseRecordKey(domainId, userId),
        set: {
          changeId: activationId,
          activationId,
          replacedActivationId,
          changedAt: audit.at,
          changedBy: changedBy(audit.actor),
        },
        remove: ['resendId', 'resentBy', 'resentAt'],
        condition: {
          expression: 'changeId = :changeBefore AND #status = :active',
          values: { changeBefore: changeId, active: 'active' },
        },
      },
      auditWrite(domainId, audit, retentionDays),
    ]);
    return failed.length === 0;
  }

  /**
   * Reads a page of the licenses of a domain after that of the user `after`, in the order of users. Returns
   * those whose status or resend request changed within one of `spans`. `next` is the last user of the page;
   * absent at the end.
   */
  async changedPage(
    domainId: string,
    spans: readonly TimeSpan[],
    after?: string,
  ): Promise<{ readonly licenses: readonly LicenseRecord[]; readonly next?: string }> {
    const { items, next } = await this.table.query({
      pk: licensePartition(domainId),
      ...(after !== undefined && { after: licenseRecordKey(domainId, after) }),
    });
    const isWithin = (at: string | undefined): boolean =>
      at !== undefined && spans.some(({ from, to }) => from <= at && at <= to);
    const licenses = items
      .map(readLicenseItem)
      .filter(({ changedAt, resentAt }) => isWithin(changedAt) || isWithin(resentAt));
    return { licenses, ...(next && { next: next.sk }) };
  }
}
