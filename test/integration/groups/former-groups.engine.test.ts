import { expectConsistentAfterSweep } from '../../support/consistency/consistency';
import { systemTable } from '../../support/consistency/domain-data';
import { sendBulk } from '../../support/requests/bulk';
import { seedUsers } from '../../support/seed/seed-users';
import { FormerGroups } from '../../support/store/former-groups';
import { createDomainClient, type DomainClient } from '../../support/system/system';

// A group that the version before the heads has written, and a function of that version that still runs.

const SIZE = 60;

let domain: DomainClient;
let former: FormerGroups;
let members: string[];
let others: string[];
let id: string;
beforeEach(async () => {
  domain = await createDomainClient();
  const userIds = await seedUsers(domain.domainId, SIZE + 8);
  [members, others] = [userIds.slice(0, SIZE), userIds.slice(SIZE)];
  former = new FormerGroups(await systemTable(), domain.domainId);
  id = await former.create('Sales', members);
});
afterEach(() => expectConsistentAfterSweep(domain.domainId));

const patchOf = (...Operations: object[]): object => ({ Operations });
const refs = (ids: readonly string[]) => ids.map((value) => ({ value }));
const joining = (...ids: string[]) => patchOf({ op: 'add', path: 'members', value: refs(ids) });

async function membersNow(): Promise<string[]> {
  const response = await domain.request('GET', `/Groups/${id}`);
  expect(response.status).toBe(200);
  return (response.body as { members?: { value: string }[] }).members?.map(({ value }) => value).sort() ?? [];
}

it('is read, and changed by each function at the same time', async () => {
  expect(await membersNow()).toEqual([...members].sort());
  const [a = '', b = '', c = '', d = '', e = ''] = others;
  const [leaving = '', deleted = ''] = members;
  const responses = await Promise.all([
    domain.request('PATCH', `/Groups/${id}`, joining(a)),
    domain.request('PATCH', `/Groups/${id}`, joining(b)),
    domain.request('PATCH', `/Users/${c}`, patchOf({ op: 'add', path: 'groups', value: refs([id]) })),
    domain.request('DELETE', `/Users/${deleted}`),
    domain.request('PATCH', `/Groups/${id}`, patchOf({ op: 'replace', path: 'displayName', value: 'Team' })),
    former.change(id, { add: [d] }),
    former.change(id, { remove: [leaving] }),
  ]);
  expect(responses.flatMap((response) => response?.status ?? []).filter((status) => status >= 300)).toEqual(
    [],
  );
  await sendBulk(domain, [{ method: 'PATCH', path: `/Groups/${id}`, data: joining(e) }]);
  expect(await membersNow()).toEqual([...members.slice(2), a, b, c, d, e].sort());

  const replaced = { displayName: 'Team', members: refs(others.slice(0, 2)) };
  expect((await domain.request('PUT', `/Groups/${id}`, replaced)).status).toBe(200);
  await former.change(id, { add: [others[2] ?? ''] });
  expect(await membersNow()).toEqual(others.slice(0, 3).sort());
  expect((await domain.request('DELETE', `/Groups/${id}`)).status).toBe(204);
});
