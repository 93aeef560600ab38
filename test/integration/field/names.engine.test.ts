import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expectConsistent } from '../../support/consistency/consistency';
import { systemTable } from '../../support/consistency/domain-data';
import { patchBody, userBody } from '../../support/requests/bodies';
import { countOutcomes, runConcurrently } from '../../support/requests/outcomes';
import { giveLegacyName } from '../../support/store/legacy-names';
import { createDomainClient, type DomainClient } from '../../support/system/system';

type NameAttribute = 'userName' | 'displayName';
interface Rows {
  /** Names with one key. `distinct` is among them, but has another one. */
  readonly twins: readonly { attribute: NameAttribute; names: readonly string[]; distinct?: string }[];
  readonly refused: readonly { attribute: NameAttribute; names: readonly string[] }[];
}

const file = path.join(__dirname, '../../fixtures/field/names.json');
const { twins, refused } = JSON.parse(readFileSync(file, 'utf8')) as Rows;

let domain: DomainClient;
beforeEach(async () => (domain = await createDomainClient()));

const pathOf = (attribute: NameAttribute) => (attribute === 'userName' ? '/Users' : '/Groups');
const create = (attribute: NameAttribute, name: string) =>
  domain.request('POST', pathOf(attribute), { [attribute]: name });
const idOf = (response: { readonly body: unknown }): string => (response.body as { id: string }).id;

/** Returns the ids that a filter on a name finds. */
async function find(attribute: NameAttribute, name: string, operator = 'eq'): Promise<string[]> {
  const filter = encodeURIComponent(`${attribute} ${operator} ${JSON.stringify(name)}`);
  const response = await domain.request('GET', `${pathOf(attribute)}?filter=${filter}`);
  return (response.body as { Resources: { id: string }[] }).Resources.map(({ id }) => id);
}

it.each(twins)('$attribute $names is one name', async ({ attribute, names, distinct }) => {
  const [first = '', ...others] = names.filter((name) => name !== distinct);
  const created = await create(attribute, first);
  expect(created).toMatchObject({ status: 201, body: { [attribute]: first } });
  for (const name of others) {
    expect(await create(attribute, name)).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } });
    expect(await find(attribute, name)).toEqual([idOf(created)]);
  }
  if (distinct !== undefined) expect((await create(attribute, distinct)).status).toBe(201);
  await expectConsistent(domain.domainId);
});

it('concurrent requests with spellings of one name create one group', async () => {
  const spellings = ['Équipe', 'E\u0301quipe', ' équipe', 'e\u0301QUIPE\u00a0'];
  const responses = await runConcurrently(spellings.length, (at) =>
    create('displayName', spellings[at] as string),
  );
  expect(countOutcomes(responses)).toEqual({ '201': 1, '409 uniqueness': spellings.length - 1 });
});

describe.each(refused)('a new $attribute', ({ attribute, names }) => {
  it.each(names)('is not %j', async (name) => {
    expect(await create(attribute, name)).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    const id = idOf(await create(attribute, 'ann'));
    const rename = patchBody({ op: 'replace', path: attribute, value: name });
    expect((await domain.request('PATCH', `${pathOf(attribute)}/${id}`, rename)).status).toBe(400);
    expect(await find(attribute, 'ann')).toEqual([id]);
  });
});

describe('a group that a previous version stored', () => {
  it.each(['E\u0301quipe', ' ', 'a\nb', 'ＥＮＧ', 'Eng '])(
    'can be used by every request: %j',
    async (name) => {
      const id = idOf(await create('displayName', 'temporary name'));
      await giveLegacyName(await systemTable(), domain.domainId, 'GROUP', id, name);
      const group = `/Groups/${id}`;
      const member = idOf(await domain.request('POST', '/Users', userBody()));
      expect(await find('displayName', name)).toEqual([id]);
      const add = patchBody({ op: 'add', path: 'members', value: [{ value: member }] });
      expect((await domain.request('PATCH', group, add)).status).toBeLessThan(300);
      const put = { displayName: name, externalId: 'e', members: [{ value: member }] };
      expect((await domain.request('PUT', group, put)).status).toBe(200);
      expect(await find('displayName', name)).toEqual([id]);
      expect((await domain.request('PUT', group, { ...put, displayName: 'Renamed' })).status).toBe(200);
      expect(await find('displayName', name)).toEqual([]);
      await giveLegacyName(await systemTable(), domain.domainId, 'GROUP', id, name);
      expect((await domain.request('DELETE', group)).status).toBe(204);
      expect(await find('displayName', name)).toEqual([]);
    },
  );
});

it('a user can be deactivated although a previous version stored another user with the name', async () => {
  const [composed, decomposed] = [await create('userName', 'one'), await create('userName', 'two')];
  const table = await systemTable();
  await giveLegacyName(table, domain.domainId, 'USER', idOf(composed), 'José');
  await giveLegacyName(table, domain.domainId, 'USER', idOf(decomposed), 'Jose\u0301');
  const leaving = `/Users/${idOf(decomposed)}`;
  const deactivate = patchBody({ op: 'Replace', path: 'active', value: 'False' });
  expect(await domain.request('PATCH', leaving, deactivate)).toMatchObject({
    status: 200,
    body: { active: false, userName: 'Jose\u0301' },
  });
  const put = { userName: 'Jose\u0301', active: false, title: 'Left' };
  expect((await domain.request('PUT', leaving, put)).status).toBe(200);
  expect(await find('userName', 'José')).toEqual([idOf(composed)]);
  expect(await find('userName', 'Jose\u0301')).toEqual([idOf(decomposed)]);
  await expectConsistent(domain.domainId);
});

it('filters compare texts by their folded form', async () => {
  const id = idOf(await domain.request('POST', '/Users', { userName: 'Jose\u0301', title: 'Ｂoss ' }));
  for (const [operator, name] of [
    ['sw', 'JOSÉ'],
    ['co', 'É'],
    ['ew', 'sé'],
    ['ge', ' josé'],
    ['le', 'ＪＯＳÉ'],
  ] as const)
    expect([operator, await find('userName', name, operator)]).toEqual([operator, [id]]);
  for (const [operator, name] of [
    ['ne', 'José'],
    ['sw', 'José '],
    ['gt', 'José'],
  ] as const)
    expect([operator, await find('userName', name, operator)]).toEqual([operator, []]);
  const title = encodeURIComponent('title eq "boss"');
  expect((await domain.request('GET', `/Users?filter=${title}`)).body).toMatchObject({ totalResults: 1 });
});
