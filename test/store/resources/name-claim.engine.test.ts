import { nameKeyOf } from '../../../shared/scim/text/name-key';
import { GroupStore } from '../../../shared/store/groups/group-store';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import { claimKey, resourceKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { giveLegacyName } from '../../support/store/legacy-names';
import { auditEvent, groupRecord, newDomainId, RETENTION_DAYS } from '../../support/store/records';

const NFC = 'Équipe';
const NFD = 'E\u0301quipe';
const WIDE = 'ＡＢＣ';

let table: Table;
let groups: GroupStore;

beforeAll(async () => (table = await systemTable()));
beforeEach(() => (groups = new GroupStore(table, newDomainId(), RETENTION_DAYS)));

async function create(name: string): Promise<string> {
  const group = groupRecord(name);
  await groups.create(group, [], () => auditEvent('group.created', group.id));
  return group.id;
}

/** Creates a group as the previous version stored it. */
async function createLegacy(name: string): Promise<string> {
  const id = await create(`temporary name ${Math.random()}`);
  await giveLegacyName(table, groups.domainId, 'GROUP', id, name);
  return id;
}

const stored = async (id: string): Promise<ResourceRecord> => (await groups.get(id)) as ResourceRecord;

async function write(id: string, attributes: Record<string, string>): Promise<void> {
  const before = await stored(id);
  const after = {
    ...before,
    attributes: { ...before.attributes, ...attributes },
    version: before.version + 1,
  };
  await groups.replace(before, after, [], () => auditEvent('group.updated', id));
}

const rename = (id: string, displayName: string) => write(id, { displayName });
const remove = async (id: string) => groups.delete(await stored(id), auditEvent('group.deleted', id));
const ownerOf = async (key: string) => (await table.get(claimKey(groups.domainId, 'GROUP', key)))?.ownerId;

describe('a new name', () => {
  it.each([
    ['composed and decomposed accents', NFC, NFD],
    ['full width letters', WIDE, 'abc'],
    ['white space at the ends', 'Eng', '\u00a0Eng\t'],
    ['a soft hyphen', 'Eng', 'En\u00adg'],
    ['the two forms of a small sigma', 'ΟΔΟΣ', 'οδος'],
    ['case', 'Straẞe', 'STRAßE'],
  ])('is taken by a name that differs only in %s, and found by both', async (_, one, other) => {
    const id = await create(one);
    await expect(create(other)).rejects.toMatchObject({ status: 409, scimType: 'uniqueness' });
    expect([await groups.idOfName(one), await groups.idOfName(other)]).toEqual([id, id]);
    await remove(id);
    await remove(await create(other));
    await create(one);
  });

  it('is taken by the same name of a previous version, for a creation and for a rename', async () => {
    await createLegacy(WIDE);
    await expect(create(WIDE)).rejects.toMatchObject({ status: 409 });
    const other = await create('other');
    await expect(rename(other, WIDE)).rejects.toMatchObject({ status: 409 });
    expect(await groups.idOfName('other')).toBe(other);
  });

  it('is taken by the same name of a previous version, even if only the spelling changes', async () => {
    await createLegacy(NFD);
    const twin = await create(NFC);
    await expect(rename(twin, NFD)).rejects.toMatchObject({ status: 409 });
  });
});

describe('a name of a previous version', () => {
  it.each([NFD, WIDE, ' Eng ', ' ', 'ΟΔΟΣ', 'a\nb', '\u00ad', 'İ', '\ufdfa'.repeat(100)])(
    'is found, renamed, and deleted: %j',
    async (name) => {
      const id = await createLegacy(name);
      expect(await groups.idOfName(name)).toBe(id);
      await rename(id, 'new name');
      expect([await groups.idOfName(name), await groups.idOfName('NEW NAME')]).toEqual([undefined, id]);

      const other = await createLegacy(name);
      await remove(other);
      expect(await ownerOf(name.toLowerCase())).toBeUndefined();
      expect(await groups.idOfName(name)).toBeUndefined();
    },
  );

  it('moves its claim when the group is written', async () => {
    const id = await createLegacy(NFD);
    await write(id, { externalId: 'e' });
    expect([await ownerOf(nameKeyOf(NFD)), await ownerOf(NFD.toLowerCase())]).toEqual([id, undefined]);
    expect((await stored(id)).nameKey).toBe(nameKeyOf(NFD));
    await remove(id);
    await create(NFC);
  });

  it.each([' ', '\u00ad', '\ufdfa'.repeat(100)])(
    'keeps its claim if the current key is no possible key: %j',
    async (name) => {
      const id = await createLegacy(name);
      await write(id, { externalId: 'e' });
      expect(await groups.idOfName(name)).toBe(id);
      await remove(id);
    },
  );

  it('keeps its claim if another group has the current key', async () => {
    const [composed, decomposed] = [await createLegacy(NFC), await createLegacy(NFD)];
    await write(decomposed, { externalId: 'e' });
    await rename(decomposed, NFD.toUpperCase());
    expect(await groups.idOfName(NFC)).toBe(composed);
    expect(await groups.idOfName(NFD)).toBe(decomposed);
    await remove(composed);
    await write(decomposed, { externalId: 'f' });
    expect(await groups.idOfName(NFC)).toBe(decomposed);
  });

  it('cannot become the name of another group', async () => {
    const [, decomposed] = [await createLegacy(NFC), await createLegacy(NFD)];
    await expect(rename(decomposed, NFC)).rejects.toMatchObject({ status: 409 });
  });

  it('does not prevent a deletion if its claim is missing', async () => {
    const id = await createLegacy(NFD);
    await table.delete(claimKey(groups.domainId, 'GROUP', NFD.toLowerCase()));
    await remove(id);
    expect(await groups.get(id)).toBeUndefined();
  });
});

describe('a wrong key, whose claim another group owns,', () => {
  async function createWithKeyOfAnother(): Promise<{ own: string; other: string }> {
    const [own, other] = [await create('Own'), await create('Other')];
    await table.update(resourceKey(groups.domainId, 'GROUP', own), { set: { nameKey: 'other' } });
    return { own, other };
  }

  it('is corrected by any change', async () => {
    const { own, other } = await createWithKeyOfAnother();
    await write(own, { externalId: 'e' });
    expect([await ownerOf('own'), await ownerOf('other')]).toEqual([own, other]);
    expect((await stored(own)).nameKey).toBe('own');
    await remove(own);
    expect([await ownerOf('own'), await ownerOf('other')]).toEqual([undefined, other]);
  });

  it('does not prevent a rename, which releases the former name', async () => {
    const { own, other } = await createWithKeyOfAnother();
    await rename(own, 'New');
    expect(await Promise.all(['own', 'new', 'other'].map(ownerOf))).toEqual([undefined, own, other]);
    expect((await stored(own)).nameKey).toBe('new');
  });

  it('does not allow a rename to the name of the other group', async () => {
    const { own, other } = await createWithKeyOfAnother();
    await expect(rename(own, 'Other')).rejects.toMatchObject({ status: 409, scimType: 'uniqueness' });
    expect([await ownerOf('own'), await ownerOf('other')]).toEqual([own, other]);
  });

  it('does not prevent a deletion, which releases the name', async () => {
    const { own, other } = await createWithKeyOfAnother();
    await remove(own);
    expect([await ownerOf('own'), await ownerOf('other')]).toEqual([undefined, other]);
    await create('Own');
  });

  it('does not prevent a deletion if another group also owns the claim of the name', async () => {
    const { own, other } = await createWithKeyOfAnother();
    await table.put({ ...claimKey(groups.domainId, 'GROUP', 'own'), ownerId: other });
    await remove(own);
    expect([await ownerOf('own'), await ownerOf('other')]).toEqual([other, other]);
  });
});

it('a change that read the group before its claim moved writes nothing', async () => {
  const id = await createLegacy(NFD);
  const before = await stored(id);
  // The claim moves without a new version, as a repair does it.
  const { domainId } = groups;
  await table.transact([
    { put: { ...claimKey(domainId, 'GROUP', nameKeyOf(NFD)), ownerId: id } },
    { delete: claimKey(domainId, 'GROUP', NFD.toLowerCase()) },
    { update: { pk: `${domainId}#GROUP`, sk: id }, set: { nameKey: nameKeyOf(NFD) } },
  ]);
  const event = auditEvent('group.deleted', id);
  await expect(groups.delete(before, event)).rejects.toMatchObject({ name: 'VersionConflict' });
  const renamed = { ...before, attributes: { displayName: 'x' }, version: 2 };
  await expect(groups.replace(before, renamed, [], () => event)).rejects.toMatchObject({
    name: 'VersionConflict',
  });
  await remove(id);
  expect(await ownerOf(nameKeyOf(NFD))).toBeUndefined();
});
