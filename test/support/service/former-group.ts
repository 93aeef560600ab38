import type { Json, Resource } from '../../../shared/scim/resource';
import { Groups } from '../../../shared/service/groups/groups';
import { Users } from '../../../shared/service/users/users';
import { GroupRecords } from '../../../shared/store/groups/group-records';
import type { Item } from '../../../shared/store/table/read-item';
import { sweepGroup } from '../../../shared/store/sweep/group-sweep';
import { groupHeadPartition, resourceKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import type { EngineProxy } from '../store/engine-proxy';
import { FormerGroups } from '../store/former-groups';
import { RETENTION_DAYS, USER_SETTINGS } from '../store/records';
import { GroupsHarness } from './groups-harness';

/** A group of a new domain that a version without heads wrote, and the functions of that version. */
export class FormerGroup extends GroupsHarness {
  readonly former = new FormerGroups(this.table, this.caller.domainId);
  id = '';
  members: readonly string[] = [];
  /** Four users who are not members. */
  others: readonly string[] = [];

  private constructor(
    table: Table,
    private readonly front: EngineProxy,
  ) {
    super(table);
  }

  static async create(table: Table, front: EngineProxy, memberCount: number): Promise<FormerGroup> {
    const group = new FormerGroup(table, front);
    const userIds = await group.newUsers(memberCount + 4);
    group.members = userIds.slice(0, memberCount);
    group.others = userIds.slice(memberCount);
    group.id = await group.former.create('Sales', group.members);
    return group;
  }

  /** Returns a service whose calls can meet a fault. */
  slowGroups(): Groups {
    return new Groups(this.front.table, RETENTION_DAYS, this.caller);
  }

  users(through = this.table): Users {
    return new Users(through, USER_SETTINGS, this.caller);
  }

  /** Runs `act` just before the next transaction of `slowGroups`. */
  beforeTransaction(act: () => Promise<unknown>): void {
    this.front.injectFaults('TransactWriteItems', { kind: 'after', act: async () => void (await act()) });
  }

  /** Makes the group spread, by a conflict of a member who joins. */
  async spreadWith(userId: string): Promise<void> {
    this.front.injectFaults('TransactWriteItems', { kind: 'conflict' });
    await this.slowGroups().patch(this.id, {
      Operations: [{ op: 'add', path: 'members', value: [{ value: userId }] }],
    });
  }

  async groupsOf(userId: string): Promise<Json[]> {
    return ((await this.users().get(userId)).resource.groups ?? []) as Json[];
  }

  /** Returns the version that clients see, without `W/""`. */
  async version(): Promise<string> {
    return versionOf(await this.read(this.id));
  }

  /** Reads the stored item of this group, or of another one. */
  item(id = this.id): Promise<Item | undefined> {
    return this.table.get(resourceKey(this.caller.domainId, 'GROUP', id));
  }

  async isSpread(id = this.id): Promise<boolean> {
    return (await this.item(id))?.heads !== undefined;
  }

  async heads(): Promise<readonly Item[]> {
    return (await this.table.query({ pk: groupHeadPartition(this.caller.domainId, this.id) })).items;
  }

  async memberCount(): Promise<number | undefined> {
    const [record] = await new GroupRecords(this.table, this.caller.domainId).getMany([this.id]);
    return record?.memberCount;
  }

  /** Removes what the deleted group has left. */
  async sweep(): Promise<void> {
    await sweepGroup(this.table, this.caller.domainId, this.id, {
      now: () => new Date(),
      sleep: () => Promise.resolve(),
      isTimeUp: () => false,
      onSwept: () => {},
    });
  }
}

export const versionOf = (resource: Resource | undefined): string =>
  /"(.*)"/.exec((resource?.meta as { version: string }).version)?.[1] ?? '';
