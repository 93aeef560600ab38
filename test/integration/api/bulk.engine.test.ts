import { ERROR_MESSAGE } from '../../../shared/scim/urns';
import { uniqueName, replaceBody, userBody } from '../../support/requests/bodies';
import {
  bulkBody,
  failedOperation,
  idFromLocation,
  createGroupOperation,
  createUserOperation,
  sendBulk,
} from '../../support/requests/bulk';
import { expectConsistent } from '../../support/consistency/consistency';
import { readDomain } from '../../support/consistency/domain-data';
import { findByFilter } from '../../support/requests/list';
import { provisionUser } from '../../support/requests/provision-user';
import { waitForMail } from '../../support/system/mails';
import {
  type DomainClient,
  createDomainClient,
  planKill,
  session,
  takeCapacity,
} from '../../support/system/system';

let domain: DomainClient;
beforeAll(async () => {
  domain = await createDomainClient();
});

const read = async (path: string) =>
  (await domain.request('GET', path)).body as Record<string, unknown> & { members?: unknown[] };

describe('a bulk', () => {
  it('executes each method of RFC 7644 §3.7, and responds in the order of the request', async () => {
    const [alice, bob, carol, dora] = ['alice', 'bob', 'carol', 'dora'].map((name) => uniqueName(name));
    const [replaced, patched, deleted] = await Promise.all(
      [bob, carol, dora].map((name) => provisionUser(domain, userBody(name, { active: false }))),
    );
    const responses = await sendBulk(domain, [
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
    expect(responses).toEqual([
      {
        method: 'POST',
        bulkId: 'qwerty',
        location: at(`/Users/${idFromLocation(responses[0]!)}`),
        version: 'W/"1"',
        status: '201',
      },
      { method: 'PUT', location: at(replaced!.path), version: 'W/"2"', status: '200' },
      { method: 'PATCH', location: at(patched!.path), version: 'W/"2"', status: '200' },
      { method: 'DELETE', location: at(deleted!.path), status: '204' },
    ]);
    expect(await read(`/Users/${idFromLocation(responses[0]!)}`)).toMatchObject({ userName: alice });
    expect(await read(replaced!.path)).toMatchObject({ title: 'Boss' });
    expect(await read(patched!.path)).toMatchObject({ nickName: 'C' });
    expect((await domain.request('GET', deleted!.path)).status).toBe(404);
  });

  it('responds to an empty list of operations with an empty list', async () =>
    expect(await sendBulk(domain, [])).toEqual([]));

  it('accepts paths with the base URL, and methods in any case', async () => {
    const [user] = await sendBulk(domain, [
      { ...createUserOperation('a', uniqueName()), method: 'post', path: `${session().baseUrl}/Users` },
    ]);
    const path = new URL(`${session().baseUrl}/Users/${idFromLocation(user!)}`).pathname;
    expect(await sendBulk(domain, [{ method: 'Delete', path }])).toMatchObject([
      { method: 'DELETE', status: '204', location: user!.location },
    ]);
  });

  it('lets an operation fail as a single request would, without an effect on the others', async () => {
    const userName = uniqueName();
    const { path, etag } = await provisionUser(domain, userBody(userName, { active: false }));
    const responses = await sendBulk(domain, [
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
    expect(responses).toMatchObject([
      { bulkId: 'taken', ...failedOperation(409, { scimType: 'uniqueness' }) },
      { location: session().baseUrl + path, ...failedOperation(412) },
      { location: `${session().baseUrl}/Users/nobody`, ...failedOperation(404) },
      { method: 'GET', ...failedOperation(400, { scimType: 'invalidSyntax' }) },
      failedOperation(400, { scimType: 'invalidSyntax' }),
      { bulkId: 'incomplete', ...failedOperation(400, { scimType: 'invalidValue' }) },
      failedOperation(400, { scimType: 'invalidSyntax' }),
      failedOperation(405),
      { status: '200', version: 'W/"2"' },
    ]);
    expect(responses[0]).not.toHaveProperty('location');
    expect(await read(path)).toMatchObject({ title: 'Kept' });
  });

  it.each(['/Bulk', '/Users/.search', '/.search', '/Schemas', '/ServiceProviderConfig', '/Me', '/Nope'])(
    'supports only users and groups, not %s',
    async (path) => {
      const data = bulkBody([createUserOperation('inner', uniqueName())]);
      const [response] = await sendBulk(domain, [{ method: 'POST', bulkId: 'outer', path, data }]);
      expect(['404', '405']).toContain(response!.status);
      expect(response!.response).toMatchObject({ schemas: [ERROR_MESSAGE] });
    },
  );

  it('stops after failOnErrors errors, and omits the remaining operations from the response', async () => {
    const names = [uniqueName(), uniqueName(), uniqueName()];
    const nobody = { method: 'DELETE', path: '/Users/nobody' };
    const operations = [
      createUserOperation('a', names[0]!),
      nobody,
      createUserOperation('b', names[1]!),
      nobody,
      createUserOperation('c', names[2]!),
    ];
    const responses = await sendBulk(domain, operations, { failOnErrors: 2 });
    expect(responses.map(({ status }) => status)).toEqual(['201', '404', '201', '404']);
    expect((await findByFilter(domain, '/Users', `userName eq "${names[2]}"`)).totalResults).toBe(0);
  });

  it('consumes the same capacity as its operations as single requests', async () => {
    const { path } = await provisionUser(domain, userBody(uniqueName(), { active: false }));
    const cost = async (act: () => Promise<unknown>) => {
      await takeCapacity(domain.domainId);
      await act();
      // The authorizer and the functions of the stream consume capacity of the domain as well.
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

it('a bulk cannot read or change another domain', async () => {
  const other = await createDomainClient();
  const { id, path, etag } = await provisionUser(other, userBody(uniqueName(), { active: false }));
  const before = await readDomain(other.domainId);
  const responses = await sendBulk(domain, [
    { method: 'PUT', path, data: userBody() },
    { method: 'PATCH', path: session().baseUrl + path, version: etag, data: replaceBody('title', 'Ours') },
    { method: 'DELETE', path },
    createGroupOperation('g', uniqueName('Foreign'), id),
  ]);
  expect(responses.map(({ status }) => status)).toEqual(['404', '404', '404', '201']);
  expect(await readDomain(other.domainId)).toEqual(before);
  expect((await read(`/Groups/${idFromLocation(responses[3]!)}`)).members ?? []).toEqual([]);
});

it('a user created by a bulk receives the license by email', async () => {
  const userName = uniqueName();
  await sendBulk(domain, [createUserOperation('a', userName, { active: true })]);
  expect(await waitForMail(userName)).toHaveLength(1);
});

it('a bulk whose function is killed leaves consistent data, and the same request completes it', async () => {
  const killed = await createDomainClient();
  const operations = Array.from({ length: 100 }, (_, at) =>
    createUserOperation(`u${at}`, `killed-${at}@example.com`),
  );

  const kill = await planKill('Bulk', { eventContains: killed.domainId, writes: 5 });
  expect((await killed.request('POST', '/Bulk', bulkBody(operations))).status).toBe(502);
  expect(await kill()).toBe(1);
  const { users } = await expectConsistent(killed.domainId);
  expect(users).toHaveLength(5);

  const responses = await sendBulk(killed, operations);
  const isThere = (at: number): boolean => at < users.length;
  for (const [at, response] of responses.entries()) {
    expect(response).toMatchObject(
      isThere(at) ? failedOperation(409, { scimType: 'uniqueness' }) : { status: '201' },
    );
  }
  expect((await expectConsistent(killed.domainId)).users).toHaveLength(100);
});
