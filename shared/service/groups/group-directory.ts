import { groupNotFound } from '../../store/groups/group-heads';
import { GroupRecords } from '../../store/groups/group-records';
import { MembershipStore } from '../../store/groups/membership';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { ResourceStore } from '../../store/resources/resource-store';
import type { Table } from '../../store/table/table';
import { type FoundByName, namePrefixes, type NamePosition, searchByName } from '../resources/name-search';

/** Members of a group, in the order of their ids. */
export interface GroupMembers {
  readonly users: readonly ResourceRecord[];
  /** The user after whom others follow; absent at the end. */
  readonly next?: string;
}

/**
 * Finds the groups of a domain, and their members, for people. The numbers of members include all changes.
 */
export class GroupDirectory {
  private readonly groups: GroupRecords;
  private readonly users: ResourceStore;
  private readonly memberships: MembershipStore;

  constructor(table: Table, domainId: string) {
    this.groups = new GroupRecords(table, domainId);
    this.users = new ResourceStore(table, domainId, 'USER');
    this.memberships = new MembershipStore(table, domainId);
  }

  /**
   * Returns the groups whose displayName begins with `text`, or all groups, in the order of names. Eventually
   * consistent.
   */
  async list(text: string | undefined, limit: number, after?: NamePosition): Promise<FoundByName> {
    if (text) {
      const prefixes = namePrefixes(text);
      return prefixes.length === 0 ? { records: [] } : searchByName(this.groups, prefixes, limit, after);
    }
    const { positions, more } = await this.groups.namePage(limit, { after });
    const records = await this.groups.getMany(positions.map(({ id }) => id));
    return { records, ...(more && { next: positions.at(-1) }) };
  }

  /** Throws 404 if the group does not exist. */
  async get(groupId: string): Promise<ResourceRecord> {
    const [group] = await this.groups.getMany([groupId]);
    if (!group) throw groupNotFound(groupId);
    return group;
  }

  /** Throws 404 if the group does not exist. */
  async members(groupId: string, limit: number, after?: string): Promise<GroupMembers> {
    await this.get(groupId);
    const { members, next } = await this.memberships.page(groupId, limit, after);
    return { users: await this.users.getMany(members.map(({ userId }) => userId)), next };
  }
}
