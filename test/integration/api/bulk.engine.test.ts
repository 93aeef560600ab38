import { ENTERPRISE_USER_SCHEMA, ERROR_MESSAGE } from '../../../shared/scim/urns';
import { uniqueName, patchBody, replaceBody, userBody } from '../../support/requests/bodies';
import {
  bulkBody,
  idFromLocation,
  createGroupOperation,
  createUserOperation,
  sendBulk,
} from '../../support/requests/bulk';
import { expectConsistent } from '../../support/consistency/consistency';
import { readDomain } from '../../support/consistency/domain-data';
import { findByFilter } from '../../support/requests/list';
import { provisionUser } from '../../support/requests/provision-user';
import {
  type DomainClient,
  createDomainClient,
  planKill,
  session,
  takeCapacity,
  waitForMail,
} from '../../support/system/system';

let domain: DomainClient;
beforeAll(async () => {
  domain = await createDomainClient();
});

const failure = (status: number, more: object = {}) => ({
  status: String(status),
  response: { schemas: [ERROR_MESSAGE], status: String(status), ...more },
});
const read = async (path: string) =>
  (await domain.request('GET', path)).body as Record<string, unknown> & {
    members?: { value: string }[];
    groups?: { value: string }[];
  };
const managerOf = async (id: string): Promise<string | undefined> => {
  const user = await read(`/Users/${id}`);
  return (user[ENTERPRISE_USER_SCHEMA] as { manager?: { value: string } } | undefined)?.manager?.value;
};
const reportingTo = (value: string) => ({ [ENTERPRISE_USER_SCHEMA]: { manager: { value } } });

