import { createUserOperation, failedOperation, sendBulk } from '../../support/requests/bulk';
import { patchBody } from '../../support/requests/bodies';
import { provisionUser } from '../../support/requests/provision-user';
import { expectScimError } from '../../support/requests/scim-error';
import { bodyOf, simulatedName, startSimulation } from '../../support/simulator/started';
import { createDomainClient, type DomainClient } from '../../support/system/system';

const SUFFIXES = [
  '@simulator.invalid',
  '@SIMULATOR.Invalid',
  '＠ｓｉｍｕｌａｔｏｒ．ｉｎｖａｌｉｄ',
  '@ſimulator.invalid',
  '@simulator.invalid ',
];

let domain: DomainClient;
let simulation: DomainClient;
beforeAll(async () => {
  domain = await createDomainClient();
  simulation = (await startSimulation(domain.domainId)).client;
});

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const user = (userName: string, more: object = {}) => ({ schemas: [USER], userName, ...more });
const group = (displayName: string, more: object = {}) => ({ schemas: [GROUP], displayName, ...more });
let number = 0;
const named = (suffix: string): string => `ordinary-${++number}${suffix}`;

describe.each(SUFFIXES)('an ordinary key cannot use the suffix "%s"', (suffix) => {
  it('in POST and bulk', async () => {
    expectScimError(await domain.request('POST', '/Users', user(named(suffix))), 400, 'invalidValue');
    expectScimError(await domain.request('POST', '/Groups', group(named(suffix))), 400, 'invalidValue');
    // The address is valid, so that the name is the only reason.
    const emails = [{ value: 'ada@example.com', primary: true }];
    const bulk = await sendBulk(domain, [createUserOperation('u', named(suffix), { emails })]);
    expect(bulk).toMatchObject([failedOperation(400, { scimType: 'invalidValue' })]);
    expect(JSON.stringify(bulk)).toMatch(/reserved for connection tests/);
  });

  it('in a rename by PUT or PATCH, which changes nothing', async () => {
    const { id, path } = await provisionUser(domain);
    const before = bodyOf(await domain.request('GET', path));
    expectScimError(await domain.request('PUT', path, user(named(suffix))), 400, 'invalidValue');
    const rename = patchBody({ op: 'replace', path: 'userName', value: named(suffix) });
    expectScimError(await domain.request('PATCH', path, rename), 400, 'invalidValue');
    expect(bodyOf(await domain.request('GET', path))).toEqual(before);
    const created = await domain.request('POST', '/Groups', group(`Group ${id}`));
    const groupPath = `/Groups/${bodyOf(created).id}`;
    expectScimError(await domain.request('PUT', groupPath, group(named(suffix))), 400, 'invalidValue');
    const renameGroup = patchBody({ op: 'replace', path: 'displayName', value: named(suffix) });
    expectScimError(await domain.request('PATCH', groupPath, renameGroup), 400, 'invalidValue');
    expect(bodyOf(await domain.request('GET', groupPath)).displayName).toBe(`Group ${id}`);
  });

  it('and a deactivation with such a rename still ends the access', async () => {
    const { path } = await provisionUser(domain);
    const { userName } = bodyOf(await domain.request('GET', path));
    const put = await domain.request('PUT', path, user(named(suffix), { active: false }));
    expect(put.body).toMatchObject({ active: false, userName });
  });
});

describe('a name with the suffix', () => {
  it('cannot lose it by a rename of an ordinary key, which can still delete the user', async () => {
    const created = await simulation.request('POST', '/Users', user(simulatedName()));
    const path = `/Users/${bodyOf(created).id}`;
    const rename = patchBody({ op: 'replace', path: 'userName', value: 'ada@example.com' });
    expectScimError(await domain.request('PATCH', path, rename), 400, 'invalidValue');
    expectScimError(await simulation.request('PATCH', path, rename), 400, 'invalidValue');
    expect((await domain.request('DELETE', path)).status).toBe(204);
  });
});

describe('the credential of a connection test', () => {
  it('creates no other names', async () => {
    expectScimError(await simulation.request('POST', '/Users', user('eve@example.com')), 400, 'invalidValue');
    expectScimError(
      await simulation.request('POST', '/Groups', group('Administrators')),
      400,
      'invalidValue',
    );
  });

  it('neither changes nor deletes users and groups of others', async () => {
    const { id, path } = await provisionUser(domain);
    const created = await domain.request(
      'POST',
      '/Groups',
      group(`Real ${id}`, { members: [{ value: id }] }),
    );
    const groupPath = `/Groups/${bodyOf(created).id}`;
    const before = await Promise.all([path, groupPath].map((each) => domain.request('GET', each)));
    const deactivate = patchBody({ op: 'replace', value: { active: false } });
    expectScimError(await simulation.request('PATCH', path, deactivate), 403);
    expectScimError(await simulation.request('PUT', path, user(simulatedName())), 403);
    expectScimError(await simulation.request('DELETE', path), 403);
    const empty = patchBody({ op: 'replace', path: 'members', value: [] });
    expectScimError(await simulation.request('PATCH', groupPath, empty), 403);
    expectScimError(await simulation.request('PUT', groupPath, group(simulatedName())), 403);
    expectScimError(await simulation.request('DELETE', groupPath), 403);
    const after = await Promise.all([path, groupPath].map((each) => domain.request('GET', each)));
    expect(after.map(bodyOf)).toEqual(before.map(bodyOf));
  });

  it('connects its users and groups with no others', async () => {
    const { id, path } = await provisionUser(domain);
    const real = await domain.request('POST', '/Groups', group(`Other ${id}`));
    const before = bodyOf(await domain.request('GET', path));
    const members = [{ value: id }];
    expectScimError(await simulation.request('POST', '/Groups', group(simulatedName(), { members })), 403);
    const own = bodyOf(await simulation.request('POST', '/Groups', group(simulatedName())));
    const add = patchBody({ op: 'add', path: 'members', value: members });
    expectScimError(await simulation.request('PATCH', `/Groups/${own.id}`, add), 403);
    const put = group(own.displayName, { members });
    expectScimError(await simulation.request('PUT', `/Groups/${own.id}`, put), 403);
    const groups = [{ value: bodyOf(real).id }];
    expectScimError(await simulation.request('POST', '/Users', user(simulatedName(), { groups })), 403);
    expect(bodyOf(await domain.request('GET', path))).toEqual(before);
  });
});
