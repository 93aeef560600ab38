import type { Json } from '../../../shared/scim/resource';
import { nameFindings } from '../../../shared/service/diagnostics/findings/name-findings';
import {
  NameVerifier,
  type NameVerification,
  type NameVerificationPosition,
} from '../../../shared/service/verification/name-verification';
import type { Caller } from '../../../shared/service/resources/caller';
import { Groups } from '../../../shared/service/groups/groups';
import { Users } from '../../../shared/service/users/users';
import { DiagnosticsStore } from '../../../shared/store/diagnostics/diagnostics-store';
import { ResourceStore } from '../../../shared/store/resources/resource-store';
import { addressIndexKey, addressKey } from '../../../shared/store/table/address-keys';
import { auditPartition, claimKey, resourceKey, type ItemKey } from '../../../shared/store/table/keys';
import { keyOf } from '../../../shared/store/table/read-item';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { createCaller } from '../../support/requests/caller';
import { seedUsers } from '../../support/seed/seed-users';
import { createTableLikeSystem } from '../../support/store/create-table';
import { giveLegacyName } from '../../support/store/legacy-names';
import { queryItems, RETENTION_DAYS, USER_SETTINGS } from '../../support/store/records';
import { OPERATOR } from '../../support/system/system';

let table: Table;
let caller: Caller;
beforeAll(async () => (table = await createTableLikeSystem()));
beforeEach(() => (caller = createCaller()));

const users = () => new Users(table, USER_SETTINGS, caller);
const groups = () => new Groups(table, RETENTION_DAYS, caller);
const idOfGroup = (name: string) => new ResourceStore(table, caller.domainId, 'GROUP').idOfName(name);

async function legacyGroup(name: string): Promise<string> {
  const { id } = await groups().create({ displayName: `temporary ${Math.random()}` });
  await giveLegacyName(table, caller.domainId, 'GROUP', id, name);
  return id;
}

/** Verifies all parts, with a new verifier for each, as requests do. */
async function verify(repair: boolean): Promise<Omit<NameVerification, 'next'> & { parts: number }> {
  const total = {
    ...{ checked: 0, outdated: 0, repaired: 0, duplicates: [] as object[], parts: 0 },
    ...{ staleAddresses: 0, deletedAddresses: 0 },
  };
  let from: NameVerificationPosition | undefined;
  do {
    const options = { actor: OPERATOR, auditRetentionDays: RETENTION_DAYS };
    const verifier = new NameVerifier(table, caller.domainId, options);
    const { next, duplicates, ...counts } = await verifier.verify(repair, from);
    for (const name of ['checked', 'outdated', 'repaired', 'staleAddresses', 'deletedAddresses'] as const)
      total[name] += counts[name];
    total.duplicates.push(...duplicates);
    total.parts++;
    from = next;
  } while (from);
  return total as Awaited<ReturnType<typeof verify>>;
}

const findings = async () => nameFindings(await new DiagnosticsStore(table).duplicateNames(caller.domainId));

it('moves the names of a previous version, part by part, and changes nothing that a client sees', async () => {
  const [first = ''] = await seedUsers(caller.domainId, 120, table);
  await giveLegacyName(table, caller.domainId, 'USER', first, 'Jose\u0301');
  const group = await legacyGroup('ＥＮＧ');
  const before = [await users().get(first), (await groups().get(group)).resource];

  expect(await verify(false)).toMatchObject({ checked: 121, outdated: 2, repaired: 0, duplicates: [] });
  expect(await idOfGroup('eng')).toBeUndefined();
  expect(await verify(true)).toMatchObject({
    checked: 121,
    outdated: 2,
    repaired: 2,
    duplicates: [],
    parts: 4,
  });
  expect(await verify(true)).toMatchObject({ checked: 121, outdated: 0, repaired: 0 });
  const events = await queryItems(table, auditPartition(caller.domainId));
  const repairs = events.filter(({ action }) => action === 'domain.updated');
  expect(repairs.map(({ changes }) => changes)).toEqual([
    [expect.objectContaining({ attribute: `nameKey of ${first}` })],
    [{ attribute: `nameKey of ${group}`, before: 'ｅｎｇ', after: 'eng' }],
  ]);

  expect([await users().get(first), (await groups().get(group)).resource]).toEqual(before);
  expect(await idOfGroup('eng')).toBe(group);
  await expect(users().create({ userName: 'José' })).rejects.toMatchObject({ status: 409 });
  expect(await findings()).toEqual([]);
  await groups().delete(group);
  await expectConsistent(caller.domainId, table);
});

it('corrects a key whose claim another user owns, which did not prevent the deletion of the user', async () => {
  const [own, other, deleted] = [
    await users().create({ userName: 'own@example.com' }),
    await users().create({ userName: 'other@example.com' }),
    await users().create({ userName: 'deleted@example.com' }),
  ].map(({ id }) => String(id)) as [string, string, string];
  const { domainId } = caller;
  for (const id of [own, deleted])
    await table.update(resourceKey(domainId, 'USER', id), { set: { nameKey: 'other@example.com' } });
  await users().delete(deleted);
  expect(await verify(true)).toMatchObject({ checked: 2, outdated: 1, repaired: 1, duplicates: [] });
  expect(await verify(false)).toMatchObject({ outdated: 0, duplicates: [] });
  const ownerOf = async (name: string) => (await table.get(claimKey(domainId, 'USER', name)))?.ownerId;
  expect([await ownerOf('own@example.com'), await ownerOf('other@example.com')]).toEqual([own, other]);
  await users().create({ userName: 'deleted@example.com' });
  await expectConsistent(domainId, table);
});