describe('a bulk', () => {
  it('does what RFC 7644 §3.7 shows: each method, answered in the order of the request', async () => {
    const [alice, bob, carol, dora] = ['alice', 'bob', 'carol', 'dora'].map((name) => uniqueName(name));
    const [replaced, patched, deleted] = await Promise.all(
      [bob, carol, dora].map((name) => provisionUser(domain, userBody(name, { active: false }))),
    );
    const answers = await sendBulk(domain, [
      createUserOperation('qwerty', alice!),
      {
        method: 'PUT',
        path: replaced!.path,
        version: replaced!.etag,
        data: userBody(bob, { title: 'Boss' }),
      },
      { method: 'PATCH', path: patched!.path, version: patched!.etag, data: replaceBody('nickName', 'C') },
      { method: 'DELETE', path: deleted!.path, version: deleted!.etag },
    ]);
    const at = (path: string): string => session().baseUrl + path;
    expect(answers).toEqual([
      {
        method: 'POST',
        bulkId: 'qwerty',
        location: at(`/Users/${idFromLocation(answers[0]!)}`),
        version: 'W/"1"',
        status: '201',
      },
      { method: 'PUT', location: at(replaced!.path), version: 'W/"2"', status: '200' },
      { method: 'PATCH', location: at(patched!.path), version: 'W/"2"', status: '200' },
      { method: 'DELETE', location: at(deleted!.path), status: '204' },
    ]);
    expect(await read(`/Users/${idFromLocation(answers[0]!)}`)).toMatchObject({ userName: alice });
    expect(await read(replaced!.path)).toMatchObject({ title: 'Boss' });
    expect(await read(patched!.path)).toMatchObject({ nickName: 'C' });
    expect((await domain.request('GET', deleted!.path)).status).toBe(404);
  });

  it('answers an empty list of operations with an empty one', async () =>
    expect(await sendBulk(domain, [])).toEqual([]));

  it('takes paths with the base URL in front, and methods in any case', async () => {
    const [user] = await sendBulk(domain, [
      { ...createUserOperation('a', uniqueName()), method: 'post', path: `${session().baseUrl}/Users` },
    ]);
    const path = new URL(`${session().baseUrl}/Users/${idFromLocation(user!)}`).pathname;
    expect(await sendBulk(domain, [{ method: 'Delete', path }])).toMatchObject([
      { method: 'DELETE', status: '204', location: user!.location },
    ]);
  });

  it('lets each operation fail alone, as a single request would', async () => {
    const userName = uniqueName();
    const { path, etag } = await provisionUser(domain, userBody(userName, { active: false }));
    const answers = await sendBulk(domain, [
      createUserOperation('taken', userName),
      { method: 'PATCH', path, version: 'W/"7"', data: replaceBody('title', 'X') },
      { method: 'DELETE', path: '/Users/nobody' },
      { method: 'GET', path },
      { method: 'POST', path: '/Users', data: userBody() },
      { method: 'POST', bulkId: 'incomplete', path: '/Groups', data: {} },
      { method: 'PUT', path },
      { method: 'DELETE', path: '/Users' },
      { method: 'PATCH', path, version: etag, data: replaceBody('title', 'Kept') },
    ]);
    expect(answers).toMatchObject([
      { bulkId: 'taken', ...failure(409, { scimType: 'uniqueness' }) },
      { location: session().baseUrl + path, ...failure(412) },
      { location: `${session().baseUrl}/Users/nobody`, ...failure(404) },
      { method: 'GET', ...failure(400, { scimType: 'invalidSyntax' }) },
      failure(400, { scimType: 'invalidSyntax' }),
      { bulkId: 'incomplete', ...failure(400, { scimType: 'invalidValue' }) },
      failure(400, { scimType: 'invalidSyntax' }),
      failure(405),
      { status: '200', version: 'W/"2"' },
    ]);
    expect(answers[0]).not.toHaveProperty('location');
    expect(await read(path)).toMatchObject({ title: 'Kept' });
  });

  it.each(['/Bulk', '/Users/.search', '/.search', '/Schemas', '/ServiceProviderConfig', '/Me', '/Nope'])(
    'does nothing but users and groups: not %s',
    async (path) => {
      const data = bulkBody([createUserOperation('inner', uniqueName())]);
      const [answer] = await sendBulk(domain, [{ method: 'POST', bulkId: 'outer', path, data }]);
      expect(['404', '405']).toContain(answer!.status);
      expect(answer!.response).toMatchObject({ schemas: [ERROR_MESSAGE] });
    },
  );

  it('stops after as many errors as the client allows, and leaves the rest out of the answer', async () => {
    const names = [uniqueName(), uniqueName(), uniqueName()];
    const nobody = { method: 'DELETE', path: '/Users/nobody' };
    const operations = [
      createUserOperation('a', names[0]!),
      nobody,
      createUserOperation('b', names[1]!),
      nobody,
      createUserOperation('c', names[2]!),
    ];
    const answers = await sendBulk(domain, operations, { failOnErrors: 2 });
    expect(answers.map(({ status }) => status)).toEqual(['201', '404', '201', '404']);
    expect((await findByFilter(domain, '/Users', `userName eq "${names[2]}"`)).totalResults).toBe(0);
  });

  it('costs what its operations cost one by one', async () => {
    const { path } = await provisionUser(domain, userBody(uniqueName(), { active: false }));
    const cost = async (act: () => Promise<unknown>) => {
      await takeCapacity(domain.domainId);
      await act();
      // The authorizer and the stream's functions work for the domain as well.
      const records = (await takeCapacity(domain.domainId)).filter((record) =>
        /FunctionsUsers|FunctionsBulk/.test(record.function),
      );
      return records.reduce((sum, { read, write }) => [sum[0]! + read, sum[1]! + write], [0, 0]);
    };
    const single = await cost(async () => {
      await domain.request('POST', '/Users', userBody('single@example.com', { active: false }));
      await domain.request('PATCH', path, replaceBody('title', 'One'));
    });
    const bulk = await cost(() =>
      sendBulk(domain, [
        createUserOperation('a', 'inbulk@example.com'),
        { method: 'PATCH', path, data: replaceBody('title', 'Two') },
      ]),
    );
    expect(bulk).toEqual(single);
  });
});

