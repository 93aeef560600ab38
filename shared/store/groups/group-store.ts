import { auditWrite, type AuditEvent } from '../audit/audit';
import { countsWrite } from '../domains/counts';
import { memberCountDelta, touchGroupWrite, type MembershipEdit } from './membership';
import type { ResourceRecord } from '../resources/resource-record';
import { ResourceStore } from '../resources/resource-store';
import { createWrites, deleteWrites, replaceWrites } from '../resources/resource-writes';
import type { Table } from '../table/table';
import { transact, type Write } from '../table/transaction';
import { writeMemberships } from './write-memberships';

/** DynamoDB takes 100 writes in a transaction: two for each member, and up to four for the rest. */
export const MAX_MEMBERS_PER_TRANSACTION = 48;

/** The audit event of a change, once it is known what is written, and which members are left out since they name no user. */
export type GroupAudit = (
  written: readonly MembershipEdit[],
  unknownMembers: readonly string[],
) => AuditEvent;

/** The groups of one domain. A change is one transaction: group, name claim, counts, audit event and memberships. */
export class GroupStore extends ResourceStore {
  constructor(
    table: Table,
    domainId: string,
    private readonly auditRetentionDays: number,
  ) {
    super(table, domainId, 'GROUP');
  }

  /** Throws 409 `uniqueness` where another group has the name. Returns the ids of members that name no user. */
  create(group: ResourceRecord, members: readonly MembershipEdit[], audit: GroupAudit): Promise<string[]> {
    return this.write(
      (memberCount) => [
        ...createWrites(this.domainId, 'GROUP', { ...group, memberCount }),
        countsWrite(this.domainId, { groups: 1 }),
      ],
      members,
      audit,
    );
  }

  /**
   * Throws `VersionConflict` where the group is not as in `before`, 409 `uniqueness` where the new name is taken. Returns the
   * ids of members that name no user.
   */
  replace(
    before: ResourceRecord,
    after: ResourceRecord,
    members: readonly MembershipEdit[],
    audit: GroupAudit,
  ): Promise<string[]> {
    return this.write(
      (more) => {
        const memberCount = before.memberCount + more;
        return replaceWrites(this.domainId, 'GROUP', before, { ...after, memberCount });
      },
      members,
      audit,
    );
  }

  /**
   * Changes memberships alone, whatever else happens to the group meanwhile: such changes commute. Throws 404 where the group
   * is gone. Returns the ids of members that name no user.
   */
  changeMembers(
    groupId: string,
    at: string,
    members: readonly MembershipEdit[],
    audit: GroupAudit,
  ): Promise<string[]> {
    return this.write((more) => [touchGroupWrite(this.domainId, groupId, at, more)], members, audit);
  }

  /** Throws `VersionConflict` where the group is not as in `before`. Its memberships stay, and are swept up later. */
  delete(before: ResourceRecord, audit: AuditEvent): Promise<void> {
    return transact(this.table, [
      ...deleteWrites(this.domainId, 'GROUP', before),
      countsWrite(this.domainId, { groups: -1 }),
      auditWrite(this.domainId, audit, this.auditRetentionDays),
    ]);
  }

  private write(
    groupWrites: (members: number) => readonly Write[],
    edits: readonly MembershipEdit[],
    audit: GroupAudit,
  ): Promise<string[]> {
    return writeMemberships(this.table, this.domainId, edits, (written, leftOut) => {
      const event = audit(written, leftOut);
      const audited = auditWrite(this.domainId, event, this.auditRetentionDays);
      return { at: event.at, writes: [...groupWrites(memberCountDelta(written)), audited] };
    });
  }
}
