import { nameKeyOf } from '../../scim/text/name-key';
import type { LicenseRecord, LicenseStatus } from '../../store/licenses/license-record';
import { LicenseStore } from '../../store/licenses/license-store';
import type { Manager, ResourceRecord } from '../../store/resources/resource-record';
import { type RecordPage, ResourceStore } from '../../store/resources/resource-store';
import type { Table } from '../../store/table/table';
import { readManagedUserIds } from '../../store/users/managed-users';
import { managerOf } from './user-manager';
import { namesOf } from './user-names';
import { type SearchPosition, UserSearch } from './user-search';

/** The limits of one page of a filtered list. */
interface ListLimits {
  /** The largest number of licenses that are examined. One query reads at most 1 MB of them. */
  readonly licenses: number;
  /** The largest number of users whose names are examined. One query reads at most 1 MB of them. */
  readonly users: number;
  /** The largest number of users found by a search or by their names whose licenses are examined. */
  readonly foundUsers: number;
}

const LIMITS: ListLimits = { licenses: 2_000, users: 1_000, foundUsers: 500 };

/** The criteria for the licenses of the listed users. Absent parts do not matter. */
interface LicenseFilter {
  readonly userType?: string;
  /** The name of an organization in which the user has a role. */
  readonly organization?: string;
  readonly licenseStatus?: LicenseStatus;
}

/** The criteria for the listed users. A user without a license matches no criterion of `LicenseFilter`. */
export interface UserFilter extends LicenseFilter {
  /** A part of a name, the userName, or an address of the user, in any case. */
  readonly name?: string;
  readonly managedBy?: Manager | 'connection';
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
 * Lists the users of a domain with their licenses. No index holds parts of names, or what licenses have. So a
 * filter examines a limited number of users or licenses for each page, and the next page continues after
 * them. The cost of a page does not depend on the number of users.
 */
export class UserList {
  private readonly search: UserSearch;
  private readonly users: ResourceStore;
  private readonly licenses: LicenseStore;

  constructor(
    private readonly table: Table,
    private readonly domainId: string,
    private readonly limits = LIMITS,
  ) {
    this.search = new UserSearch(table, domainId);
    this.users = new ResourceStore(table, domainId, 'USER');
    this.licenses = new LicenseStore(table);
  }

  /**
   * Returns at most `limit` users that `text` finds, or all users if it is empty, and that match `filter`.
   */
  async page(
    text: string | undefined,
    { name, managedBy, ...criteria }: UserFilter,
    limit: number,
    after?: SearchPosition,
  ): Promise<UserListPage> {
    const hasName = name === undefined ? undefined : nameMatcherOf(name);
    const isUser = managedBy === undefined ? hasName : managerMatcherOf(managedBy, hasName);
    const isLicensed = isPresent(criteria) ? licenseMatcherOf(criteria) : undefined;
    if (text && (isUser ?? isLicensed)) return this.filteredSearch(text, isUser, isLicensed, limit, after);
    if (isUser && managedBy === 'administrator') {
      // Almost all users in the list match if their manager is the only criterion.
      const size = (hasName ?? isLicensed) ? this.limits.foundUsers : limit;
      return this.examined(await this.managed(size, after?.id), isUser, isLicensed, limit);
    }
    if (isUser)
      return this.examined(await this.users.page(this.limits.users, after?.id), isUser, isLicensed, limit);
    if (isLicensed) return this.filtered(isLicensed, limit, after?.id);
    const found = text ? this.search.matching(text, limit, after) : this.search.all(limit, after);
    const { users, next } = await found;
    return { items: await this.withLicenses(users), ...(next && { next }) };
  }

  /** Reads users from the list of those whom administrators manage. */
  private async managed(limit: number, after?: string): Promise<RecordPage> {
    const { ids, more } = await readManagedUserIds(this.table, this.domainId, limit, after);
    return { records: await this.users.getMany(ids), ...(more && { next: ids.at(-1) }) };
  }

