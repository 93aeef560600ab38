import { auditWrite, type AuditEvent } from '../audit/audit';
import type { ResourceRecord } from '../resources/resource-record';
import { ResourceStore } from '../resources/resource-store';
import { membershipPartition, resourceKey } from '../table/keys';
import type { Table } from '../table/table';
import { headChecks, readHeads, withTotals } from './group-heads';

/** A group whose number of members is not the number of its memberships. */
export interface MemberCountDifference {
  readonly group: ResourceRecord;
  readonly stored: number;
  readonly actual: number;
  readonly isRepaired: boolean;
}

/** Returns the audit event of a repair. */
export type MemberCountAudit = (difference: Omit<MemberCountDifference, 'isRepaired'>) => AuditEvent;

/** Attempts to count the members of a group that changes at the same time. */
const ATTEMPTS = 3;

/**
 * Compares the numbers of members that the groups of a domain store, with their heads, with their
 * memberships.
 */
export class MemberCountVerifier {
  constructor(
    private readonly table: Table,
    private readonly domainId: string,
    private readonly auditRetentionDays: number,
  ) {}

  /** Returns at most `limit` ids of groups after the id `after`. */
  async groupIds(limit: number, after?: string): Promise<{ ids: string[]; next?: string }> {
    const groups = new ResourceStore(this.table, this.domainId, 'GROUP');
    const { records, next } = await groups.page(limit, after);
    return { ids: records.map(({ id }) => id), ...(next !== undefined && { next }) };
  }

  /**
   * Returns the difference of a group; undefined if there is none. With `audit`, repairs it, on condition
   * that nothing has changed since the members were counted. Returns `changing` if the group changes again
   * and again.
   */
  async verify(
    id: string,
    audit?: MemberCountAudit,
  ): Promise<MemberCountDifference | 'changing' | undefined> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const group = await this.read(id);
      if (!group) return undefined;
      const difference = {
        group,
        stored: withTotals(group).memberCount,
        actual: await this.countMembers(id),
      };
      if (difference.stored === difference.actual) return undefined;
      const after = await this.read(id);
      if (!after) return undefined;
      if (withTotals(after).version !== withTotals(group).version) continue;
      if (!audit) return { ...difference, isRepaired: false };
      if (await this.repair(difference, audit(difference))) return { ...difference, isRepaired: true };
    }
    return 'changing';
  }

  private async read(id: string): Promise<ResourceRecord | undefined> {
    const group = await new ResourceStore(this.table, this.domainId, 'GROUP').get(id);
    if (group?.headCount === undefined) return group;
    return { ...group, heads: await readHeads(this.table, this.domainId, id) };
  }

  private async countMembers(id: string): Promise<number> {
    let count = 0;
    const pk = membershipPartition(this.domainId, id);
    for await (const items of this.table.pages({ pk, attributes: ['sk'] })) count += items.length;
    return count;
  }

  /** Changes only the number in the item. The version stays, because nothing changes for clients. */
  private async repair(
    { group, stored, actual }: Omit<MemberCountDifference, 'isRepaired'>,
    audit: AuditEvent,
  ): Promise<boolean> {
    const isStillOneItem = group.headCount === undefined ? ' AND attribute_not_exists(#heads)' : '';
    const failed = await this.table.tryTransact([
      {
        update: resourceKey(this.domainId, 'GROUP', group.id),
        set: { memberCount: group.memberCount + actual - stored },
        condition: { expression: `#version = :before${isStillOneItem}`, values: { before: group.version } },
      },
      ...headChecks(this.domainId, group),
      auditWrite(this.domainId, audit, this.auditRetentionDays),
    ]);
    return failed.length === 0;
  }
}
