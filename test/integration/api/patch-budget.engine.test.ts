import { MAX_COMPARISONS } from '../../../shared/scim/work';
import { patchBody } from '../../support/requests/bodies';
import { provisionUser } from '../../support/requests/provision-user';
import { createDomainClient, persistentClient, type DomainClient } from '../../support/system/system';

let domain: DomainClient;
let path: string;
beforeAll(async () => {
  domain = persistentClient(await createDomainClient());
  ({ path } = await provisionUser(domain));
  const emails = Array.from({ length: 195 }, (_, at) => ({ value: `${at}@example.org`, type: 'work' }));
  const { status } = await domain.request(
    'PATCH',
    path,
    patchBody({ op: 'add', path: 'emails', value: emails }),
  );
  expect(status).toBe(200);
});

const send = (...request: Parameters<DomainClient['request']>): Promise<{ status: number; body: unknown }> =>
  domain.request(...request);

const containing = (text: string): unknown => expect.stringContaining(text);

const conditions = Array.from({ length: 200 }, (_, at) => `value eq "${at}"`).join(' or ');
const removal = { op: 'remove', path: `emails[${conditions}]` };
const body = (operations: number): object => patchBody(...Array.from({ length: operations }, () => removal));

it('refuses 1,000 operations of 200 conditions on 196 elements, and changes nothing', async () => {
  const { status, body: error } = await send('PATCH', path, body(1_000));
  expect(status).toBe(400);
  expect(error).toMatchObject({
    scimType: 'tooMany',
    detail: containing(
      `needs 39200000 comparisons, and the limit is ${MAX_COMPARISONS} for one request. Nothing was changed.`,
    ),
  });
});

it('refuses it also in a PATCH that deactivates the user', async () => {
  const operations = Array.from({ length: 999 }, () => removal);
  const deactivation = { op: 'replace', path: 'active', value: false };
  const { body: error } = await send('PATCH', path, patchBody(...operations, deactivation));
  expect(error).toMatchObject({ scimType: 'tooMany' });
  expect((await domain.request('GET', path)).body).toMatchObject({ active: true });
});

it('gives all operations of a bulk one budget', async () => {
  // 20 operations of 200 conditions on 196 elements fit into the budget once.
  const operation = { method: 'PATCH', path, data: body(20) };
  const { body: response } = await send('POST', '/Bulk', {
    Operations: [operation, operation],
  });
  expect(response).toMatchObject({
    Operations: [{ status: '200' }, { status: '400', response: { scimType: 'tooMany' } }],
  });
});

it('refuses a filter over users whose conditions and values are too many', async () => {
  await Promise.all(
    Array.from({ length: 30 }, async () => {
      const { path: other } = await provisionUser(domain);
      const emails = Array.from({ length: 190 }, (_, at) => ({ value: `${at}@example.net` }));
      await domain.request('PATCH', other, patchBody({ op: 'add', path: 'emails', value: emails }));
    }),
  );
  const filter = Array.from({ length: 200 }, (_, at) => `emails.value ew "${at}"`).join(' or ');
  const { body: error } = await send('POST', '/Users/.search', { filter });
  expect(error).toMatchObject({
    scimType: 'tooMany',
    detail: containing(`more than ${MAX_COMPARISONS} comparisons`),
  });
  const { status } = await domain.request('POST', '/Users/.search', { filter, cursor: '' });
  expect(status).toBe(200);
});

it('refuses JSON as text that nests too many levels', async () => {
  const value = `{"name":${'['.repeat(1_000)}${']'.repeat(1_000)}}`;
  const { status, body: error } = await send('PATCH', path, patchBody({ op: 'replace', value }));
  expect(status).toBe(400);
  expect(error).toMatchObject({ scimType: 'invalidSyntax', detail: containing('100 levels') });
});
