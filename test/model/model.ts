import { isDeepStrictEqual } from 'node:util';
import { type Group, groupAfter, groupFrom, setsActive, type User, userAfter, userFrom } from './attributes';
import { matchesTerm, type Value } from './filter';
import { groupsAfter, diffMembers, type Members, membersAfter, type Membership } from './memberships';
import type {
  GroupBody,
  HiddenAttributes,
  MemberInput,
  Operation,
  Ordinal,
  ResourcePath,
  UserBody,
} from './operations';
import type { Outcome, Page } from './outcome';
import { type Representation, representGroup, representUser } from './representation';
import { assertNameAvailable, assertValid, ModelError, type Resource, withoutDeleted } from './resources';

type ListOperation = Extract<Operation, { do: 'LIST' }>;
type Change<Type extends ResourcePath> = Extract<Operation, { do: 'PUT' | 'PATCH'; type: Type }>;

/** A simple model of the service: three lists, and loops over them. */
export class Model {
  readonly users: Resource<User>[] = [];
  readonly groups: Resource<Group>[] = [];
  /** Memberships of deleted groups stay, because removing a user from one still changes the user. */
  private memberships: Membership[] = [];

  execute(operation: Operation): Outcome {
    try {
      return this.dispatch(operation);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      return { status: error.status, scimType: error.scimType };
    }
  }

  idOf(type: ResourcePath, at: Ordinal): string {
    return this.all(type)[at]?.id ?? 'nobody';
  }

  versionOf(type: ResourcePath, at: Ordinal): number {
    return this.all(type)[at]?.version ?? 1;
  }

  private dispatch(operation: Operation): Outcome {
    switch (operation.do) {
      case 'GET':
        return this.toOutcome(200, operation, this.findExisting(operation.type, operation.at));
      case 'LIST':
        return { status: 200, page: this.page(operation) };
      case 'DELETE':
        this.delete(this.findMatching(operation));
        return { status: 204 };
      case 'POST': {
        const isUser = operation.type === 'Users';
        return this.toOutcome(
          201,
          operation,
          isUser ? this.createUser(operation.body) : this.createGroup(operation.body),
        );
      }
      case 'PUT':
      case 'PATCH':
        return this.toOutcome(
          200,
          operation,
          operation.type === 'Users' ? this.changeUser(operation) : this.changeGroup(operation),
        );
    }
  }

  private createUser(body: UserBody): Resource<User> {
    const attributes = assertValid(userFrom(body));
    assertNameAvailable(this.users, attributes.userName, ({ userName }) => userName);
    const user = { id: `user-${this.users.length}`, attributes, version: 1, isDeleted: false };
    this.users.push(user);
    this.addMemberships(user, body.groups?.map((at) => this.idOf('Groups', at)) ?? []);
    return user;
  }

  private createGroup(body: GroupBody): Resource<Group> {
    const attributes = assertValid(groupFrom(body));
    assertNameAvailable(this.groups, attributes.displayName, ({ displayName }) => displayName);
    const group = { id: `group-${this.groups.length}`, attributes, version: 1, isDeleted: false };
    this.groups.push(group);
    this.setMembers(group, new Map(), this.toMembers(body.members ?? []));
    return group;
  }

  private changeUser(operation: Change<'Users'>): Resource<User> {
    // This body is refused in every state of the user, so the user is not looked up.
    if (operation.do === 'PUT' && operation.body.userName === undefined && setsActive(operation.body))
      throw new ModelError(400, 'invalidValue');
    const user = this.findMatching(operation) as Resource<User>;
    const attributes = assertValid(
      operation.do === 'PUT'
        ? userFrom(operation.body, user.attributes)
        : userAfter(user.attributes, operation.changes),
    );
    const before = this.memberships.filter((each) => each.user === user.id).map(({ group }) => group);
    const after =
      operation.do === 'PUT'
        ? before
        : groupsAfter(before, operation.changes, (at) => this.idOf('Groups', at));
    const { joined, left } = diffMembers(before, after);
    if (isDeepStrictEqual(attributes, user.attributes) && joined.length + left.length === 0) return user;
    assertNameAvailable(this.users, attributes.userName, ({ userName }) => userName, user);
    Object.assign(user, { attributes, version: user.version + 1 });
    this.addMemberships(user, joined);
    this.removeMemberships(user, left);
    return user;
  }