describe('references in a bulk', () => {
  it('lead to what the bulk creates, whichever comes first, in data and in paths', async () => {
    const [first, second] = [uniqueName(), uniqueName()];
    const answers = await sendBulk(domain, [
      {
        method: 'PATCH',
        path: '/Groups/bulkId:tour',
        data: patchBody({ op: 'add', path: 'members', value: [{ value: 'bulkId:b' }] }),
      },
      createGroupOperation('tour', uniqueName('Tour Guides'), 'bulkId:a'),
      createUserOperation('a', first, reportingTo('bulkId:b')),
      createUserOperation('b', second),
    ]);
    expect(answers.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'PATCH 200',
      'POST 201',
      'POST 201',
      'POST 201',
    ]);
    const [patched, group, a, b] = answers.map(idFromLocation);
    expect(patched).toBe(group);
    expect(answers[0]!.version).toBe('W/"2"');
    const { members = [] } = await read(`/Groups/${group}`);
    expect(members.map(({ value }) => value).sort()).toEqual([a, b].sort());
    expect(await managerOf(a!)).toBe(b);
  });

  it('may go in a circle: users who report to each other', async () => {
    const answers = await sendBulk(domain, [
      createUserOperation('a', uniqueName(), reportingTo('bulkId:b')),
      createUserOperation('b', uniqueName(), reportingTo('bulkId:a')),
      createUserOperation('self', uniqueName(), reportingTo('bulkId:self')),
    ]);
    expect(answers.map(({ status, version }) => `${status} ${version}`)).toEqual([
      '201 W/"1"',
      '201 W/"2"',
      '201 W/"2"',
    ]);
    const [a, b, self] = answers.map(idFromLocation);
    expect(await managerOf(a!)).toBe(b);
    expect(await managerOf(b!)).toBe(a);
    expect(await managerOf(self!)).toBe(self);
  });

  it('may go in a circle: a group that lists a user who names the group', async () => {
    const answers = await sendBulk(domain, [
      createGroupOperation('g', uniqueName('Circle'), 'bulkId:u', 'bulkId:v'),
      createUserOperation('u', uniqueName(), { groups: [{ value: 'bulkId:g' }] }),
      createUserOperation('v', uniqueName()),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['201', '201', '201']);
    const [group, user, other] = answers.map(idFromLocation);
    const { members = [] } = await read(`/Groups/${group}`);
    expect(members.map(({ value }) => value).sort()).toEqual([user, other].sort());
    expect(await read(`/Users/${user}`)).toMatchObject({ groups: [{ value: group }] });
  });

  it('to nothing, or to what could not be created, fail the operation and name the bulkId', async () => {
    const taken = uniqueName();
    await provisionUser(domain, userBody(taken, { active: false }));
    const [lost, failed, needy] = await sendBulk(domain, [
      createGroupOperation('lost', uniqueName('Lost'), 'bulkId:nobody'),
      createUserOperation('taken', taken),
      { method: 'DELETE', path: '/Users/bulkId:taken' },
    ]);
    expect(lost).toMatchObject(failure(400, { scimType: 'invalidValue' }));
    expect(lost!.response!.detail).toContain('"nobody"');
    expect(failed).toMatchObject(failure(409));
    expect(needy).toMatchObject(failure(400, { scimType: 'invalidValue' }));
    expect(needy!.response!.detail).toContain('"taken"');
  });

  it('in a circle that breaks leave what was created, and say what it lacks', async () => {
    const taken = uniqueName();
    await provisionUser(domain, userBody(taken, { active: false }));
    const [broken, half] = await sendBulk(domain, [
      createUserOperation('broken', taken, reportingTo('bulkId:half')),
      createUserOperation('half', uniqueName(), { title: 'Half', ...reportingTo('bulkId:broken') }),
    ]);
    expect(broken).toMatchObject(failure(409));
    expect(half).toMatchObject({ bulkId: 'half', version: 'W/"1"', ...failure(400) });
    expect(half!.response!.detail).toMatch(/^The resource was created without urn:.*"broken"/);
    expect(await read(`/Users/${idFromLocation(half!)}`)).toMatchObject({ title: 'Half' });
  });
});

it('a bulk reaches no other domain', async () => {
  const other = await createDomainClient();
  const { id, path, etag } = await provisionUser(other, userBody(uniqueName(), { active: false }));
  const before = await readDomain(other.domainId);
  const answers = await sendBulk(domain, [
    { method: 'PUT', path, data: userBody() },
    { method: 'PATCH', path: session().baseUrl + path, version: etag, data: replaceBody('title', 'Ours') },
    { method: 'DELETE', path },
    createGroupOperation('g', uniqueName('Foreign'), id),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(['404', '404', '404', '201']);
  expect(await readDomain(other.domainId)).toEqual(before);
  expect((await read(`/Groups/${idFromLocation(answers[3]!)}`)).members ?? []).toEqual([]);
});

it('a user that a bulk creates gets its license by mail', async () => {
  const userName = uniqueName();
  await sendBulk(domain, [createUserOperation('a', userName, { active: true })]);
  expect(await waitForMail(userName)).toHaveLength(1);
});

it('a bulk that is killed in the middle leaves what is whole, and goes on where it is sent again', async () => {
  const killed = await createDomainClient();
  const operations = Array.from({ length: 100 }, (_, at) =>
    createUserOperation(`u${at}`, `killed-${at}@example.com`),
  );

  const kill = await planKill('Bulk', { of: killed.domainId, writes: 5 });
  expect((await killed.request('POST', '/Bulk', bulkBody(operations))).status).toBe(502);
  expect(await kill()).toBe(1);
  const { users } = await expectConsistent(killed.domainId);
  expect(users).toHaveLength(5);

  const answers = await sendBulk(killed, operations);
  const isThere = (at: number): boolean => at < users.length;
  for (const [at, answer] of answers.entries()) {
    expect(answer).toMatchObject(isThere(at) ? failure(409, { scimType: 'uniqueness' }) : { status: '201' });
  }
  expect((await expectConsistent(killed.domainId)).users).toHaveLength(100);
});
