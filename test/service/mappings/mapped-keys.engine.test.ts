import fc from 'fast-check';
import type { Json } from '../../../shared/scim/resource';
import type { MappingTask } from '../../../shared/service/mappings/mapping-task';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { addMembers, removeMembers, renameGroup } from '../../support/service/groups-harness';
import { MappingsHarness } from '../../support/service/mappings-harness';
import { createTableLikeSystem } from '../../support/store/create-table';
import { mortalTable } from '../../support/store/mortal-table';

/** `MAPPING_RUNS=200 npx jest …` looks for rare orders. */
const RUNS = Number(process.env.MAPPING_RUNS ?? 8);

let table: Table;
beforeAll(async () => {
  table = await createTableLikeSystem();
});

type Source = { kind: 'group'; by: 'displayName'; value: string } | { kind: 'role'; value: string };
const byName = (value: string): Source => ({ kind: 'group', by: 'displayName', value });
const role = (value: string): Source => ({ kind: 'role', value });
const to = (userType: string) => ({ kind: 'userType', userType }) as const;
const patch = (path: string, value: Json): Json => ({ Operations: [{ op: 'replace', path, value }] });
const rolesOf = (...values: string[]): Json => values.map((value) => ({ value }));

async function createUser(harness: MappingsHarness): Promise<string> {
  const { id } = await harness.users().create({ userName: `${Math.random()}@example.com` });
  await harness.sendKey(id);
  return id;
}

async function keyOf(harness: MappingsHarness, id: string): Promise<string | undefined> {
  return (await harness.license(id))?.activationId;
}

async function createGroup(harness: MappingsHarness, displayName: string): Promise<string> {
  return (await harness.groups().create({ displayName })).id;
}

describe('while all users are evaluated after a change of the mappings', () => {
  /** Users and a group. Their tasks are done; that of the new mappings waits. */
  async function changedMappings() {
    const harness = await new MappingsHarness(table).create();
    await harness.map([{ from: role('Nobody'), to: to('Core User') }]);
    const [mover, other] = [await createUser(harness), await createUser(harness)];
    const group = await createGroup(harness, 'Engineers');
    await harness.groups().patch(group, addMembers(other));
    await harness.settle();
    await harness.map([
      { from: byName('Engineers'), to: to('Full User') },
      { from: role('Architect'), to: to('Full User') },
    ]);
    const [evaluation] = harness.tasksOf(await harness.changes());
    if (!evaluation) throw new Error('There is no task.');
    const keys = [await keyOf(harness, mover), await keyOf(harness, other)];
    return { harness, mover, other, group, evaluation, keys };
  }

  it.each(['the evaluation', 'the change'])(
    'a user who joins a group gets a new key, and the other members keep theirs, if %s is worked on first',
    async (first) => {
      const { harness, mover, other, group, evaluation, keys } = await changedMappings();
      await harness.groups().patch(group, addMembers(mover));
      const own = harness.tasksOf(await harness.changes());
      for (const task of first === 'the change' ? [...own, evaluation, ...own] : [evaluation, ...own, ...own])
        await harness.work(task);
      expect(await harness.license(mover)).toMatchObject({ userType: 'Full User', status: 'active' });
      expect(await keyOf(harness, mover)).not.toBe(keys[0]);
      expect((await harness.license(mover))?.replacedActivationId).toBe(keys[0]);
      expect(await harness.license(other)).toMatchObject({ userType: 'Full User', activationId: keys[1] });
      await expectConsistent(harness.caller.domainId, table);
    },
  );

  it('a change that does not alter the type replaces no key', async () => {
    const { harness, other, evaluation, keys } = await changedMappings();
    await harness.users().patch(other, patch('title', 'Dr'));
    const own = harness.tasksOf(await harness.changes());
    expect(await harness.license(other)).toMatchObject({ userType: 'Full User' });
    for (const task of [...own, evaluation, ...own]) await harness.work(task);
    expect(await harness.license(other)).toMatchObject({ userType: 'Full User', activationId: keys[1] });
  });

  it('a role that alters the type replaces the key once, even if the request stored the type', async () => {
    const { harness, mover, evaluation, keys } = await changedMappings();
    await harness.users().patch(mover, patch('roles', rolesOf('architect')));
    expect(await harness.license(mover)).toMatchObject({ userType: 'Full User', activationId: keys[0] });
    const own = harness.tasksOf(await harness.changes());
    for (const task of [evaluation, ...own]) await harness.work(task);
    const replaced = await keyOf(harness, mover);
    expect(replaced).not.toBe(keys[0]);
    await harness.sendKey(mover);
    for (const task of own) await harness.work(task);
    expect(await keyOf(harness, mover)).toBe(replaced);
  });

  it('a renamed group replaces the key of a member only if the email of the key has another type', async () => {
    const { harness, other, group, evaluation, keys } = await changedMappings();
    await harness.groups().patch(group, renameGroup('Designers'));
    await harness.groups().patch(group, renameGroup('engineers'));
    const unchanged = harness.tasksOf(await harness.changes());
    for (const task of [evaluation, ...unchanged]) await harness.work(task);
    expect(await keyOf(harness, other)).toBe(keys[1]);
    await harness.groups().patch(group, renameGroup('Designers'));
    for (const task of harness.tasksOf(await harness.changes())) await harness.work(task);
    expect(await harness.license(other)).toMatchObject({ userType: 'Basic User', activationId: keys[1] });
    await harness.groups().patch(group, renameGroup('engineers'));
    for (const task of harness.tasksOf(await harness.changes())) await harness.work(task);
    expect(await harness.license(other)).toMatchObject({ userType: 'Full User' });
    expect((await harness.license(other))?.replacedActivationId).toBe(keys[1]);
  });

  it('a user has the type of a group that the evaluation has not found yet', async () => {
    const { harness, mover, other, group } = await changedMappings();
    await harness.groups().patch(group, addMembers(mover));
    for (const task of harness.tasksOf(await harness.changes())) await harness.work(task);
    expect(await harness.license(mover)).toMatchObject({ userType: 'Full User' });
    await harness.users().patch(other, patch('nickName', 'Ada'));
    expect(await harness.license(other)).toMatchObject({ userType: 'Full User' });
  });
});

