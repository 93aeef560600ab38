import { pick, type Random } from '../../random';
import type { SoakDomain, SoakResource } from '../model/world';
import { MEMBER_FORMS, type Attributes, type ClientOperation } from '../operations/operation';

/** Limits, so that the population of a domain stays the same however long the soak runs. */
const MAX_USERS = 40;
const MAX_GROUPS = 4;
const MAX_MEMBERS = 8;
const USER_TYPES = ['Basic User', 'Core User', 'Full User'];

/** The groups that all clients of a domain change. The first client creates them. */
export const SHARED_GROUPS: readonly string[] = ['shared-1', 'shared-2'];
/** The user that all clients of a domain change. */
export const SHARED_USER = 'shared';

/** Draws the operations of one client. */
export class ClientDraw {
  private created = 0;

  constructor(
    private readonly name: string,
    private readonly domain: SoakDomain,
    private readonly random: Random,
  ) {}

  next(): ClientOperation {
    const { random } = this;
    const users = this.own(this.domain.users);
    const groups = this.own(this.domain.groups);
    const user = users[random(Math.max(1, users.length))];
    const group = groups[random(Math.max(1, groups.length))];
    if (!user) return this.createUser();
    const isFull = users.length >= MAX_USERS;
    const isActive = user.view.active === 'true';
    const kind = pick(random, [
      ['createUser', isFull ? 1 : 10],
      ['change', 12],
      ['changeShared', 3],
      ['rename', 4],
      ['put', 4],
      ['activity', isActive ? 7 : 9],
      ['deleteUser', isFull ? 8 : 3],
      ['createGroup', groups.length < MAX_GROUPS ? 3 : 0],
      ['patchMembers', 12],
      ['putGroup', 4],
      ['renameGroup', group ? 2 : 0],
      ['changeGroupsOfUser', 3],
      ['deleteGroup', group && groups.length > 1 ? 1 : 0],
      ['bulk', isFull ? 0 : 2],
      ['rotateKey', 1],
    ] as const);
    switch (kind) {
      case 'createUser':
        return this.createUser();
      case 'change':
        return this.patch(user, this.changes());
      case 'changeShared':
        return { do: 'patchUser', user: SHARED_USER, values: this.sharedChanges(), hasPath: random(2) === 0 };
      case 'rename':
        return this.patch(user, this.newName(user.name));
      case 'put': {
        const keeps = { ...user.view, userName: user.view.userName };
        return { do: 'putUser', user: user.name, values: { ...keeps, ...this.changes() } };
      }
      case 'activity': {
        const values = { active: String(!isActive), ...(random(4) === 0 && this.changes()) };
        return this.patch(user, values);
      }
      case 'deleteUser':
        return { do: 'deleteUser', user: user.name };
      case 'createGroup':
        return this.createGroup();
      case 'patchMembers':
        return this.patchMembers(this.anyGroup(group));
      case 'putGroup': {
        const name = this.anyGroup(group);
        const displayName = this.domain.group(name).view.displayName ?? name;
        return { do: 'putGroup', group: name, displayName, members: this.users(this.isShared(name)) };
      }
      case 'renameGroup': {
        const name = group?.name ?? '';
        return { do: 'renameGroup', group: name, displayName: `${name} ${random(1_000_000)}` };
      }
      case 'changeGroupsOfUser': {
        const op = random(3) === 0 ? 'remove' : 'add';
        return { do: 'changeGroupsOfUser', user: user.name, op, groups: [this.anyGroup(group)] };
      }
      case 'deleteGroup':
        return { do: 'deleteGroup', group: group?.name ?? '' };
      case 'bulk':
        return this.bulk();
      case 'rotateKey':
        return { do: 'rotateKey' };
    }
  }

  private own(resources: ReadonlyMap<string, SoakResource>): SoakResource[] {
    return [...resources.values()].filter(
      ({ id, name }) => id !== undefined && name.startsWith(`${this.name}-`),
    );
  }

  private newId(): string {
    return `${this.name}-${++this.created}`;
  }

  private createUser(): ClientOperation {
    const user = this.newId();
    return { do: 'createUser', user, values: this.newUser(user) };
  }

  private newUser(user: string): Attributes {
    const { random } = this;
    return {
      userName: user,
      ...pick(random, [
        [{ email: user }, 30],
        [{ email: `bounce:${user}` }, 1],
        [{ email: `complaint:${user}` }, 1],
      ] as const),
      active: String(random(5) > 0),
      ...(random(2) === 0 && { externalId: `external ${user}` }),
      ...(random(3) === 0 && { userType: USER_TYPES[random(3)] }),
    };
  }

  private newName(user: string): Attributes {
    const name = `${user}.${this.random(1_000)}`;
    return { userName: name, ...(this.random(2) === 0 && { email: name }) };
  }

  private changes(): Attributes {
    const { random } = this;
    const text = () => (random(8) === 0 ? undefined : `Value ${random(1_000_000)}`);
    const all: Attributes[] = [
      { title: text() },
      { displayName: text() },
      { nickName: text() },
      { externalId: text() },
      { userType: USER_TYPES[random(3)] },
    ];
    const [first, second] = [all[random(all.length)], all[random(all.length)]];
    return { ...first, ...(random(3) === 0 && second) };
  }

  private sharedChanges(): Attributes {
    const { random } = this;
    const value = `${this.name} ${random(1_000_000)}`;
    return random(2) === 0 ? { title: value } : { displayName: value };
  }

  private patch(user: SoakResource, values: Attributes): ClientOperation {
    return { do: 'patchUser', user: user.name, values, hasPath: this.random(2) === 0 };
  }

  private createGroup(): ClientOperation {
    const group = this.newId();
    return { do: 'createGroup', group, displayName: group, members: this.users(false) };
  }

  private patchMembers(group: string): ClientOperation {
    const { random } = this;
    const isShared = this.isShared(group);
    const forms = isShared
      ? MEMBER_FORMS.filter((form) => form !== 'replace' || random(4) === 0)
      : MEMBER_FORMS;
    const form = forms[random(forms.length)] ?? 'add';
    const users = this.users(isShared && form === 'replace');
    if (form !== 'addAndRemove') return { do: 'patchMembers', group, form, users };
    const removed = this.users(false).filter((user) => !users.includes(user));
    return { do: 'patchMembers', group, form, users, removed };
  }

  /** Returns some users of this client, or of all clients of the domain. */
  private users(ofAll: boolean): string[] {
    const { random } = this;
    const users = ofAll
      ? [...this.domain.users.values()].filter(({ id }) => id !== undefined)
      : this.own(this.domain.users);
    const size = random(20) === 0 ? 3 * MAX_MEMBERS : 1 + random(MAX_MEMBERS);
    return users
      .map(({ name }) => ({ name, order: random(1_000_000) }))
      .sort((one, other) => one.order - other.order)
      .slice(0, size)
      .map(({ name }) => name);
  }

  private anyGroup(own: SoakResource | undefined): string {
    const { random } = this;
    return !own || random(3) === 0 ? (SHARED_GROUPS[random(SHARED_GROUPS.length)] ?? '') : own.name;
  }

  private isShared(group: string): boolean {
    return SHARED_GROUPS.includes(group);
  }

  private bulk(): ClientOperation {
    const users = Array.from({ length: 2 + this.random(4) }, () => {
      const user = this.newId();
      return { user, values: this.newUser(user) };
    });
    const group = this.newId();
    return { do: 'bulk', users, group, displayName: group };
  }
}