it('leaves duplicates as they are, and readiness reports them until they are resolved', async () => {
  const composed = await legacyGroup('Équipe');
  const decomposed = await legacyGroup('E\u0301quipe');
  const wide = await legacyGroup('Ｅ\u0301ＱＵＩＰＥ');
  for (const repair of [false, true, true]) {
    const { duplicates, repaired } = await verify(repair);
    expect(repaired).toBe(0);
    expect(duplicates).toEqual(
      [decomposed, wide].map(
        (resourceId) => expect.objectContaining({ resourceId, otherId: composed }) as Json,
      ),
    );
  }
  expect(await findings()).toMatchObject([
    { code: 'names-duplicate', details: [{ otherId: composed }, { otherId: composed }] },
  ]);
  expect(await idOfGroup('E\u0301quipe')).toBe(decomposed);

  await groups().delete(composed);
  await groups().replace(wide, { displayName: 'Other' });
  expect(await verify(true)).toMatchObject({ outdated: 1, repaired: 1, duplicates: [] });
  expect(await findings()).toEqual([]);
  expect(await idOfGroup('ÉQUIPE')).toBe(decomposed);
  await expectConsistent(caller.domainId, table);
});

it('lets the first of several outdated names with one key have it', async () => {
  const first = await legacyGroup('ＡＢ');
  await legacyGroup('Ａb');
  expect(await verify(false)).toMatchObject({ outdated: 1, duplicates: [{ otherId: first }] });
  expect(await verify(true)).toMatchObject({ repaired: 1, duplicates: [{ otherId: first }] });
  expect(await idOfGroup('ab')).toBe(first);
  await expectConsistent(caller.domainId, table);
});

it('claims a name whose claim is missing, and keeps a name whose key would be empty', async () => {
  const { id } = await groups().create({ displayName: 'Eng' });
  await table.delete(claimKey(caller.domainId, 'GROUP', 'eng'));
  const blank = await legacyGroup(' ');
  expect(await verify(true)).toMatchObject({ checked: 2, outdated: 1, repaired: 1 });
  expect([await idOfGroup('ENG'), await idOfGroup(' ')]).toEqual([id, blank]);
  await expectConsistent(caller.domainId, table);
});

it('does not disturb requests that run at the same time', async () => {
  const ids: string[] = [];
  for (let at = 0; at < 12; at++) ids.push(await legacyGroup(`ＥＮＧ ${at}`));
  const changes = ids.map(async (id, at) => {
    if (at % 3 === 0) await groups().delete(id);
    else if (at % 3 === 1) await groups().replace(id, { displayName: `Ｎew ${at}` });
    else await groups().replace(id, { displayName: `ＥＮＧ ${at}`, externalId: 'e' });
  });
  await Promise.all([verify(true), verify(true), ...changes]);
  await verify(true);
  expect(await verify(true)).toMatchObject({ checked: 8, outdated: 0, duplicates: [] });
  expect(await idOfGroup('new 1')).toBe(ids[1]);
  expect(await idOfGroup('eng 2')).toBe(ids[2]);
  await expectConsistent(caller.domainId, table);
});

describe('stale addresses', () => {
  const withAddress = (userName: string, ...values: string[]) => ({
    userName,
    emails: values.map((value, at) => ({ value, type: at === 0 ? 'work' : 'other', primary: at === 0 })),
  });
  /** Writes the item of a version that does not delete it, after the user has changed. */
  const leave = (key: ItemKey) => table.put({ ...key });
  const itemsOf = async (keys: readonly ItemKey[]) => (await table.getAll(keys)).map(keyOf);

  it('of changed, renamed, and deleted users are found by their events, and deleted', async () => {
    const { domainId } = caller;
    const changed = await users().create(withAddress('a', 'former@example.com', 'other@example.com'));
    const deleted = await users().create(withAddress('b', 'gone@example.com'));
    const renamed = await users().create(withAddress('c', 'name@example.com'));
    const patch = (id: string, path: string, value: Json) =>
      users().patch(id, { Operations: [{ op: 'replace', path, value }] });
    await patch(changed.id, 'emails', [{ value: 'Current@example.com' }]);
    await patch(renamed.id, 'userName', 'name@example.com');
    await users().delete(deleted.id);
    const current = addressKey(domainId, 'current@example.com', changed.id);
    const stale = [
      addressKey(domainId, 'former@example.com', changed.id),
      addressKey(domainId, 'other@example.com', changed.id),
      addressKey(domainId, 'gone@example.com', deleted.id),
      addressKey(domainId, 'name@example.com', renamed.id),
      // A user who has few addresses by now.
      addressIndexKey(domainId, changed.id),
    ];
    expect(await itemsOf([current, ...stale])).toEqual([current]);
    expect(await verify(true)).toMatchObject({ staleAddresses: 0, deletedAddresses: 0 });
    for (const key of stale) await leave(key);

    expect(await verify(false)).toMatchObject({ staleAddresses: 5, deletedAddresses: 0 });
    expect(await itemsOf(stale)).toHaveLength(5);
    expect(await verify(true)).toMatchObject({ staleAddresses: 5, deletedAddresses: 5 });
    expect(await itemsOf([current, ...stale])).toEqual([current]);
    expect(await verify(true)).toMatchObject({ staleAddresses: 0 });
    await expectConsistent(domainId, table);
  });

  it('are not those that a user has got back', async () => {
    const user = await users().create(withAddress('a', 'first@example.com'));
    for (const value of ['second@example.com', 'first@example.com'])
      await users().patch(user.id, { Operations: [{ op: 'replace', path: 'emails', value: [{ value }] }] });
    expect(await verify(true)).toMatchObject({ staleAddresses: 0 });
    expect(await itemsOf([addressKey(caller.domainId, 'first@example.com', user.id)])).toHaveLength(1);
  });
});
