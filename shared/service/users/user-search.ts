import { nameKeyOf } from '../../scim/text/name-key';
import { isKeyText } from '../../store/table/keys';
import { findUsersByAddress } from '../../store/licenses/license-store';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { ResourceStore } from '../../store/resources/resource-store';
import type { Table } from '../../store/table/table';

/**
 * The position at which a search continues: among all ids, among the names with the prefix, or among the
 * licenses.
 */
export type SearchPosition =
  | { readonly in: 'ids'; readonly id: string }
  | { readonly in: 'names'; readonly id: string; readonly nameKey: string }
  /** Has no id if the search continues at the first license. */
  | { readonly in: 'licenses'; readonly id?: string };

export interface FoundUsers {
  readonly users: readonly ResourceRecord[];
  /** The position of the next page. More users may follow even if this page is not full. */
  readonly next?: SearchPosition;
}

/** Finds users of a domain for people, who know the beginning of a name, or an address. */
export class UserSearch {
  private readonly users: ResourceStore;

  constructor(
    private readonly table: Table,
    private readonly domainId: string,
  ) {
    this.users = new ResourceStore(table, domainId, 'USER');
  }

  /** Returns all users, oldest first. */
  async all(limit: number, after?: SearchPosition): Promise<FoundUsers> {
    const { records, next } = await this.users.page(limit, after?.id);
    return { users: records, ...(next !== undefined && { next: { in: 'ids', id: next } }) };
  }

  /**
   * Returns the users whose userName begins with `text`, in the order of names. If `text` may be an email
   * address, the users whose license emails go there follow. Ignores case.
   */
  async matching(text: string, limit: number, after?: SearchPosition): Promise<FoundUsers> {
    const prefix = nameKeyOf(text);
    if (!isKeyText(prefix)) return { users: [] };
    if (after?.in === 'licenses') return this.byAddress(prefix, limit, after.id);
    const { positions, more } = await this.users.namePage(limit, {
      range: { prefix },
      ...(after?.in === 'names' && { after }),
    });
    const users = await this.users.getMany(positions.map(({ id }) => id));
    const last = positions.at(-1);
    if (more && last) return { users, next: { in: 'names', ...last } };
    if (!prefix.includes('@')) return { users };
    if (users.length === limit) return { users, next: { in: 'licenses' } };
    const byAddress = await this.byAddress(prefix, limit - users.length);
    return { ...byAddress, users: [...users, ...byAddress.users] };
  }

  private async byAddress(address: string, limit: number, after?: string): Promise<FoundUsers> {
    const { userIds, next } = await findUsersByAddress(this.table, this.domainId, address, limit, after);
    const users = await this.users.getMany(userIds);
    return {
      // The search by name has already found users whose name begins with the address.
      users: users.filter(({ attributes }) => !nameKeyOf(attributes.userName as string).startsWith(address)),
      ...(next !== undefined && { next: { in: 'licenses', id: next } }),
    };
  }
}
