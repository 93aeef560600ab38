import { auditWrite, type AuditEvent } from './audit';
import { countsWrite } from './counts';
import { isUserId } from './keys';
import {
  joined,
  membershipOfUserWrite,
  membershipWrite,
  touchGroupWrite,
  type MembershipEdit,
} from './membership';
import type { ResourceRecord } from './resource-record';
import { ResourceStore } from './resource-store';
import { createWrites, deleteWrites, replaceWrites } from './resource-writes';
import type { Table } from './table';
import { refusalOf, transact, tryTransact, type Write } from './transaction';

/** DynamoDB takes 100 writes in a transaction: two for each member, and up to four for the rest. */
export const MEMBERS_AT_ONCE = 48;

/** The audit event of a change, once it is known what is written, and which members are left out since they name no user. */
export type GroupAudit = (written: readonly MembershipEdit[], leftOut: readonly string[]) => AuditEvent;

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

  /**
   * A user that does not exist fails the transaction, which is then tried without that user's side. A membership that is not
   * what its edit takes it for was changed by somebody else meanwhile: the edit is fitted to what is there now.
   */
  private async write(
    own: (members: number) => readonly Write[],
    edits: readonly MembershipEdit[],
    audit: GroupAudit,
  ): Promise<string[]> {
    const gone = new Set(edits.map(({ userId }) => userId).filter((userId) => !isUserId(userId)));
    for (let wanted = edits; ;) {
      const leftOut = wanted
        .filter(({ kind, userId }) => kind !== 'remove' && gone.has(userId))
        .map(({ userId }) => userId);
      const memberships = wanted.filter(({ kind, userId }) => kind === 'remove' || !gone.has(userId));
      const users = memberships.filter(({ kind, userId }) => kind !== 'rename' && !gone.has(userId));
      const event = audit(memberships, leftOut);
      const first = [...own(joined(memberships)), auditWrite(this.domainId, event, this.auditRetentionDays)];
      const writes = [
        ...first,
        ...users.map((edit) => membershipOfUserWrite(this.domainId, edit, event.at)),
        ...memberships.map((edit) => membershipWrite(this.domainId, edit)),
      ];
      const failed = await tryTransact(this.table, writes);
      const [firstFailed] = failed;
      if (firstFailed === undefined) return leftOut;
      if (firstFailed < first.length) throw refusalOf(writes[firstFailed]);
      const changed = new Set<MembershipEdit>();
      for (const index of failed) {
        const user = users[index - first.length];
        const membership = memberships[index - first.length - users.length];
        if (user) gone.add(user.userId);
        else if (membership) changed.add(membership);
      }
      wanted = wanted.flatMap((edit) => (changed.has(edit) ? fitted(edit) : edit));
    }
  }
}

/** What is left to do of an edit where the membership is there that it would have begun, or not there that it needs. */
function fitted(edit: MembershipEdit): MembershipEdit[] {
  if (edit.kind === 'rename') return [{ ...edit, kind: 'add' }];
  return edit.kind === 'add' && edit.display !== undefined ? [{ ...edit, kind: 'rename' }] : [];
}
