import { isDeepStrictEqual } from 'node:util';
import {
  type Group,
  groupAfter,
  groupFrom,
  type Invalid,
  type User,
  userAfter,
  userFrom,
} from './attributes';
import { holds, type Value } from './filter';
import { groupsAfter, joinedAndLeft, type Members, membersAfter, type Membership } from './memberships';
import type { GroupBody, Hidden, MemberSent, Operation, Ordinal, TypeName, UserBody } from './operations';
import { type Shown, showGroup, showUser } from './representation';

/** What a client is told: a resource, a page, the keyword of an error, or the status alone. */
export interface Outcome {
  readonly status: number;
  readonly scimType?: string;
  readonly etag?: string;
  readonly resource?: Shown;
  readonly page?: Page;
}

export interface Page {
  readonly totalResults: number;
  readonly startIndex: number;
  readonly resources: readonly Shown[];
  /** All from which the page is, where it is not certain where it begins: pages go on where they were before a deletion. */
  readonly floatsIn?: readonly Shown[];
}

export interface Resource<Attributes> {
  readonly id: string;
  attributes: Attributes;
  version: number;
  isDeleted: boolean;
}

type ListOperation = Extract<Operation, { do: 'LIST' }>;
type Change<Type extends TypeName> = Extract<Operation, { do: 'PUT' | 'PATCH'; type: Type }>;

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly scimType?: string,
  ) {
    super();
  }
}

/** What the service promises, as simply as it can be said: three lists, and walks through them. */
export class Model {
  readonly users: Resource<User>[] = [];
  readonly groups: Resource<Group>[] = [];
  /** Those of deleted groups stay: who is taken out of one later has changed. */
  private memberships: Membership[] = [];

