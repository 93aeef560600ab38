import { product } from '../../product/product';
import { nameKeyOf } from '../../scim/text/name-key';
import { auditWrite, clientConnection, type AuditEvent } from '../audit/audit';
import { withCounts } from '../domains/counts-write';
import { GroupIsHot } from '../groups/group-heads';
import { memberCountDelta, membershipWrite, type MembershipEdit } from '../groups/membership';
import { spreadHotGroup, unreadGroupWrite } from '../groups/spread-groups';
import { licenseWrite, type LicenseChange, type LicenseHolder } from '../licenses/license-write';
import type { MappedLicense } from '../licenses/license-mapping';
import { LicenseStore } from '../licenses/license-store';
import type { LicenseRecord } from '../licenses/license-record';
import { seatWrites, type SeatChoice } from '../licenses/seats';
import { withNameKey, withRelease } from '../resources/name-claim';
import { nameOf, withSource, type ResourceRecord } from '../resources/resource-record';
import { ResourceStore } from '../resources/resource-store';
import { createWrites, deleteWrites, replaceWrites } from '../resources/resource-writes';
import { toStoredAttributes } from '../resources/stored-user-type';
import type { Table } from '../table/table';
import { conditionErrorOf } from '../table/operations/transaction';
import { MAX_TRANSACTION_WRITES, type Write } from '../table/write';
import { addressItemWrites } from '../resources/address-items';
import { managedUserWrites } from './managed-users';

/** The further changes in the transaction of a change of a user. */
export interface UserChange {
  readonly audit: AuditEvent;
  /** The license's data of its holder, if it changed. */
  readonly holder?: LicenseHolder;
  /** The license's change of status, if there is one. */
  readonly license?: LicenseChange;
  /** The result of the mappings, if the domain has any. It is stored with `holder` or `license`. */
  readonly mapped?: MappedLicense;
  /** The shards of the counts from which the license takes its seat, or to which it returns it. */
  readonly seat?: SeatChoice;
  /** The user's memberships that begin or end: at most `UserStore.maxMemberships`. */
  readonly memberships?: readonly MembershipEdit[];
}

/** The writes of a change besides its memberships and the items that find the user: at most eight. */
const OTHER_WRITES = 8;
const WRITES_PER_MEMBERSHIP = 2;
const maxMemberships = (otherWrites: number): number =>
  Math.floor((MAX_TRANSACTION_WRITES - OTHER_WRITES - otherWrites) / WRITES_PER_MEMBERSHIP);

/**
 * The number of memberships that fit in the transaction of a change of a user whose address items stay as
 * they are.
 */
export const MAX_GROUPS_PER_TRANSACTION = maxMemberships(0);

/** Returns the user with the key that the claim of its name gets. */
const withCurrentName = (user: ResourceRecord): ResourceRecord => ({
  ...user,
  nameKey: nameKeyOf(nameOf('USER', user.attributes)),
});

const asStored = <T extends ResourceRecord>(user: T): T => ({
  ...user,
  attributes: toStoredAttributes(product, user.attributes),
});

/** Thrown if groups of a change do not exist. Nothing was written. */
export class GroupsNotFound extends Error {
  override readonly name = 'GroupsNotFound';

  constructor(readonly groupIds: readonly string[]) {
    super('Groups of the change do not exist.');
  }
}

/**
 * The users of one domain. A change is one transaction: user, name claim, address items, license, seat,
 * counts, audit event, and memberships. Each change throws `GroupsNotFound` if the group of a membership does
 * not exist, `LicenseConflict` if the license is not as it assumes, and `CountsConflict` if the seats are
 * not.
 */
export class UserStore extends ResourceStore {
  constructor(
    table: Table,
    domainId: string,
    private readonly auditRetentionDays: number,
  ) {
    super(table, domainId, 'USER');
  }

  /** Throws 409 `uniqueness` if another user has the name. */
  create(user: ResourceRecord, change: UserChange): Promise<void> {
    const writes = [
      ...createWrites(
        this.domainId,
        'USER',
        asStored({ ...user, sources: withSource([], clientConnection(change.audit.actor)) }),
      ),
      ...this.itemWrites(undefined, withCurrentName(user)),
    ];
    return this.write(writes, user.id, change, 1);
  }

