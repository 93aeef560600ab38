import { newId } from '../../../shared/id';
import { type AdminBody, adminClient } from '../../support/system/admin-client';
import { type DomainClient, createDomainClient } from '../../support/system/system';

const admin = adminClient();
let domain: DomainClient;
let userId: string;

const events = async (query = ''): Promise<readonly AdminBody[]> =>
  (await admin('GET', `/domains/${domain.domainId}/audit-events?limit=100${query}`)).body.items;

beforeAll(async () => {
  domain = await createDomainClient();
  const { request } = domain;
  const userName = `${domain.domainId}@example.com`;
  const user = await request('POST', '/Users', { userName });
  userId = (user.body as { id: string }).id;
  const refused: [method: string, path: string, body?: object][] = [
    ['POST', '/Users', { userName }],
    ['PATCH', `/Users/${userId}`, { Operations: [{ op: 'grow', path: 'active' }] }],
    // The reason quotes a path that UTF-8 cannot encode.
    ['PATCH', `/Users/${userId}`, { Operations: [{ op: 'add', path: 'title\ud800', value: 'x' }] }],
    ['DELETE', `/Groups/${newId()}`],
    ['PUT', '/Nothing', {}],
    ['POST', '/Bulk', { Operations: [{ method: 'DELETE', path: `/Users/${newId()}` }] }],
    ['GET', '/Users?filter=nonsense'],
    ['POST', '/Users/.search', { filter: 'nonsense' }],
  ];
  for (const [method, path, body] of refused) await request(method, path, body);
});

it('refused changes are audit events with actor, request and reason', async () => {
  const refused = await events('&action=request');
  expect(refused.map(({ request, status, resource }) => [request, status, resource]).reverse()).toEqual([
    ['POST /Users', 409, { type: 'request' }],
    ['PATCH /Users/{id}', 400, { type: 'request', id: userId }],
    ['PATCH /Users/{id}', 400, { type: 'request', id: userId }],
    ['DELETE /Groups/{id}', 404, { type: 'request', id: expect.any(String) as string }],
    ['PUT /{proxy+}', 404, { type: 'request' }],
    ['DELETE /Users/{id}', 404, { type: 'request', id: expect.any(String) as string }],
  ]);
  expect(refused.at(-1)).toMatchObject({
    outcome: 'refused',
    actor: { kind: 'scimKey', name: 'test', sourceAddress: '127.0.0.1' },
    reason: expect.stringContaining(domain.domainId) as string,
    requestId: expect.any(String) as string,
  });
});

it('the list of events can be filtered by actor, resource, action and time', async () => {
  const all = await events();
  const created = all.find(({ action }) => action === 'user.created');
  const { keyId } = (await admin('GET', `/domains/${domain.domainId}/keys`)).body.items[0] ?? {};
  expect(await events(`&resource=${userId}&action=user.created`)).toEqual([created]);
  expect((await events(`&actor=${keyId}`)).every(({ actor }) => (actor as AdminBody).id === keyId)).toBe(
    true,
  );
  expect((await events('&action=key')).map(({ action }) => action)).toEqual(['key.created']);
  const at = String(created?.at);
  const after = new Date(Date.parse(at) + 1).toISOString();
  expect(await events(`&from=${at}&to=${after}&action=user`)).toEqual([created]);
  expect((await events(`&to=${at}`)).map(({ action }) => action)).toEqual(['key.created', 'domain.created']);
  expect(await events(`&from=${after}&to=${at}`)).toEqual([]);
});

it('pages contain each event once, newest first', async () => {
  const all = await events();
  const paged: AdminBody[] = [];
  let cursor = '';
  do {
    const page = await admin('GET', `/domains/${domain.domainId}/audit-events?limit=3${cursor}`);
    paged.push(...page.body.items);
    cursor = page.body.next === undefined ? '' : `&cursor=${page.body.next}`;
  } while (cursor !== '');
  expect(paged).toEqual(all);
  expect(all.map(({ eventId }) => eventId)).toEqual(
    all
      .map(({ eventId }) => eventId)
      .sort()
      .reverse(),
  );
});

it('the export has one line per event', async () => {
  const { headers, body } = await admin('GET', `/domains/${domain.domainId}/audit-events/export`);
  expect(headers.get('content-disposition')).toContain('.jsonl');
  const lines = (body as unknown as string).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as AdminBody)).toEqual(await events());
});
