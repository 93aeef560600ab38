import { addressesOf } from '../../scim/addresses';
import { compareCodePoints } from '../../scim/text';
import { nameKeyOf } from '../../scim/text/name-key';
import { AddressIndex } from '../../store/resources/address-index';
import { findUsersByAddress } from '../../store/licenses/license-store';
import { storedNameKey, type ResourceRecord } from '../../store/resources/resource-record';
import { ResourceStore } from '../../store/resources/resource-store';
import type { Table } from '../../store/table/table';
import { namePrefixes, searchByName } from '../resources/name-search';

/** The largest number of users with one address that a search finds. */
const MAX_USERS_OF_ADDRESS = 10_000;

/**
 * The position at which a search continues: among all ids, among the names with the prefix, or among the
 * users with the address.
 */
export type UserSearchPosition =
  | { readonly in: 'ids'; readonly id: string }
  | { readonly in: 'names'; readonly id: string; readonly nameKey: string }
  /** Has no id if the search continues at the first user. The name is that of an earlier version. */
  | { readonly in: 'licenses'; readonly id?: string };

export interface FoundUsers {
  readonly users: readonly ResourceRecord[];
  /** The position of the next page. More users may follow even if this page is not full. */
  readonly next?: UserSearchPosition;
}

/** Finds users of a domain for people, who know the beginning of a name, or an address. */
export class UserSearch {
  private readonly users: ResourceStore;
  private readonly addresses: AddressIndex;

  constructor(
    private readonly table: Table,
    private readonly domainId: string,
    now: () => Date = () => new Date(),
  ) {
    this.users = new ResourceStore(table, domainId, 'USER');
    this.addresses = new AddressIndex(table, domainId, now);
  }

  /** Returns all users, oldest first. */
  async all(limit: number, after?: UserSearchPosition): Promise<FoundUsers> {
    const { records, next } = await this.users.page(limit, after?.id);
    return { users: records, ...(next !== undefined && { next: { in: 'ids', id: next } }) };
  }

  /**
   * Returns the users whose userName begins with `text`, in the order of names. Users whose names have the
   * key of a previous version follow. If `text` may be an email address, the other users who have it are
   * last.
   */
  async matching(text: string, limit: number, after?: UserSearchPosition): Promise<FoundUsers> {
    const prefixes = namePrefixes(text);
    if (prefixes.length === 0) return { users: [] };
    if (after?.in === 'licenses') return this.byAddress(text, prefixes, limit, after.id);
    const position = after?.in === 'names' ? after : undefined;
    const { records: users, next } = await searchByName(this.users, prefixes, limit, position);
    if (next) return { users, next: { in: 'names', id: next.id, nameKey: next.nameKey } };
    if (!text.includes('@')) return { users };
    if (users.length === limit) return { users, next: { in: 'licenses' } };
    const byAddress = await this.byAddress(text, prefixes, limit - users.length);
    return { ...byAddress, users: [...users, ...byAddress.users] };
  }

  private async byAddress(
    address: string,
    prefixes: readonly string[],
    limit: number,
    after?: string,
  ): Promise<FoundUsers> {
    const { users, next } = await this.usersOfAddress(nameKeyOf(address), limit, after);
    // The search by name has already found users whose name begins with the address.
    const isFoundByName = (user: ResourceRecord): boolean =>
      prefixes.some((prefix) => storedNameKey('USER', user).startsWith(prefix));
    return {
      users: users.filter((user) => !isFoundByName(user)),
      ...(next !== undefined && { next: { in: 'licenses', id: next } }),
    };
  }

  /**
   * Returns users in the order of their ids, and the id after which others follow. In a domain of an earlier
   * version, searches the licenses until the addresses are indexed.
   */
  private async usersOfAddress(
    address: string,
    limit: number,
    after?: string,
  ): Promise<{ users: readonly ResourceRecord[]; next?: string }> {
    const state = await this.addresses.readState(MAX_USERS_OF_ADDRESS);
    if (!state.isComplete) {
      await this.addresses.requestIndexing(state);
      const { userIds, next } = await findUsersByAddress(this.table, this.domainId, address, limit, after);
      return { users: await this.users.getMany(userIds), next };
    }
    const ids = await this.addresses.idsOf(address, MAX_USERS_OF_ADDRESS);
    const remaining = [...new Set([...ids, ...state.unindexedIds])]
      .sort(compareCodePoints)
      .filter((id) => after === undefined || compareCodePoints(id, after) > 0);
    const page = remaining.slice(0, limit);
    const users = (await this.users.getMany(page)).filter(({ attributes }) =>
      addressesOf(attributes).some((each) => nameKeyOf(each) === address),
    );
    return { users, ...(remaining.length > limit && { next: page.at(-1) }) };
  }
}
