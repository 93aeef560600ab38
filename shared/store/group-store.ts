import { auditWrite, type AuditEvent } from './audit';
import { countsWrite } from './counts';
import { isUserId } from './keys';
import { membershipOfUserWrite, membershipWrite, touchGroupWrite, type MembershipEdit } from './membership';
import type { ResourceRecord } from './resource-record';
import { ResourceStore } from './resource-store';
import { createWrites, deleteWrites, replaceWrites } from './resource-writes';
import type { Table } from './table';
import { refusalOf, transact, tryTransact, type Write } from './transaction';

/** DynamoDB takes 100 writes in a transaction: two for each member, and up to four for the rest. */
export const MEMBERS_AT_ONCE = 48;

/** The audit event of a change, once it is known which members were left out because they name no user. */
export type GroupAudit = (leftOut: readonly string[]) => AuditEvent;

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
    const own = [...createWrites(this.domainId, 'GROUP', group), countsWrite(this.domainId, { groups: 1 })];
    return this.write(own, members, audit);
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
    return this.write(replaceWrites(this.domainId, 'GROUP', before, after), members, audit);
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
    return this.write([touchGroupWrite(this.domainId, groupId, at)], members, audit);
  }

  /** Throws `VersionConflict` where the group is not as in `before`. Its memberships stay, and are swept up later. */
  delete(before: ResourceRecord, audit: AuditEvent): Promise<void> {
    return transact(this.table, [
      ...deleteWrites(this.domainId, 'GROUP', before),
      countsWrite(this.domainId, { groups: -1 }),
      auditWrite(this.domainId, audit, this.auditRetentionDays),
    ]);
  }

  /** A member whose user does not exist fails the transaction, which is then tried without that user's side. */
  private async write(
    own: readonly Write[],
    edits: readonly MembershipEdit[],
    audit: GroupAudit,
  ): Promise<string[]> {
    const gone = new Set(edits.map(({ userId }) => userId).filter((userId) => !isUserId(userId)));
    for (;;) {
      const leftOut = edits
        .filter(({ kind, userId }) => kind === 'add' && gone.has(userId))
        .map(({ userId }) => userId);
      const event = audit(leftOut);
      const first = [...own, auditWrite(this.domainId, event, this.auditRetentionDays)];
      const users = edits.filter(({ userId }) => !gone.has(userId));
      const memberships = edits.filter(({ kind, userId }) => kind === 'remove' || !gone.has(userId));
      const writes = [
        ...first,
        ...users.map((edit) => membershipOfUserWrite(this.domainId, edit, event.at)),
        ...memberships.map((edit) => membershipWrite(this.domainId, edit)),
      ];
      const failed = await tryTransact(this.table, writes);
      const [firstFailed] = failed;
      if (firstFailed === undefined) return leftOut;
      if (firstFailed < first.length) throw refusalOf(writes[firstFailed]);
      for (const index of failed) gone.add(users[index - first.length]?.userId ?? '');
    }
  }
}
