import fc from 'fast-check';
import { isActive } from '../../../shared/scim/input/user-rules';
import type { Json, Resource } from '../../../shared/scim/resource';
import type { Mapping, MappingSource, MappingTarget } from '../../../shared/scim/mapping/mapping';
import { newId } from '../../../shared/id';
import type { MappingTask } from '../../../shared/service/mappings/mapping-task';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { addMembers, removeMembers, renameGroup } from '../../support/service/groups-harness';
import { MappingsHarness } from '../../support/service/mappings-harness';
import { createTableLikeSystem } from '../../support/store/create-table';
import { mortalTable } from '../../support/store/mortal-table';

/** `MAPPING_RUNS=200 npx jest …` looks for rare orders. */
const RUNS = Number(process.env.MAPPING_RUNS ?? 6);

const NAMES = ['red', 'Green', 'BLUE'] as const;
const EXTERNAL_IDS = ['x', 'y'] as const;
const ROLES = ['admin', 'guest'] as const;
const TYPES = ['Basic User', 'Core User', 'Full User'] as const;
const ORGANIZATIONS = [
  { name: 'Berlin', roles: ['member', 'manager'] },
  { name: 'Oslo', roles: ['member'] },
];
const SCHEMA = 'urn:ietf:params:scim:schemas:extension:newrelic:2.0:User';

let table: Table;
beforeAll(async () => {
  table = await createTableLikeSystem();
});

/** A source that may name a group by its place, because ids are only known at run time. */
type Source =
  | Exclude<MappingSource, { kind: 'group' }>
  | { kind: 'group'; by: 'id' | 'displayName' | 'externalId'; value: string };

const source: fc.Arbitrary<Source> = fc.oneof(
  fc.record({ kind: fc.constant('role' as const), value: fc.constantFrom(...ROLES) }),
  fc.record({
    kind: fc.constant('attribute' as const),
    path: fc.constant('title'),
    value: fc.constantFrom('Dr', 'Prof'),
  }),
  fc.record({
    kind: fc.constant('group' as const),
    by: fc.constant('displayName' as const),
    value: fc.constantFrom(...NAMES),
  }),
  fc.record({
    kind: fc.constant('group' as const),
    by: fc.constant('externalId' as const),
    value: fc.constantFrom(...EXTERNAL_IDS),
  }),
  fc.record({
    kind: fc.constant('group' as const),
    by: fc.constant('id' as const),
    value: fc.constantFrom('0', '1', '2'),
  }),
);

const target: fc.Arbitrary<MappingTarget> = fc.oneof(
  fc.record({ kind: fc.constant('userType' as const), userType: fc.constantFrom(...TYPES) }),
  fc.constantFrom(
    { kind: 'organization' as const, organization: 'Berlin', role: 'member' },
    { kind: 'organization' as const, organization: 'Berlin', role: 'manager' },
    { kind: 'organization' as const, organization: 'Oslo', role: 'member' },
  ),
  fc.constant({ kind: 'noLicense' as const }),
  fc.record({
    kind: fc.constant('administrator' as const),
    role: fc.constantFrom('owner' as const, 'viewer' as const),
    license: fc.boolean(),
  }),
);

const mappings = fc.array(fc.record({ from: source, to: target }), { maxLength: 5 });

