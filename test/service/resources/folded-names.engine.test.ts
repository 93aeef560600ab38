import fc from 'fast-check';
import { ScimError } from '../../../shared/scim/error';
import type { Json, Resource } from '../../../shared/scim/resource';
import { legacyNameKeyOf, nameKeyOf } from '../../../shared/scim/text/name-key';
import { Groups } from '../../../shared/service/groups/groups';
import { parseListQuery } from '../../../shared/service/listing/list-query';
import type { Caller } from '../../../shared/service/resources/caller';
import type { ResourceService } from '../../../shared/service/resources/resource-service';
import { Users } from '../../../shared/service/users/users';
import { NAME_ATTRIBUTE } from '../../../shared/store/resources/resource-record';
import type { ResourceKind } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { createCaller } from '../../support/requests/caller';
import { createTableLikeSystem } from '../../support/store/create-table';
import { giveLegacyName } from '../../support/store/legacy-names';
import { RETENTION_DAYS, USER_SETTINGS } from '../../support/store/records';

const NUM_RUNS = 8;

/** Spellings of a few names. Some of them have one key, and some had one key in previous versions. */
const NAMES = [
  ...['Jose\u0301', 'José', 'JOSÉ', ' José'],
  ...['ＡＢＣ', 'ａｂｃ', 'ABC', 'abc\u00a0'],
  ...['ΟΔΟΣ', 'οδος', 'οδοσ'],
  ...['ﬁn', 'fin'],
  ...['İx', 'i\u0307x'],
  ...['Straße', 'STRAẞE'],
];
/** Names that only a previous version accepted. */
const OLD_NAMES = ['En\u00adg', 'Eng', 'a\u200b', '\u00ad', '\u202eann', 'ann', '\ufdfa'.repeat(60)];
const OLD_GROUP_NAMES = [' ', '\t', 'a\nb', 'a\u2028b'];

let table: Table;
let caller: Caller;
beforeAll(async () => (table = await createTableLikeSystem()));

/** A new service for each request, as in the product. */
const service = (kind: ResourceKind): ResourceService =>
  kind === 'USER' ? new Users(table, USER_SETTINGS, caller) : new Groups(table, RETENTION_DAYS, caller);

const body = (kind: ResourceKind, name: string, more: object = {}): Json => ({
  [NAME_ATTRIBUTE[kind]]: name,
  ...more,
});

async function idsOf(kind: ResourceKind, name: string): Promise<string[]> {
  const filter = `${NAME_ATTRIBUTE[kind]} eq ${JSON.stringify(name)}`;
  const { resources } = await service(kind).list(parseListQuery({ filter }));
  return resources.map(({ id }) => id);
}

/** Returns the result, or undefined if the name is taken. */
async function unlessTaken<T>(change: Promise<T>): Promise<T | undefined> {
  try {
    return await change;
  } catch (error) {
    if (error instanceof ScimError && error.status === 409) return undefined;
    throw error;
  }
}

const nameIn = (kind: ResourceKind, resource: Resource): string => resource[NAME_ATTRIBUTE[kind]] as string;

const ACTIONS = ['create', 'create', 'create', 'rename', 'rename', 'respell', 'touch', 'delete'] as const;
const step = fc.record({
  do: fc.constantFrom(...ACTIONS),
  at: fc.nat({ max: 7 }),
  name: fc.constantFrom(...NAMES),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The resources of one domain, by id: the name of each, as a client sees it. */
type Existing = Map<string, string>;

/** Makes a change. Returns the names that were asked for and refused as taken. */
async function run(
  kind: ResourceKind,
  existing: Existing,
  { do: action, at, name }: Step,
): Promise<string[]> {
  const [id, current] = [...existing][at % Math.max(1, existing.size)] ?? [];
  if (action === 'create' || id === undefined || current === undefined) {
    const created = await unlessTaken(service(kind).create(body(kind, name)));
    if (created) existing.set(created.id, name);
    return created ? [] : [name];
  }
  switch (action) {
    case 'rename':
    case 'respell': {
      const wanted = action === 'rename' ? name : current.toUpperCase();
      const isAllowed = kind === 'GROUP' || !/[\u00ad\u200b\u202e]/.test(wanted);
      if (!isAllowed || nameKeyOf(wanted) === '' || /[\t\n\u2028]/.test(wanted)) return [];
      if (Buffer.byteLength(nameKeyOf(wanted)) > 1024) return [];
      const replaced = await unlessTaken(service(kind).replace(id, body(kind, wanted)));
      if (replaced) existing.set(id, nameIn(kind, replaced));
      return replaced ? [] : [wanted];
    }
    case 'touch':
      // Neither a deactivation nor any other change may be refused because of the name that the resource has.
      if (kind === 'USER')
        await service(kind).replace(id, body(kind, current, { active: false, title: name }));
      else await service(kind).replace(id, body(kind, current, { externalId: name }));
      return [];
    case 'delete':
      await service(kind).delete(id);
      existing.delete(id);
      return [];
  }
}

describe.each<ResourceKind>(['USER', 'GROUP'])('names of a %s', (kind) => {
  beforeEach(() => (caller = createCaller()));

  it('two new names with one key never both exist, and each spelling finds the one that does', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 16, size: 'max' }), async (steps) => {
        caller = createCaller();
        const existing: Existing = new Map();
        for (const each of steps) {
          for (const name of await run(kind, existing, each)) {
            refused++;
            const keys = [...existing.values()].map(nameKeyOf);
            expect(keys.some((key) => [nameKeyOf(name), legacyNameKeyOf(name)].includes(key))).toBe(true);
          }
        }
        const byKey = new Map([...existing].map(([id, name]) => [nameKeyOf(name), id]));
        expect(byKey.size).toBe(existing.size);
        for (const name of NAMES) {
          const owner = byKey.get(nameKeyOf(name));
          expect(await idsOf(kind, name)).toEqual(owner === undefined ? [] : [owner]);
        }
        await expectConsistent(caller.domainId, table);
      }),
      { numRuns: NUM_RUNS },
    );
    expect(refused).toBeGreaterThan(NUM_RUNS);
  });

  it('all names that a previous version stored can be found, kept, renamed, and deleted', async () => {
    const oldNames = [...NAMES, ...OLD_NAMES, ...(kind === 'GROUP' ? OLD_GROUP_NAMES : [])];
    const legacyNames = fc.uniqueArray(fc.constantFrom(...oldNames), {
      selector: legacyNameKeyOf,
      minLength: 4,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(legacyNames, fc.array(step, { maxLength: 12 }), async (names, steps) => {
        caller = createCaller();
        const existing: Existing = new Map();
        for (const name of names) {
          const { id } = await service(kind).create(body(kind, `temporary ${existing.size}`));
          await giveLegacyName(table, caller.domainId, kind, id, name);
          existing.set(id, name);
        }
        for (const each of [undefined, ...steps]) {
          if (each) await run(kind, existing, each);
          for (const [id, name] of existing) expect(await idsOf(kind, name)).toEqual([id]);
        }
        await expectConsistent(caller.domainId, table);
        for (const [at, id] of [...existing.keys()].entries()) {
          if (at % 2 === 0) await service(kind).replace(id, body(kind, `new name ${at}`));
          await service(kind).delete(id);
        }
        for (const name of NAMES) expect(await idsOf(kind, name)).toEqual([]);
        const distinct = [...new Map(NAMES.slice(0, 13).map((name) => [nameKeyOf(name), name])).values()];
        for (const name of distinct) await service(kind).create(body(kind, name));
      }),
      { numRuns: NUM_RUNS },
    );
  });
});