  /**
   * Examines the users: a license has one name and one address, and keeps those that an inactive user had.
   */
  private async examined(
    { records, next }: RecordPage,
    isUser: UserMatcher,
    isLicensed: LicenseMatcher | undefined,
    limit: number,
  ): Promise<UserListPage> {
    const matchingUsers = records.filter(isUser);
    const candidates = matchingUsers.slice(0, isLicensed ? this.limits.foundUsers : limit);
    const matching = await this.withLicenses(candidates, isLicensed);
    const items = matching.slice(0, limit);
    const lastRead = candidates.length < matchingUsers.length ? candidates.at(-1)?.id : next;
    const position = matching.length > limit ? items.at(-1)?.user.id : lastRead;
    return { items, ...(position !== undefined && { next: { in: 'ids', id: position } }) };
  }

  /** Examines the licenses, which are smaller than users, in the order of users. */
  private async filtered(isLicensed: LicenseMatcher, limit: number, after?: string): Promise<UserListPage> {
    const { licenses, next } = await this.licenses.page(this.domainId, this.limits.licenses, after);
    const matching = licenses.filter(isLicensed).map(({ userId }) => userId);
    const ids = matching.slice(0, limit);
    const position = matching.length > limit ? ids.at(-1) : next;
    // The licenses were read with eventual consistency, and those of deleted users stay.
    const items = await this.withLicenses(await this.users.getMany(ids), isLicensed);
    return {
      items,
      ...(position !== undefined && { next: { in: 'ids', id: position } }),
    };
  }

  private async filteredSearch(
    text: string,
    isUser: UserMatcher | undefined,
    isLicensed: LicenseMatcher | undefined,
    limit: number,
    after?: SearchPosition,
  ): Promise<UserListPage> {
    const items: LicensedUser[] = [];
    let next = after;
    for (let examined = 0; examined < this.limits.foundUsers;) {
      const size = limit - items.length;
      const page = await this.search.matching(text, size, next);
      const found = isUser ? page.users.filter(isUser) : page.users;
      items.push(...(await this.withLicenses(found, isLicensed)));
      next = page.next;
      examined += size;
      if (!next || items.length === limit) break;
    }
    return { items, ...(next && { next }) };
  }

  /** Returns the users with their licenses; only those whose licenses match, if there is a matcher. */
  private async withLicenses(
    users: readonly ResourceRecord[],
    isLicensed: LicenseMatcher = () => true,
  ): Promise<LicensedUser[]> {
    const ids = users.map(({ id }) => id);
    const licenses = await this.licenses.readAll(this.domainId, ids);
    return users
      .map((user) => {
        const license = licenses.get(user.id);
        return { user, ...(license && { license }) };
      })
      .filter(({ license }) => isLicensed(license));
  }
}

type UserMatcher = (user: ResourceRecord) => boolean;
type LicenseMatcher = (license: LicenseRecord | undefined) => boolean;

const isPresent = (filter: LicenseFilter): boolean =>
  Object.values(filter).some((value) => value !== undefined);

/**
 * Returns whether a name or an address of a user contains a text, by their folded keys. No name contains only
 * white space.
 */
function nameMatcherOf(name: string): UserMatcher {
  const nameKey = nameKeyOf(name);
  return ({ attributes }) =>
    nameKey !== '' && namesOf(attributes).some((each) => nameKeyOf(each).includes(nameKey));
}

/** Returns whether a user has a manager, and matches another criterion. */
const managerMatcherOf =
  (managedBy: Manager | 'connection', isOther: UserMatcher = () => true): UserMatcher =>
  (user) =>
    managerOf(user) === managedBy && isOther(user);

/** Returns whether a license matches a filter. Names are compared by their folded keys. */
function licenseMatcherOf({ userType, organization, licenseStatus }: LicenseFilter): LicenseMatcher {
  const typeKey = userType === undefined ? undefined : nameKeyOf(userType);
  const organizationKey = organization === undefined ? undefined : nameKeyOf(organization);
  return (license) =>
    license !== undefined &&
    (licenseStatus === undefined || license.status === licenseStatus) &&
    (typeKey === undefined || nameKeyOf(license.userType) === typeKey) &&
    (organizationKey === undefined ||
      (license.organizations ?? []).some((each) => nameKeyOf(each.organization) === organizationKey));
}