const GROUPS = ['red', 'blue'] as const;
const ROLES = ['admin', 'guest'] as const;
const TYPES = ['Basic User', 'Core User', 'Full User'] as const;
const anyMappings = fc.array(
  fc.record({
    from: fc.oneof(fc.constantFrom(...GROUPS).map(byName), fc.constantFrom(...ROLES).map(role)),
    to: fc.constantFrom(...TYPES).map(to),
  }),
  { maxLength: 3 },
);
type Mappings = typeof anyMappings extends fc.Arbitrary<infer T> ? T : never;

const anyStep = fc.record({
  change: fc.oneof(
    fc.record({ kind: fc.constantFrom('join' as const, 'leave' as const), group: fc.constantFrom(0, 1) }),
    fc.record({ kind: fc.constant('roles' as const), roles: fc.subarray([...ROLES]) }),
    fc.record({ kind: fc.constantFrom('title' as const, 'send' as const) }),
    fc.record({ kind: fc.constant('map' as const), mappings: anyMappings }),
  ),
  /** The waiting tasks that are worked on after it. */
  work: fc.array(
    fc.record({
      pick: fc.nat(9),
      killedAfter: fc.option(fc.nat(9), { nil: undefined }),
      repeats: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
});
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

interface State {
  readonly groups: readonly string[];
  readonly roles: readonly string[];
}

const typeOf = (mappings: Mappings, { groups, roles }: State): string =>
  mappings.find(({ from }) => (from.kind === 'role' ? roles : groups).includes(from.value))?.to.userType ??
  'Basic User';

/** One user who changes, and one who does not. */
class Run {
  private waiting: MappingTask[] = [];
  private state: State = { groups: [], roles: [] };
  private mappings: Mappings = [];
  /** The user before each change since the mappings changed last. */
  private earlier: State[] = [];

  private constructor(
    private readonly harness: MappingsHarness,
    private readonly groups: readonly string[],
    private readonly mover: string,
    private readonly other: string,
    private readonly otherKey: string | undefined,
  ) {}

  static async create(): Promise<Run> {
    const harness = await new MappingsHarness(table).create();
    const [mover, other] = [await createUser(harness), await createUser(harness)];
    const groups = [await createGroup(harness, 'red'), await createGroup(harness, 'blue')];
    await harness.groups().patch(groups[0] ?? '', addMembers(other));
    await harness.changes();
    return new Run(harness, groups, mover, other, await keyOf(harness, other));
  }

  async step({ change, work }: Step): Promise<void> {
    await this.make(change);
    this.waiting.push(...this.harness.tasksOf(await this.harness.changes()));
    for (const { pick, killedAfter, repeats } of work) {
      const at = pick % Math.max(1, this.waiting.length);
      const task = this.waiting[at];
      if (!task) continue;
      const through = killedAfter === undefined ? table : mortalTable(table, killedAfter);
      const isDone = await this.harness.work(task, through).then(
        () => true,
        () => false,
      );
      if (isDone && !repeats) this.waiting.splice(at, 1);
    }
  }

  private async make(change: Step['change']): Promise<void> {
    const { harness, mover, state } = this;
    const before = state;
    switch (change.kind) {
      case 'map':
        await harness.map(change.mappings);
        this.mappings = change.mappings;
        this.earlier = [];
        return;
      case 'send':
        return harness.sendKey(mover);
      case 'title':
        await harness.users().patch(mover, patch('title', String(Math.random())));
        break;
      case 'roles':
        await harness.users().patch(mover, patch('roles', rolesOf(...change.roles)));
        this.state = { ...state, roles: change.roles };
        break;
      default: {
        const body = change.kind === 'join' ? addMembers(mover) : removeMembers(mover);
        await harness.groups().patch(this.groups[change.group] ?? '', body);
        const others = state.groups.filter((name) => name !== GROUPS[change.group]);
        const name = GROUPS[change.group];
        this.state = { ...state, groups: change.kind === 'join' && name ? [...others, name] : others };
      }
    }
    this.earlier.push(before);
  }

  /** Does all work, and compares the keys with what users know of them. */
  async expectKeys(): Promise<void> {
    const { harness, mover, other, mappings } = this;
    for (const task of this.waiting.splice(0)) await harness.work(task);
    await harness.settle();
    const type = typeOf(mappings, this.state);
    const license = await harness.license(mover);
    if (mappings.length > 0) expect(license?.userType).toBe(type);
    if (this.earlier.some((before) => typeOf(mappings, before) !== type))
      expect([undefined, type]).toContain(await harness.emailedType(mover));
    expect(await keyOf(harness, other)).toBe(this.otherKey);
    await expectConsistent(harness.caller.domainId, table);
  }
}

it('no user keeps a key whose email has another type than a change of this user gives, and no other key changes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 3, maxLength: 15 }), async (steps) => {
      const run = await Run.create();
      for (const each of steps) await run.step(each);
      await run.expectKeys();
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});
