import { SEARCH_REQUEST } from '../../../shared/scim/urns';
import { ADDRESS_INDEX_COMPLETE, addressIndexKey } from '../../../shared/store/table/address-keys';
import { addressItemKeys } from '../../../shared/store/resources/address-items';
import { expectConsistent, expectConsistentAfterSweep } from '../../support/consistency/consistency';
import { readDomain, systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { patchBody, replaceBody, userBody } from '../../support/requests/bodies';
import { createUserOperation, sendBulk } from '../../support/requests/bulk';
import { expectList, findByFilter } from '../../support/requests/list';
import { runConcurrently } from '../../support/requests/outcomes';
import { createDomainClient, type DomainClient } from '../../support/system/system';

const emails = (...values: string[]) =>
  values.map((value, at) => ({ value, type: at === 0 ? 'work' : 'home' }));

async function createUser(domain: DomainClient, userName: string, more: object = {}): Promise<string> {
  const response = await domain.request('POST', '/Users', userBody(userName, more));
  expect(response.status).toBe(201);
  return (response.body as { id: string }).id;
}

const find = async (domain: DomainClient, filter: string): Promise<string[]> => {
  const { Resources, totalResults } = await findByFilter(domain, '/Users', filter);
  expect(totalResults).toBe(Resources.length);
  return Resources.map(({ id }) => id);
};
const findAddress = (domain: DomainClient, address: string) => find(domain, `emails.value eq "${address}"`);

/** Makes a domain one of an earlier version, which did not index addresses. */
async function removeIndex({ domainId }: DomainClient): Promise<void> {
  const table = await systemTable();
  const { addressItems } = await readDomain(domainId);
  await table.deleteAll([...addressItems, addressIndexKey(domainId, ADDRESS_INDEX_COMPLETE)]);
}

describe('a lookup by address', () => {
  it.each([
    'email eq "ADA@mail.example"',
    'emails eq "ada@mail.example"',
    'emails.value eq "ada@mail.example"',
    'EMAILS[VALUE eq "ada@mail.example"]',
    'emails[type eq "work" and value eq "ada@mail.example"]',
    'emails[type eq "work"].value eq "ada@mail.example"',
    'urn:ietf:params:scim:schemas:core:2.0:User:emails.value eq "ada@mail.example"',
    'userName eq "nobody" or emails.value eq "ada@mail.example"',
    'email eq "home@mail.example" and active eq true',
  ])('finds a user right after the creation: %s', async (filter) => {
    const domain = await createDomainClient();
    const id = await createUser(domain, 'ada', { emails: emails('Ada@Mail.example', 'home@mail.example') });
    expect(await find(domain, filter)).toEqual([id]);
    expect(await find(domain, 'emails[type eq "home" and value eq "ada@mail.example"]')).toEqual([]);
  });

  it('finds all users who share an address, also inactive ones, page by page', async () => {
    const domain = await createDomainClient();
    const address = 'shared@mail.example';
    const ids = [
      await createUser(domain, address, { emails: emails(address) }),
      await createUser(domain, 'bob', { emails: emails(address) }),
      await createUser(domain, 'cleo', { emails: emails('cleo@mail.example', address), active: false }),
    ];
    expect(await findAddress(domain, address)).toEqual(ids);
    const page = await domain.request('GET', `/Users?filter=email+eq+"${address}"&startIndex=2&count=1`);
    expect(expectList(page)).toMatchObject({ totalResults: 3, Resources: [{ id: ids[1] }] });
    const search = { schemas: [SEARCH_REQUEST], filter: `email eq "${address}"`, count: 2 };
    for (const path of ['/.search', '/Users/.search']) {
      const list = expectList(await domain.request('POST', path, search));
      expect(list.Resources.map(({ id }) => id)).toEqual(ids.slice(0, 2));
      expect(list.totalResults).toBe(3);
    }
  });

  it('sees each change of the addresses and of the userName', async () => {
    const domain = await createDomainClient();
    const id = await createUser(domain, 'ada', { emails: emails('a@mail.example', 'b@mail.example') });
    const path = `/Users/${id}`;
    await domain.request('PATCH', path, replaceBody('emails[type eq "work"].value', 'c@mail.example'));
    expect(await findAddress(domain, 'a@mail.example')).toEqual([]);
    expect(await findAddress(domain, 'c@mail.example')).toEqual([id]);
    await domain.request('PATCH', path, replaceBody('userName', 'c@mail.example'));
    expect(await findAddress(domain, 'c@mail.example')).toEqual([id]);
    await domain.request('PATCH', path, replaceBody('userName', 'ada'));
    expect(await findAddress(domain, 'c@mail.example')).toEqual([id]);
    await domain.request('PATCH', path, patchBody({ op: 'replace', path: 'active', value: false }));
    expect(await findAddress(domain, 'b@mail.example')).toEqual([id]);
    await domain.request('PUT', path, userBody('ada', { emails: emails('d@mail.example'), active: false }));
    expect(await findAddress(domain, 'b@mail.example')).toEqual([]);
    expect(await findAddress(domain, 'd@mail.example')).toEqual([id]);
    await domain.request('DELETE', path);
    expect(await findAddress(domain, 'd@mail.example')).toEqual([]);
    expect((await readDomain(domain.domainId)).addressItems).toEqual([]);
  });

  it('sees the users of a bulk request', async () => {
    const domain = await createDomainClient();
    await sendBulk(
      domain,
      ['ada', 'bob'].map((name) => createUserOperation(name, name, { emails: emails('both@mail.example') })),
    );
    expect(await findAddress(domain, 'both@mail.example')).toHaveLength(2);
    expect(await findAddress(domain, 'ada@mail.example')).toEqual([]);
  });

  it('finds users by any of 200 addresses, who can change to others', async () => {
    const domain = await createDomainClient();
    const many = (host: string, count: number) =>
      Array.from({ length: count }, (_, at) => ({ value: `${at}@${host}.example` }));
    const id = await createUser(domain, 'many', { emails: many('first', 200) });
    expect(await findAddress(domain, '199@first.example')).toEqual([id]);
    for (const [host, count] of [
      ['second', 20],
      ['third', 20],
      ['fourth', 200],
    ] as const) {
      await domain.request('PATCH', `/Users/${id}`, replaceBody('emails', many(host, count)));
      expect(await findAddress(domain, `0@${host}.example`)).toEqual([id]);
      expect(await findAddress(domain, '0@first.example')).toEqual([]);
      await expectConsistent(domain.domainId);
    }
    await domain.request('DELETE', `/Users/${id}`);
    expect((await readDomain(domain.domainId)).addressItems).toEqual([]);
  });

  it('stays exact under concurrent changes', async () => {
    const domain = await createDomainClient();
    const id = await createUser(domain, 'ada', { emails: emails('0@mail.example') });
    const path = `/Users/${id}`;
    await runConcurrently(8, (at) =>
      domain.request(
        'PATCH',
        path,
        at % 2 === 0
          ? replaceBody('emails', emails(`${at}@mail.example`, `${at}@home.example`))
          : replaceBody('userName', `${at - 1}@mail.example`),
      ),
    );
    const { users } = await expectConsistent(domain.domainId);
    const [{ value }] = users[0]?.attributes.emails as [{ value: string }];
    expect(await findAddress(domain, value)).toEqual([id]);
  });
});

describe('a domain of an earlier version', () => {
  it('finds users by address, and indexes the addresses after the first lookup', async () => {
    const domain = await createDomainClient();
    const ada = await createUser(domain, 'ada', { emails: emails('ada@mail.example', 'both@mail.example') });
    const bob = await createUser(domain, 'bob@mail.example', { emails: emails('both@mail.example') });
    const cleo = await createUser(domain, 'cleo', { emails: emails('cleo@mail.example') });
    await removeIndex(domain);

    // Changes keep the items of a user exact, as far as they exist.
    await domain.request('PATCH', `/Users/${bob}`, replaceBody('userName', 'bob'));
    await domain.request('PATCH', `/Users/${cleo}`, replaceBody('emails', emails('new@mail.example')));
    await expectConsistent(domain.domainId);
    expect(await findAddress(domain, 'both@mail.example')).toEqual([ada, bob]);
    expect(await findAddress(domain, 'new@mail.example')).toEqual([cleo]);
    expect(await findAddress(domain, 'cleo@mail.example')).toEqual([]);

    await eventually(
      'the indexing of the addresses',
      async () => (await readDomain(domain.domainId)).indexesAddresses,
    );
    const { users, addressItems } = await expectConsistent(domain.domainId);
    expect(addressItems).toHaveLength(users.flatMap((user) => addressItemKeys(domain.domainId, user)).length);
    expect(await findAddress(domain, 'both@mail.example')).toEqual([ada, bob]);
    expect(await find(domain, 'email eq "ada@mail.example" or userName eq "cleo"')).toEqual([ada, cleo]);
    await domain.request('DELETE', `/Users/${ada}`);
    expect(await findAddress(domain, 'both@mail.example')).toEqual([bob]);
    await expectConsistentAfterSweep(domain.domainId);
  });
});