  private changeGroup(operation: Change<'Groups'>): Resource<Group> {
    if (operation.do === 'PUT' && operation.body.displayName === undefined)
      throw new ModelError(400, 'invalidValue');
    const group = this.findMatching(operation) as Resource<Group>;
    const attributes = assertValid(
      operation.do === 'PUT' ? groupFrom(operation.body) : groupAfter(group.attributes, operation.changes),
    );
    assertNameAvailable(this.groups, attributes.displayName, ({ displayName }) => displayName, group);
    const memberships = this.memberships.filter((each) => each.group === group.id);
    const before: Members = new Map(memberships.map(({ user, display }) => [user, display]));
    const after =
      operation.do === 'PUT'
        ? this.toMembers(operation.body.members ?? [])
        : membersAfter(before, operation.changes, (members) => this.toMembers(members));
    const isChanged =
      this.setMembers(group, before, after) || !isDeepStrictEqual(attributes, group.attributes);
    if (isChanged) Object.assign(group, { attributes, version: group.version + 1 });
    return group;
  }

  private delete(resource: Resource<User | Group>): void {
    resource.isDeleted = true;
    const memberships = this.memberships.filter(({ user }) => user === resource.id);
    this.removeMemberships(
      resource,
      memberships.map(({ group }) => group),
    );
  }

  /** Adds a user to groups. Unknown groups are skipped. */
  private addMemberships(user: Resource<User>, groups: readonly string[]): void {
    for (const group of withoutDeleted(this.groups).filter(({ id }) => groups.includes(id))) {
      this.memberships.push({ group: group.id, user: user.id, display: user.attributes.userName });
      group.version++;
    }
  }

  private removeMemberships({ id }: Resource<unknown>, groups: readonly string[]): void {
    this.memberships = this.memberships.filter(({ user, group }) => user !== id || !groups.includes(group));
    for (const group of withoutDeleted(this.groups)) if (groups.includes(group.id)) group.version++;
  }

  /**
   * Replaces the members of a group. Returns whether the request changes any ID, also of an unknown user, or
   * any `display`. A `display` stays if the request sends none.
   */
  private setMembers(group: Resource<Group>, before: Members, after: Members): boolean {
    const { joined, left } = diffMembers([...before.keys()], [...after.keys()]);
    const users = withoutDeleted(this.users);
    for (const { id } of users.filter((user) => [...joined, ...left].includes(user.id)))
      this.incrementVersion(id);
    this.memberships = this.memberships.filter((each) => each.group !== group.id);
    for (const { id: user } of users.filter(({ id }) => after.has(id))) {
      this.memberships.push({ group: group.id, user, display: after.get(user) ?? before.get(user) });
    }
    const isRenamed = [...after].some(
      ([id, display]) => before.has(id) && display && display !== before.get(id),
    );
    return joined.length + left.length > 0 || isRenamed;
  }

  private incrementVersion(id: string): void {
    for (const user of this.users) if (user.id === id) user.version++;
  }

  private toMembers(members: readonly MemberInput[]): Members {
    return new Map(
      members.map(({ user, form, display }) => [
        this.idOf('Users', user),
        form === 'object' ? display : undefined,
      ]),
    );
  }

  private page({ type, filter, startIndex = 1, count = 100, hide }: ListOperation): Page {
    const idOf = (value: Value) =>
      typeof value === 'object' ? this.idOf(value.type === 'user' ? 'Users' : 'Groups', value.at) : value;
    const all = this.all(type);
    const matching = withoutDeleted(all).filter(
      (each) => !filter || matchesTerm(filter, this.represent(type, each), idOf),
    );
    const shown = matching.map((each) => this.represent(type, each, hide));
    const start = Math.max(1, startIndex);
    return {
      totalResults: shown.length,
      startIndex: start,
      resources: shown.slice(start - 1, start - 1 + Math.max(0, count)),
      ...(!filter && start > 1 && all.some(({ isDeleted }) => isDeleted) && { floatsIn: shown }),
    };
  }

  private represent(
    type: ResourcePath,
    resource: Resource<User | Group>,
    hide?: HiddenAttributes,
  ): Representation {
    if (type === 'Groups') {
      const members = this.memberships.filter(({ group }) => group === resource.id);
      return representGroup(resource as Resource<Group>, members, hide);
    }
    const groupIds = this.memberships.filter(({ user }) => user === resource.id).map(({ group }) => group);
    const groups = withoutDeleted(this.groups).filter(({ id }) => groupIds.includes(id));
    return representUser(resource as Resource<User>, groups, hide);
  }

  private toOutcome(status: number, { type, hide }: Operation, resource: Resource<User | Group>): Outcome {
    return { status, etag: `W/"${resource.version}"`, resource: this.represent(type, resource, hide) };
  }

  private all(type: ResourcePath): Resource<User | Group>[] {
    return type === 'Users' ? this.users : this.groups;
  }

  private findExisting(type: ResourcePath, at: Ordinal): Resource<User | Group> {
    const resource = this.all(type)[at];
    if (!resource || resource.isDeleted) throw new ModelError(404);
    return resource;
  }

  private findMatching({ type, at, match }: Extract<Operation, { match?: unknown }>): Resource<User | Group> {
    const resource = this.findExisting(type, at);
    if (match === 'wrong') throw new ModelError(412);
    return resource;
  }
}