  answer(operation: Operation): Outcome {
    try {
      return this.act(operation);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, scimType: error.scimType };
    }
  }

  idOf(type: TypeName, at: Ordinal): string {
    return this.all(type)[at]?.id ?? 'nobody';
  }

  versionOf(type: TypeName, at: Ordinal): number {
    return this.all(type)[at]?.version ?? 1;
  }

  private act(operation: Operation): Outcome {
    switch (operation.do) {
      case 'GET':
        return this.shown(200, operation, this.existing(operation.type, operation.at));
      case 'LIST':
        return { status: 200, page: this.page(operation) };
      case 'DELETE':
        this.delete(this.expected(operation));
        return { status: 204 };
      case 'POST': {
        const isUser = operation.type === 'Users';
        return this.shown(
          201,
          operation,
          isUser ? this.createUser(operation.body) : this.createGroup(operation.body),
        );
      }
      case 'PUT':
      case 'PATCH':
        return this.shown(
          200,
          operation,
          operation.type === 'Users' ? this.changeUser(operation) : this.changeGroup(operation),
        );
    }
  }

  private createUser(body: UserBody): Resource<User> {
    const attributes = valid(userFrom(body, true));
    refuseTaken(this.users, attributes.userName, ({ userName }) => userName);
    const user = { id: `user-${this.users.length}`, attributes, version: 1, isDeleted: false };
    this.users.push(user);
    this.enter(user, body.groups?.map((at) => this.idOf('Groups', at)) ?? []);
    return user;
  }

  private createGroup(body: GroupBody): Resource<Group> {
    const attributes = valid(groupFrom(body));
    refuseTaken(this.groups, attributes.displayName, ({ displayName }) => displayName);
    const group = { id: `group-${this.groups.length}`, attributes, version: 1, isDeleted: false };
    this.groups.push(group);
    this.setMembers(group, new Map(), this.sent(body.members ?? []));
    return group;
  }

  private changeUser(operation: Change<'Users'>): Resource<User> {
    if (operation.do === 'PUT' && operation.body.userName === undefined)
      throw new Refusal(400, 'invalidValue');
    const user = this.expected(operation) as Resource<User>;
    const { active } = user.attributes;
    const attributes = valid(
      operation.do === 'PUT'
        ? userFrom(operation.body, active)
        : userAfter(user.attributes, operation.changes),
    );
    const before = this.memberships.filter((each) => each.user === user.id).map(({ group }) => group);
    const after =
      operation.do === 'PUT'
        ? before
        : groupsAfter(before, operation.changes, (at) => this.idOf('Groups', at));
    const { joined, left } = joinedAndLeft(before, after);
    if (isDeepStrictEqual(attributes, user.attributes) && joined.length + left.length === 0) return user;
    refuseTaken(this.users, attributes.userName, ({ userName }) => userName, user);
    Object.assign(user, { attributes, version: user.version + 1 });
    this.enter(user, joined);
    this.leave(user, left);
    return user;
  }

  private changeGroup(operation: Change<'Groups'>): Resource<Group> {
    if (operation.do === 'PUT' && operation.body.displayName === undefined)
      throw new Refusal(400, 'invalidValue');
    const group = this.expected(operation) as Resource<Group>;
    const attributes = valid(
      operation.do === 'PUT' ? groupFrom(operation.body) : groupAfter(group.attributes, operation.changes),
    );
    refuseTaken(this.groups, attributes.displayName, ({ displayName }) => displayName, group);
    const own = this.memberships.filter((each) => each.group === group.id);
    const before: Members = new Map(own.map(({ user, display }) => [user, display]));
    const after =
      operation.do === 'PUT'
        ? this.sent(operation.body.members ?? [])
        : membersAfter(before, operation.changes, (members) => this.sent(members));
    const isChanged =
      this.setMembers(group, before, after) || !isDeepStrictEqual(attributes, group.attributes);
    if (isChanged) Object.assign(group, { attributes, version: group.version + 1 });
    return group;
  }

  private delete(resource: Resource<User | Group>): void {
    resource.isDeleted = true;
    const own = this.memberships.filter(({ user }) => user === resource.id);
    this.leave(
      resource,
      own.map(({ group }) => group),
    );
  }

  /** Groups that there are not are passed over. */
  private enter(user: Resource<User>, groups: readonly string[]): void {
    for (const group of present(this.groups).filter(({ id }) => groups.includes(id))) {
      this.memberships.push({ group: group.id, user: user.id, display: user.attributes.userName });
      group.version++;
    }
  }

  private leave({ id }: Resource<unknown>, groups: readonly string[]): void {
    this.memberships = this.memberships.filter(({ user, group }) => user !== id || !groups.includes(group));
    for (const group of present(this.groups)) if (groups.includes(group.id)) group.version++;
  }

  /** Whether anything was asked for, be it for a user that there is not. A `display` stays where none is sent. */
  private setMembers(group: Resource<Group>, before: Members, after: Members): boolean {
    const { joined, left } = joinedAndLeft([...before.keys()], [...after.keys()]);
    const users = present(this.users);
    for (const { id } of users.filter((user) => [...joined, ...left].includes(user.id))) this.touch(id);
    this.memberships = this.memberships.filter((each) => each.group !== group.id);
    for (const { id: user } of users.filter(({ id }) => after.has(id))) {
      this.memberships.push({ group: group.id, user, display: after.get(user) ?? before.get(user) });
    }
    const isRenamed = [...after].some(
      ([id, display]) => before.has(id) && display && display !== before.get(id),
    );
    return joined.length + left.length > 0 || isRenamed;
  }

  private touch(id: string): void {
    for (const user of this.users) if (user.id === id) user.version++;
  }

  private sent(members: readonly MemberSent[]): Members {
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
    const found = present(all).filter((each) => !filter || holds(filter, this.show(type, each), idOf));
    const shown = found.map((each) => this.show(type, each, hide));
    const start = Math.max(1, startIndex);
    return {
      totalResults: shown.length,
      startIndex: start,
      resources: shown.slice(start - 1, start - 1 + Math.max(0, count)),
      ...(!filter && start > 1 && all.some(({ isDeleted }) => isDeleted) && { floatsIn: shown }),
    };
  }

  private show(type: TypeName, resource: Resource<User | Group>, hide?: Hidden): Shown {
    if (type === 'Groups') {
      const members = this.memberships.filter(({ group }) => group === resource.id);
      return showGroup(resource as Resource<Group>, members, hide);
    }
    const groups = this.memberships.filter(({ user }) => user === resource.id).map(({ group }) => group);
    const own = present(this.groups).filter(({ id }) => groups.includes(id));
    return showUser(resource as Resource<User>, own, hide);
  }

  private shown(status: number, { type, hide }: Operation, resource: Resource<User | Group>): Outcome {
    return { status, etag: `W/"${resource.version}"`, resource: this.show(type, resource, hide) };
  }

  private all(type: TypeName): Resource<User | Group>[] {
    return type === 'Users' ? this.users : this.groups;
  }

  private existing(type: TypeName, at: Ordinal): Resource<User | Group> {
    const resource = this.all(type)[at];
    if (!resource || resource.isDeleted) throw new Refusal(404);
    return resource;
  }

  private expected({ type, at, match }: Extract<Operation, { match?: unknown }>): Resource<User | Group> {
    const resource = this.existing(type, at);
    if (match === 'wrong') throw new Refusal(412);
    return resource;
  }
}

const present = <T>(resources: readonly Resource<T>[]): Resource<T>[] =>
  resources.filter(({ isDeleted }) => !isDeleted);

function valid<T extends object>(attributes: T | Invalid): T {
  if (typeof attributes === 'string') throw new Refusal(400, attributes);
  return attributes;
}

function refuseTaken<T>(
  resources: readonly Resource<T>[],
  name: string,
  nameOf: (attributes: T) => string,
  own?: Resource<T>,
): void {
  const isTaken = present(resources).some(
    (each) => each !== own && nameOf(each.attributes).toLowerCase() === name.toLowerCase(),
  );
  if (isTaken) throw new Refusal(409, 'uniqueness');
}
