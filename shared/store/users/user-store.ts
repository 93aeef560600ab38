import { auditWrite, type AuditEvent } from '../audit/audit';
import { readCounts, type SeatCounts } from '../domains/counts';
import { licenseWrite, type LicenseChange, type LicenseHolder } from '../licenses/license-write';
import {
  memberCountDelta,
  membershipWrite,
  touchGroupWrite,
  type MembershipEdit,
} from '../groups/membership';
import type { ResourceRecord } from '../resources/resource-record';
import { ResourceStore } from '../resources/resource-store';
import { createWrites, deleteWrites, replaceWrites } from '../resources/resource-writes';
import { readQueuedChangeId } from '../licenses/seat-queue';
import { seatWrites } from '../licenses/seats';
import type { Table } from '../table/table';
import { conditionErrorOf, tryTransact, type Write } from '../table/transaction';

/** What a change of a user brings with it, written in the same transaction. */
export interface UserChange {
  readonly audit: AuditEvent;
  /** What the license says of its holder, where that changed. */
  readonly holder?: LicenseHolder;
  /** The license's change of status, where there is one. */
  readonly license?: LicenseChange;
  /** The user's memberships that begin or end: `MAX_GROUPS_PER_TRANSACTION` of them at most. */
  readonly memberships?: readonly MembershipEdit[];
}

/** DynamoDB takes 100 writes in a transaction: two for each group, and up to seven for the rest. */
export const MAX_GROUPS_PER_TRANSACTION = 46;

/** Groups that a change would have entered or left, but that are gone: nothing was written. */
export class GroupsNotFound extends Error {
  override readonly name = 'GroupsNotFound';

  constructor(readonly groupIds: readonly string[]) {
    super('Groups of the change do not exist.');
  }
}

/**
 * The users of one domain. A change is one transaction: user, name claim, license, seat, counts, audit event and memberships.
 * Every change throws `GroupsNotFound` where a membership's group does not exist, and `LicenseConflict` where the license or the
 * seats are not as it presumes.
 */
export class UserStore extends ResourceStore {
  constructor(
    table: Table,
    domainId: string,
    private readonly auditRetentionDays: number,
  ) {
    super(table, domainId, 'USER');
  }

  /** Throws 409 `uniqueness` where another user has the name. */
  create(user: ResourceRecord, change: UserChange): Promise<void> {
    return this.write(createWrites(this.domainId, 'USER', user), user.id, change, 1);
  }

  /** Throws `VersionConflict` where the user is not as in `before`, 409 `uniqueness` where the new name is taken. */
  replace(before: ResourceRecord, after: ResourceRecord, change: UserChange): Promise<void> {
    return this.write(replaceWrites(this.domainId, 'USER', before, after), after.id, change, 0);
  }

  /** Throws `VersionConflict` where the user is not as in `before`. */
  delete(before: ResourceRecord, change: UserChange): Promise<void> {
    return this.write(deleteWrites(this.domainId, 'USER', before), before.id, change, -1);
  }

  /** The number of seats, and how many are taken. */
  seats(): Promise<SeatCounts> {
    return readCounts(this.table, this.domainId);
  }

  /** The change by which the user's license waits for a seat; undefined where it does not wait. */
  readQueuedChangeId(userId: string): Promise<string | undefined> {
    return readQueuedChangeId(this.table, this.domainId, userId);
  }

  private async write(
    resourceWrites: readonly Write[],
    id: string,
    change: UserChange,
    users: number,
  ): Promise<void> {
    const { audit, holder, license, memberships = [] } = change;
    const first: Write[] = [
      ...resourceWrites,
      ...(holder || license ? [licenseWrite(this.domainId, id, audit.at, holder, license, audit.actor)] : []),
      ...seatWrites(this.domainId, id, license, users),
      auditWrite(this.domainId, audit, this.auditRetentionDays),
    ];
    const touched = memberships.filter(({ isGroupDeleted }) => !isGroupDeleted);
    const writes = [
      ...first,
      ...touched.map((edit) =>
        touchGroupWrite(this.domainId, edit.groupId, audit.at, memberCountDelta([edit])),
      ),
      ...memberships.map((edit) => membershipWrite(this.domainId, edit)),
    ];
    const failed = await tryTransact(this.table, writes);
    if (failed.length === 0) return;
    const gone = failed.flatMap((at) => touched[at - first.length]?.groupId ?? []);
    const other = failed.find((at) => !touched[at - first.length]);
    throw other === undefined ? new GroupsNotFound(gone) : conditionErrorOf(writes[other]);
  }
}