  /**
   * Returns the user as stored. Throws `VersionConflict` if the user changed since `before` was read, and 409
   * `uniqueness` if the new name is taken.
   */
  replace(before: ResourceRecord, after: ResourceRecord, change: UserChange): Promise<ResourceRecord> {
    const sources = withSource(before.sources, clientConnection(change.audit.actor));
    return withRelease(this.table, this.domainId, 'USER', before, (foreign) =>
      withNameKey('USER', before, { ...after, sources }, async (user) => {
        const writes = [
          ...replaceWrites(this.domainId, 'USER', before, asStored(user), foreign),
          ...this.itemWrites(before, user),
        ];
        await this.write(writes, user.id, change, 0);
        return user;
      }),
    );
  }

  /** Throws `VersionConflict` if the user changed since `before` was read. */
  delete(before: ResourceRecord, change: UserChange): Promise<void> {
    return withRelease(this.table, this.domainId, 'USER', before, (foreign) => {
      const writes = [
        ...deleteWrites(this.domainId, 'USER', before, foreign),
        ...this.itemWrites(before, undefined),
      ];
      return this.write(writes, before.id, change, -1);
    });
  }

  /**
   * Returns how many memberships a change may have. `before` is undefined for a new user, `after` for a
   * deleted one.
   */
  maxMemberships(before: ResourceRecord | undefined, after: ResourceRecord | undefined): number {
    return maxMemberships(this.itemWrites(before, after && withCurrentName(after)).length);
  }

  /** Returns the writes of the items that find a user by address, and as one whom administrators manage. */
  private itemWrites(before: ResourceRecord | undefined, after: ResourceRecord | undefined): Write[] {
    return [
      ...addressItemWrites(this.domainId, before, after),
      ...managedUserWrites(this.domainId, before, after),
    ];
  }

  readLicense(userId: string): Promise<LicenseRecord | undefined> {
    return new LicenseStore(this.table).read(this.domainId, userId);
  }

  private write(
    resourceWrites: readonly Write[],
    id: string,
    change: UserChange,
    users: number,
  ): Promise<void> {
    return withCounts(this.table, this.domainId, () => this.writeOnce(resourceWrites, id, change, users));
  }

  private async writeOnce(
    resourceWrites: readonly Write[],
    id: string,
    change: UserChange,
    users: number,
  ): Promise<void> {
    const { audit, holder, license, mapped, seat, memberships = [] } = change;
    const first: Write[] = [
      ...resourceWrites,
      ...(holder || license
        ? [
            licenseWrite({
              domainId: this.domainId,
              userId: id,
              audit,
              holder,
              change: license,
              mapped,
            }),
          ]
        : []),
      ...seatWrites(this.domainId, id, license, users, seat),
      auditWrite(this.domainId, audit, this.auditRetentionDays),
    ];
    const touched = memberships.filter(({ isGroupDeleted }) => !isGroupDeleted);
    const writes = (): Write[] => [
      ...first,
      ...touched.map((edit) =>
        unreadGroupWrite(this.domainId, edit.groupId, {
          at: audit.at,
          memberCount: memberCountDelta([edit]),
        }),
      ),
      ...memberships.map((edit) => membershipWrite(this.domainId, edit)),
    ];
    const failed = await this.tryTransact(writes);
    if (failed.length === 0) return;
    const missingGroups = failed.flatMap((at) => touched[at - first.length]?.groupId ?? []);
    const other = failed.find((at) => !touched[at - first.length]);
    throw other === undefined ? new GroupsNotFound(missingGroups) : conditionErrorOf(writes()[other]);
  }

  /** Returns the indexes of the writes whose conditions failed. Groups that are in use become spread. */
  private async tryTransact(writes: () => Write[]): Promise<number[]> {
    for (;;) {
      try {
        return await this.table.tryTransact(writes());
      } catch (error) {
        if (!(error instanceof GroupIsHot)) throw error;
        await spreadHotGroup(this.table, this.domainId, error.groupId);
      }
    }
  }
}
