import { parseFilter } from '../../../shared/scim/filter/parse';
import type { Resource } from '../../../shared/scim/resource';
import { Groups } from '../../../shared/service/groups/groups';
import type { Caller } from '../../../shared/service/resources/caller';
import type { Listing } from '../../../shared/service/resources/resource-service';
import { Users } from '../../../shared/service/users/users';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../consistency/domain-data';
import { createCaller } from '../requests/caller';
import { RETENTION_DAYS, USER_SETTINGS } from '../store/records';

export const USERS = 25;

/** Matches the partition keys of users. */
export const USER_ITEMS = /^[^#]+#USER$/;

export interface ListOptions {
  readonly filter?: string;
  readonly startIndex?: number;
  readonly count?: number;
}

/** A domain with 25 users and 3 groups, and ways to list them. */
export class ListingHarness {
  readonly caller: Caller = createCaller();
  readonly users: Resource[] = [];
  /** Sales with the first three users, Marketing with the third and fourth, and Empty. */
  readonly groups: Resource[] = [];

  private constructor(readonly table: Table) {}

  static async open(): Promise<ListingHarness> {
    const harness = new ListingHarness(await systemTable());
    await harness.seed();
    return harness;
  }

  listUsers(
    options: ListOptions,
    through = this.table,
    caller = this.caller,
    now?: () => Date,
  ): Promise<Listing> {
    return new Users(through, USER_SETTINGS, caller, now).list(queryOf(options));
  }

  listGroups(options: ListOptions, caller = this.caller): Promise<Listing> {
    return new Groups(this.table, RETENTION_DAYS, caller).list(queryOf(options));
  }

  private async seed(): Promise<void> {
    const created = Array.from({ length: USERS }, (_, index) =>
      new Users(this.table, USER_SETTINGS, this.caller).create({
        userName: `user-${String(index).padStart(2, '0')}@example.com`,
        title: index % 2 === 0 ? 'even' : 'odd',
        externalId: `external-${index % 5}`,
      }),
    );
    this.users.push(...(await Promise.all(created)));
    for (const [name, members] of [
      ['Sales', this.users.slice(0, 3)],
      ['Marketing', this.users.slice(2, 4)],
      ['Empty', []],
    ] as const) {
      const body = { displayName: name, members: members.map(({ id }) => ({ value: id })) };
      this.groups.push(await new Groups(this.table, RETENTION_DAYS, this.caller).create(body));
    }
  }
}

const queryOf = ({ filter, startIndex = 1, count = 100 }: ListOptions) => ({
  ...(filter !== undefined && { filter: parseFilter(filter) }),
  startIndex,
  count,
});

export const idsOf = ({ resources }: Listing): string[] => resources.map(({ id }) => id);
