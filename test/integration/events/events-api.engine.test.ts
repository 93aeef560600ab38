import type { ChangeEvent } from '../../../shared/events/event';
import { eventKey } from '../../../shared/store/table/event-keys';
import { systemTable } from '../../support/consistency/domain-data';
import { readFeed } from '../../support/events/feed';
import { eventually } from '../../support/jest/timeouts';
import { replaceBody, userBody } from '../../support/requests/bodies';
import { adminClient, type AdminResponse } from '../../support/system/admin-client';
import { createDomainClient, type DomainClient, session } from '../../support/system/system';

const admin = adminClient();
let domain: DomainClient;
let other: DomainClient;
let token: string;
let subscriptionId: string;

beforeAll(async () => {
  [domain, other] = await Promise.all([createDomainClient(), createDomainClient()]);
  const { status, body } = await admin('POST', `/domains/${domain.domainId}/subscriptions`, {
    name: 'Product',
    kind: 'feed',
    types: ['user.created', 'license.activated', 'license.ended'],
  });
  expect(status).toBe(201);
  ({ token } = body);
  ({ subscriptionId } = body.subscription);
});

const eventsPath = (query = '') => `/domains/${domain.domainId}/events${query}`;
const itemsOf = ({ body }: AdminResponse): ChangeEvent[] => body.items as unknown as ChangeEvent[];

/** Reads with the token until the feed has as many events. */
async function readUntil(count: number, query = ''): Promise<AdminResponse> {
  let response: AdminResponse | undefined;
  await eventually('the events', async () => {
    response = await adminClient(token)('GET', eventsPath(query));
    expect(response.status).toBe(200);
    return itemsOf(response).length >= count;
  });
  return response as AdminResponse;
}

it('a product reads its feed from the change right after the creation, page by page, and only the wanted types', async () => {
  const created = await domain.request('POST', '/Users', userBody());
  const { id } = created.body as { id: string };
  await domain.request('PATCH', `/Users/${id}`, replaceBody('title', 'Manager'));
  await domain.request('PATCH', `/Users/${id}`, replaceBody('active', false));
  const all = itemsOf(await readUntil(3));
  expect(all.map(({ type }) => type).sort()).toEqual(['license.activated', 'license.ended', 'user.created']);
  expect(all[0]).not.toHaveProperty('after');

  const paged: ChangeEvent[] = [];
  let next = '0';
  for (let more = true; more;) {
    const page = await adminClient(token)('GET', eventsPath(`?after=${next}&limit=1`));
    paged.push(...itemsOf(page));
    next = page.body.next ?? '';
    more = page.body.more as boolean;
  }
  expect(paged).toEqual(all);
  const ended = await adminClient(token)('GET', eventsPath('?types=license.ended,user.changed'));
  expect(itemsOf(ended).map(({ type }) => type)).toEqual(['license.ended']);
});

it('a page at the end continues with what follows', async () => {
  await eventually('the end', async () => {
    const { body } = await adminClient(token)('GET', eventsPath());
    return body.more === false;
  });
  const { body } = await adminClient(token)('GET', eventsPath('?limit=100'));
  const { next = '' } = body;
  const user = await domain.request('POST', '/Users', userBody());
  const later = await readUntil(2, `?after=${next}`);
  expect(itemsOf(later).map(({ subject }) => subject.id)).toEqual(
    Array(2).fill((user.body as { id: string }).id),
  );
});

it('a replay from a time has the same bytes', async () => {
  // The feed may also have events of the domain, which the subscription does not get.
  const first = (await readFeed(domain.domainId)).find(({ type }) => type === 'user.created');
  const read = async () => {
    const response = await fetch(`${session().adminUrl}${eventsPath(`?since=${first?.time ?? ''}`)}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return response.text();
  };
  const text = await read();
  expect(await read()).toBe(text);
  expect(text).toContain(JSON.stringify(first));
  const future = await adminClient(token)('GET', eventsPath('?since=2999-01-01T00:00:00Z'));
  expect(future.body.items).toEqual([]);
});

it('a token reads no other domain, not the deployment, and nothing but events', async () => {
  const product = adminClient(token);
  const refusals = await Promise.all([
    product('GET', `/domains/${other.domainId}/events`),
    product('GET', '/events'),
    product('GET', `/domains/${domain.domainId}`),
    product('GET', `/domains/${domain.domainId}/subscriptions`),
    product('DELETE', `/domains/${domain.domainId}/subscriptions/${subscriptionId}`),
    product('GET', '/me'),
  ]);
  expect(refusals.map(({ status }) => status)).toEqual([404, 403, 403, 403, 403, 403]);
  const types = await product('GET', '/event-types');
  expect(types.status).toBe(200);
});

it('a mistyped token, and one of another subscription, are refused', async () => {
  const [prefix = '', scope = '', id = '', secret = ''] = token.split('_');
  const swapped = `${prefix}_${other.domainId}_${id}_${secret}`;
  for (const wrong of [token.slice(0, -1), `${token}x`, swapped, token.replace(scope, 'DEPLOYMENT')])
    expect((await adminClient(wrong)('GET', eventsPath())).status).toBe(401);
});

it('a replaced token, a paused subscription, and a deleted one end the access', async () => {
  const path = `/domains/${domain.domainId}/subscriptions`;
  const created = await admin('POST', path, { name: 'Short-lived', kind: 'feed' });
  const { subscriptionId: id } = created.body.subscription;
  const reads = async (each: string) => (await adminClient(each)('GET', eventsPath())).status;
  expect(await reads(created.body.token)).toBe(200);
  const replaced = await admin('POST', `${path}/${id}/token`);
  expect(await reads(created.body.token)).toBe(401);
  expect(await reads(replaced.body.token)).toBe(200);
  await admin('PATCH', `${path}/${id}`, { state: 'paused' });
  expect(await reads(replaced.body.token)).toBe(401);
  await admin('PATCH', `${path}/${id}`, { state: 'active' });
  expect(await reads(replaced.body.token)).toBe(200);
  expect((await admin('DELETE', `${path}/${id}`)).status).toBe(204);
  expect(await reads(replaced.body.token)).toBe(401);
});

it('a cursor whose events have expired is refused, and reading without a cursor goes on', async () => {
  await (await systemTable()).delete(eventKey(domain.domainId, 1));
  const expired = await admin('GET', eventsPath('?after=0'));
  expect(expired.status).toBe(409);
  expect(expired.body.detail).toContain('continue without a cursor');
  expect((await admin('GET', eventsPath('?after=1'))).status).toBe(200);
  expect((await admin('GET', eventsPath())).status).toBe(200);
});

it('a domain without a subscription records nothing', async () => {
  await other.request('POST', '/Users', userBody());
  const { status, body } = await admin('GET', `/domains/${other.domainId}/events`);
  expect([status, body.items, body.next]).toEqual([200, [], '0']);
});