/** A change. `user` and `group` are places in the lists of those that exist. */
const change = fc.oneof(
  fc.record({
    kind: fc.constant('createUser' as const),
    roles: fc.subarray([...ROLES]),
    active: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('roles' as const), user: fc.nat(9), roles: fc.subarray([...ROLES]) }),
  fc.record({
    kind: fc.constant('title' as const),
    user: fc.nat(9),
    value: fc.constantFrom('Dr', 'Prof', ''),
  }),
  fc.record({ kind: fc.constant('type' as const), user: fc.nat(9), value: fc.constantFrom(...TYPES, '') }),
  fc.record({ kind: fc.constant('active' as const), user: fc.nat(9), value: fc.boolean() }),
  fc.record({ kind: fc.constant('deleteUser' as const), user: fc.nat(9) }),
  fc.record({
    kind: fc.constant('createGroup' as const),
    name: fc.constantFrom(...NAMES),
    externalId: fc.option(fc.constantFrom(...EXTERNAL_IDS), { nil: undefined }),
    users: fc.array(fc.nat(9), { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('rename' as const),
    group: fc.nat(5),
    name: fc.constantFrom(...NAMES, 'grey', 'black'),
  }),
  fc.record({ kind: fc.constant('join' as const), group: fc.nat(5), user: fc.nat(9) }),
  fc.record({ kind: fc.constant('leave' as const), group: fc.nat(5), user: fc.nat(9) }),
  fc.record({ kind: fc.constant('deleteGroup' as const), group: fc.nat(5) }),
  fc.record({ kind: fc.constant('map' as const), mappings }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** A step: a change, how many waiting messages are worked on after it, and where a worker is killed. */
const step = fc.record({
  change,
  /** Whether the request knows of the mappings. */
  knowsMappings: fc.boolean(),
  work: fc.array(
    fc.record({
      pick: fc.nat(20),
      killedAfter: fc.option(fc.nat(12), { nil: undefined }),
      repeats: fc.boolean(),
    }),
    {
      maxLength: 3,
    },
  ),
});

const FIRST = {
  from: { kind: 'role', value: 'guest' },
  to: { kind: 'userType', userType: 'Full User' },
} as const;

/** Runs steps against a domain. The messages of the dispatcher wait until a step takes them, in any order. */
class Run {
  private readonly waiting: MappingTask[] = [];
  private readonly users: string[] = [];
  private readonly groups: string[] = [];
  /** The user types that clients have sent. A response also shows the default. */
  private readonly types = new Map<string, string>();
  private mappings: readonly Mapping[] = [];

  constructor(
    private readonly harness: MappingsHarness,
    /** The roles in the portal, by user. */
    private readonly applied: ReadonlyMap<string, string | undefined>,
  ) {}

  async step({
    change: made,
    knowsMappings,
    work,
  }: typeof step extends fc.Arbitrary<infer T> ? T : never): Promise<void> {
    await this.make(made, knowsMappings).catch(ignoreRefusal);
    await this.dispatch();
    for (const { pick, killedAfter, repeats } of work) {
      const at = pick % Math.max(1, this.waiting.length);
      const task = this.waiting[at];
      if (!task) continue;
      if (killedAfter !== undefined) {
        // A message that was not finished stays in its queue.
        await this.harness.work(task, mortalTable(table, killedAfter)).catch(() => undefined);
        continue;
      }
      await this.harness.work(task);
      if (!repeats) this.waiting.splice(at, 1);
    }
  }

  private async dispatch(): Promise<void> {
    this.waiting.push(...this.harness.tasksOf(await this.harness.changes()));
  }

  /**
   * Does all remaining work. Deleted groups are not swept here, so their ids are removed as the sweep does.
   */
  async settle(): Promise<void> {
    // Licenses of a domain without mappings are not evaluated.
    if (this.mappings.length === 0) {
      await this.make({ kind: 'map', mappings: [FIRST] }, true);
      await this.dispatch();
    }
    // A queue delivers a message again if its worker has died, or only seems so. Then two work at the same
    // time.
    await Promise.all(this.waiting.splice(0).map((task) => this.harness.work(task)));
    await this.harness.sweep();
    await this.harness.settle();
  }

  private async make(made: Change, knowsMappings: boolean): Promise<void> {
    const { harness } = this;
    const user = 'user' in made ? this.users[made.user % Math.max(1, this.users.length)] : undefined;
    const group = 'group' in made ? this.groups[made.group % Math.max(1, this.groups.length)] : undefined;
    if ('user' in made && user === undefined) return;
    if ('group' in made && group === undefined) return;
    const id = user ?? '';
    const groupId = group ?? '';
    const patchUser = (path: string, value: Json) =>
      harness.users(knowsMappings).patch(id, { Operations: [{ op: 'replace', path, value }] });
    switch (made.kind) {
      case 'createUser': {
        const { roles, active } = made;
        const attributes = { userName: `${newId()}@example.com`, active, roles: rolesOf(roles) };
        this.users.push((await harness.users(knowsMappings).create(attributes)).id);
        return;
      }
      case 'roles':
        return void (await patchUser('roles', rolesOf(made.roles)));
      case 'title':
        return void (await patchUser('title', made.value));
      case 'type':
        await patchUser(`${SCHEMA}:nrUserType`, made.value);
        if (made.value === '') this.types.delete(id);
        else this.types.set(id, made.value);
        return;
      case 'active':
        return void (await patchUser('active', made.value));
      case 'deleteUser':
        await harness.users(knowsMappings).delete(id);
        this.users.splice(this.users.indexOf(id), 1);
        return;
      case 'createGroup': {
        const members = made.users.flatMap((at) => this.users[at % Math.max(1, this.users.length)] ?? []);
        const attributes = {
          displayName: made.name,
          ...(made.externalId !== undefined && { externalId: made.externalId }),
          members: [...new Set(members)].map((value) => ({ value })),
        };
        this.groups.push((await harness.groups().create(attributes)).id);
        return;
      }
      case 'rename':
        return void (await harness.groups().patch(groupId, renameGroup(made.name)));
      case 'join':
        return void (await harness.groups().patch(groupId, addMembers(id)));
      case 'leave':
        return void (await harness.groups().patch(groupId, removeMembers(id)));
      case 'deleteGroup':
        await harness.groups().delete(groupId);
        this.groups.splice(this.groups.indexOf(groupId), 1);
        return;
      case 'map':
        await harness.map(
          made.mappings.map((each) => this.withGroupId(each)),
          ORGANIZATIONS,
        );
        this.mappings = (await harness.admin().get(harness.caller.domainId)).mappings;
    }
  }

  private withGroupId({ from, to }: Pick<Mapping, 'from' | 'to'>): Pick<Mapping, 'from' | 'to'> {
    if (from.kind !== 'group' || from.by !== 'id') return { from, to };
    return { from: { ...from, value: this.groups[Number(from.value)] ?? newId() }, to };
  }

  /** Compares every license with a model that looks at users and groups as clients see them. */
  async expectAsModel(): Promise<void> {
    const groups = await Promise.all(
      this.groups.map(async (id) => (await this.harness.groups().get(id)).resource),
    );
    for (const [id, role] of this.applied)
      if (!this.users.includes(id)) expect([id, role]).toEqual([id, undefined]);
    for (const id of this.users) {
      const { resource } = await this.harness.users().get(id);
      const license = await this.harness.license(id);
      const expected = modelOf(this.mappings, resource, groups, this.types.get(id));
      const role = resource.active === true ? expected.administrator : undefined;
      expect([id, this.applied.get(id)]).toEqual([id, role]);
      expect({
        userType: license?.userType,
        organizations: (license?.organizations ?? []).map(
          ({ organization, role }) => `${role} ${organization}`,
        ),
        hasLicense: license?.status !== 'inactive',
        administrator: license?.administrator?.role,
      }).toEqual(expected);
    }
  }
}

const rolesOf = (roles: readonly string[]) => roles.map((value) => ({ value }));

/** A step may do what cannot be done, such as a name that another group has. */
function ignoreRefusal(error: unknown): void {
  if (error instanceof Error && 'status' in error && (error.status as number) < 500) return;
  throw error;
}

function modelOf(
  all: readonly Mapping[],
  user: Resource,
  groups: readonly Resource[],
  explicitType: string | undefined,
) {
  const mine = groups.filter(({ id }) =>
    ((user.groups ?? []) as { value: string }[]).some(({ value }) => value === id),
  );
  const matches = ({ from }: Mapping): boolean => {
    if (from.kind === 'role')
      return ((user.roles ?? []) as { value: string }[]).some(({ value }) => value === from.value);
    if (from.kind === 'attribute') return user.title === from.value;
    if (from.kind !== 'group') return false;
    return mine.some((group) =>
      from.by === 'id'
        ? group.id === from.value
        : from.by === 'externalId'
          ? group.externalId === from.value
          : (group.displayName as string).toLowerCase() === from.value.toLowerCase(),
    );
  };
  let userType: string | undefined;
  let hasLicense: boolean | undefined;
  let administrator: string | undefined;
  const organizations: string[] = [];
  for (const mapping of all.filter(matches)) {
    const { to } = mapping;
    if (to.kind === 'userType') userType ??= to.userType;
    if (to.kind === 'noLicense') hasLicense ??= false;
    if (to.kind === 'administrator') {
      hasLicense ??= to.license;
      administrator ??= to.role;
    }
    if (to.kind === 'organization') organizations.push(`${to.role} ${to.organization}`);
  }
  return {
    userType: explicitType ?? userType ?? 'Basic User',
    organizations: [...new Set(organizations)],
    hasLicense: user.active === true && (hasLicense ?? true),
    administrator,
  };
}

it('gives every license what a naive model says, whatever the order of changes, messages, and kills', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
      const applied = new Map<string, string | undefined>();
      const harness = await new MappingsHarness(table, {
        apply: (_, { userId, user, mapped }) => {
          applied.set(userId, user && isActive(user.attributes) ? mapped?.role : undefined);
          return Promise.resolve('unchanged');
        },
      }).create();
      const run = new Run(harness, applied);
      for (const each of steps) await run.step(each);
      await run.settle();
      await run.expectAsModel();
      await expectConsistent(harness.caller.domainId, table);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});
