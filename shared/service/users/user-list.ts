import { nameKeyOf } from '../../scim/text/name-key';
import type { LicenseRecord, LicenseStatus } from '../../store/licenses/license-record';
import { LicenseStore } from '../../store/licenses/license-store';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { ResourceStore } from '../../store/resources/resource-store';
import type { Table } from '../../store/table/table';
import { type SearchPosition, UserSearch } from './user-search';

/** The limits of one page of a filtered list. */
interface ListLimits {
  /** The largest number of licenses that are examined. One query reads at most 1 MB of them. */
  readonly licenses: number;
  /** The largest number of users found by a search whose licenses are examined. */
  readonly foundUsers: number;
}

const LIMITS: ListLimits = { licenses: 2_000, foundUsers: 500 };

/** The criteria for the licenses of the listed users. Absent parts do not matter. */
export interface LicenseFilter {
  /** A part of the name, the userName, or the address, in any case. */
  readonly name?: string;
  readonly userType?: string;
  /** The name of an organization in which the user has a role. */
  readonly organization?: string;
  readonly licenseStatus?: LicenseStatus;
}

/** A user with its license. */
export interface LicensedUser {
  readonly user: ResourceRecord;
  readonly license?: LicenseRecord;
}

export interface UserListPage {
  readonly items: readonly LicensedUser[];
  /** The position of the next page. More users may follow even if this page is empty. */
  readonly next?: SearchPosition;
}

/**
 * Lists the users of a domain with their licenses. No index holds what licenses have, so a filter examines a limited number
 * of licenses for each page, and the next page continues after them. The cost of a page does not depend on the number of
 * users.
 */
export class UserList {
  private readonly search: UserSearch;
  private readonly users: ResourceStore;
  private readonly licenses: LicenseStore;

  constructor(
    table: Table,
    private readonly domainId: string,
    private readonly limits = LIMITS,
  ) {
    this.search = new UserSearch(table, domainId);
    this.users = new ResourceStore(table, domainId, 'USER');
    this.licenses = new LicenseStore(table);
  }

  /** Returns at most `limit` users that `text` finds, or all users if it is empty, and whose licenses match `filter`. */
  async page(
    text: string | undefined,
    filter: LicenseFilter,
    limit: number,
    after?: SearchPosition,
  ): Promise<UserListPage> {
    if (Object.values(filter).some((value) => value !== undefined)) {
      const matches = matcherOf(filter);
      return text
        ? this.filteredSearch(text, matches, limit, after)
        : this.filtered(matches, limit, after?.id);
    }
    const found = text ? this.search.matching(text, limit, after) : this.search.all(limit, after);
    const { users, next } = await found;
    return { items: await this.withLicenses(users), ...(next && { next }) };
  }

  /** Examines the licenses, which are smaller than users, in the order of users. */
  private async filtered(matches: Matcher, limit: number, after?: string): Promise<UserListPage> {
    const { licenses, next } = await this.licenses.page(this.domainId, this.limits.licenses, after);
    const matching = licenses.filter(matches).map(({ userId }) => userId);
    const ids = matching.slice(0, limit);
    const position = matching.length > limit ? ids.at(-1) : next;
    // The licenses were read with eventual consistency, and those of deleted users stay.
    const items = await this.withLicenses(await this.users.getMany(ids));
    return {
      items: items.filter(({ license }) => matches(license)),
      ...(position !== undefined && { next: { in: 'ids', id: position } }),
    };
  }

  private async filteredSearch(
    text: string,
    matches: Matcher,
    limit: number,
    after?: SearchPosition,
  ): Promise<UserListPage> {
    const items: LicensedUser[] = [];
    let next = after;
    for (let examined = 0; examined < this.limits.foundUsers;) {
      const size = limit - items.length;
      const page = await this.search.matching(text, size, next);
      const found = await this.withLicenses(page.users);
      items.push(...found.filter(({ license }) => matches(license)));
      next = page.next;
      examined += size;
      if (!next || items.length === limit) break;
    }
    return { items, ...(next && { next }) };
  }

  private async withLicenses(users: readonly ResourceRecord[]): Promise<LicensedUser[]> {
    const ids = users.map(({ id }) => id);
    const licenses = await this.licenses.readAll(this.domainId, ids);
    return users.map((user) => {
      const license = licenses.get(user.id);
      return { user, ...(license && { license }) };
    });
  }
}

type Matcher = (license: LicenseRecord | undefined) => boolean;

/** Returns whether a license matches a filter. Names are compared by their folded keys. */
function matcherOf({ name, userType, organization, licenseStatus }: LicenseFilter): Matcher {
  const nameKey = name === undefined ? undefined : nameKeyOf(name);
  const typeKey = userType === undefined ? undefined : nameKeyOf(userType);
  const organizationKey = organization === undefined ? undefined : nameKeyOf(organization);
  return (license) =>
    license !== undefined &&
    (nameKey === undefined ||
      [license.name, license.userName, license.email].some((text = '') =>
        nameKeyOf(text).includes(nameKey),
      )) &&
    (licenseStatus === undefined || license.status === licenseStatus) &&
    (typeKey === undefined || nameKeyOf(license.userType) === typeKey) &&
    (organizationKey === undefined ||
      (license.organizations ?? []).some((each) => nameKeyOf(each.organization) === organizationKey));
}
