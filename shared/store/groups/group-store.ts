import { auditWrite, type AuditEvent } from '../audit/audit';
import { countsWrite, withCounts } from '../domains/counts-write';
import { withNameKey } from '../resources/name-claim';
import type { ResourceRecord } from '../resources/resource-record';
import { ResourceStore } from '../resources/resource-store';
import { createWrites, deleteWrites, replaceWrites } from '../resources/resource-writes';
import type { Table } from '../table/table';
import type { Write } from '../table/write';
import { memberCountDelta, touchGroupWrite, type MembershipEdit } from './membership';
import { writeMemberships } from './write-memberships';

/** A transaction has at most 100 writes: two for each member, and up to five others. */
export const MAX_MEMBERS_PER_TRANSACTION = 47;

/**
 * Returns the audit event of a change, given the written memberships and the ids of members that are not
 * users.
 */
export type GroupAudit = (
  written: readonly MembershipEdit[],
  unknownMembers: readonly string[],
) => AuditEvent;

/**
 * The groups of one domain. A change is one transaction: group, name claim, counts, audit event, and
 * memberships. Changes of members skip ids that are not users, and return these ids.
 */
export class GroupStore extends ResourceStore {
  constructor(
    table: Table,
    domainId: string,
    private readonly auditRetentionDays: number,
  ) {
    super(table, domainId, 'GROUP');
  }

  /** Throws 409 `uniqueness` if another group has the name. */
  create(group: ResourceRecord, members: readonly MembershipEdit[], audit: GroupAudit): Promise<string[]> {
    return withCounts(this.table, this.domainId, () =>
      this.write(
        (memberCount) => [
          ...createWrites(this.domainId, 'GROUP', { ...group, memberCount }),
          countsWrite(this.domainId, { groups: 1 }),
        ],
        members,
        audit,
      ),
    );
  }

  /**
   * Throws `VersionConflict` if the group changed since `before` was read, and 409 `uniqueness` if another
   * group has the new name.
   */
  replace(
    before: ResourceRecord,
    after: ResourceRecord,
    members: readonly MembershipEdit[],
    audit: GroupAudit,
  ): Promise<string[]> {
    return withNameKey('GROUP', before, after, (group) =>
      this.write(
        (delta) => {
          const memberCount = before.memberCount + delta;
          return replaceWrites(this.domainId, 'GROUP', before, { ...group, memberCount });
        },
        members,
        audit,
      ),
    );
  }

  /**
   * Changes memberships only. Such changes commute, so other changes of the group do not conflict with them.
   * `endsCreation` also removes the mark of the group's creation. Throws 404 if the group does not exist.
   */
  changeMembers(
    groupId: string,
    at: string,
    members: readonly MembershipEdit[],
    audit: GroupAudit,
    endsCreation = false,
  ): Promise<string[]> {
    return this.write(
      (delta) => [touchGroupWrite(this.domainId, groupId, at, delta, endsCreation)],
      members,
      audit,
    );
  }

  /**
   * Deletes the group and leaves its memberships to the sweep. Throws `VersionConflict` if the group changed
   * since `before` was read.
   */
  delete(before: ResourceRecord, audit: AuditEvent): Promise<void> {
    return withCounts(this.table, this.domainId, () =>
      this.table.transact([
        ...deleteWrites(this.domainId, 'GROUP', before),
        countsWrite(this.domainId, { groups: -1 }),
        auditWrite(this.domainId, audit, this.auditRetentionDays),
      ]),
    );
  }

  private write(
    groupWrites: (memberCountDelta: number) => readonly Write[],
    edits: readonly MembershipEdit[],
    audit: GroupAudit,
  ): Promise<string[]> {
    return writeMemberships(this.table, this.domainId, edits, (written, unknownMembers) => {
      const event = audit(written, unknownMembers);
      const audited = auditWrite(this.domainId, event, this.auditRetentionDays);
      return { at: event.at, writes: [...groupWrites(memberCountDelta(written)), audited] };
    });
  }
}
