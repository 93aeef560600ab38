import Ajv2020 from 'ajv/dist/2020';
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';
import schema from '../../../docs/scim-events.schema.json';
import { LEASE_TYPE } from '../../../shared/license-lease';
import { systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { patchBody, replaceBody, userBody } from '../../support/requests/bodies';
import { adminClient } from '../../support/system/admin-client';
import { createDomainClient, type DomainClient, session } from '../../support/system/system';
import { Receiver } from '../../support/webhooks/receiver';

const PROVISIONING = 'urn:ietf:params:scim:event:prov:';
const admin = adminClient();
const isValid = new Ajv2020({ strict: false }).compile(schema);

let domain: DomainClient;
let other: DomainClient;
beforeAll(async () => {
  [domain, other] = await Promise.all([createDomainClient(), createDomainClient()]);
});

interface Created {
  readonly token: string;
  readonly subscription: {
    readonly subscriptionId: string;
    readonly issuer: string;
    readonly audience: string;
    readonly hasAuthorization?: boolean;
  };
}

async function subscribe(settings: object, { domainId }: DomainClient = domain): Promise<Created> {
  const { status, body } = await admin('POST', `/domains/${domainId}/subscriptions`, {
    name: 'Receiver',
    ...settings,
  });
  expect([status, body.detail]).toEqual([201, undefined]);
  return body as unknown as Created;
}

/** Verifies a SET with the published keys, as a receiver does. */
async function verify(jwt: string, { subscription: { issuer, audience } }: Created, typ = 'secevent+jwt') {
  const response = await fetch(session().licenseCheckUrl.replace(/check$/, 'jwks'));
  const keys = createLocalJWKSet((await response.json()) as JSONWebKeySet);
  const { payload } = await jwtVerify(jwt, keys, { typ, issuer, audience, algorithms: ['ES256'] });
  expect(isValid(payload)).toBe(true);
  return payload as unknown as Claims;
}

interface Claims {
  readonly jti: string;
  readonly txn: string;
  readonly domainId: string;
  readonly sub_id: { readonly uri: string };
  readonly events: Readonly<Record<string, { readonly data?: object }>>;
}

const pathOf = ({ subscription: { subscriptionId } }: Created, { domainId }: DomainClient = domain): string =>
  `/domains/${domainId}/subscriptions/${subscriptionId}`;

const create = async (path: string, body: object): Promise<string> =>
  ((await domain.request('POST', path, body)).body as { id: string }).id;

describe('a poll', () => {
  let poller: Created;
  let stranger: Created;
  beforeAll(async () => {
    [poller, stranger] = await Promise.all([
      subscribe({ kind: 'setPoll' }),
      subscribe({ kind: 'setPoll' }, other),
    ]);
  });

  const poll = async (body: object = { returnImmediately: true }, of = poller, client = domain) => {
    const response = await adminClient(of.token)('POST', `${pathOf(of, client)}/sets`, body);
    expect(response.status).toBe(200);
    return response.body as unknown as { sets: Record<string, string>; moreAvailable: boolean };
  };
  /** Polls until there are as many SETs. */
  const pollUntil = async (count: number): Promise<Record<string, string>> => {
    let sets: Record<string, string> = {};
    await eventually('the SETs', async () => {
      ({ sets } = await poll());
      return Object.keys(sets).length >= count;
    });
    return sets;
  };

  it('returns verified SETs of a user, in order, until they are acknowledged', async () => {
    const id = await create('/Users', userBody());
    await domain.request('PATCH', `/Users/${id}`, replaceBody('title', 'Manager'));
    await domain.request('PATCH', `/Users/${id}`, replaceBody('active', false));
    await domain.request('DELETE', `/Users/${id}`);
    const sets = await pollUntil(4);
    const claims = await Promise.all(Object.values(sets).map((jwt) => verify(jwt, poller)));
    expect(claims.map(({ events }) => Object.keys(events))).toEqual(
      ['create:notice', 'put:notice', 'deactivate', 'delete'].map((name) => [PROVISIONING + name]),
    );
    expect(claims.map(({ jti }) => jti)).toEqual(Object.keys(sets));
    for (const { sub_id, domainId } of claims)
      expect([sub_id.uri, domainId]).toEqual([`/Users/${id}`, domain.domainId]);
    const [first = '', second = '', ...others] = Object.keys(sets);

    expect((await poll()).sets).toEqual(sets);
    expect(await poll({ maxEvents: 1, returnImmediately: true })).toEqual({
      sets: { [first]: sets[first] },
      moreAvailable: true,
    });
    const left = await poll({ ack: [first, ...others], returnImmediately: true });
    expect(left).toEqual({ sets: { [second]: sets[second] }, moreAvailable: false });
    await refuse(second, id);
  });

  /** Refuses a SET, so that it becomes a dead letter, and replays it. */
  async function refuse(jti: string, userId: string): Promise<void> {
    const setErrs = { [jti]: { err: 'invalid_request', description: 'Unknown user.' } };
    const refused = await poll({ maxEvents: 0, setErrs, returnImmediately: true });
    expect(refused).toEqual({ sets: {}, moreAvailable: false });
    const { body } = await admin('GET', `${pathOf(poller)}/dead-letters`);
    expect(body.items).toEqual([
      expect.objectContaining({
        type: 'user.changed',
        subject: `user/${userId}`,
        error: 'The receiver refused the token (invalid_request): Unknown user.',
      }),
    ]);
    const replay = await admin('POST', `${pathOf(poller)}/replays`, { deadLetters: 'all' });
    expect(replay.status).toBe(202);
    expect(Object.keys(await pollUntil(1))).toEqual([jti]);
    await poll({ maxEvents: 0, ack: [jti], returnImmediately: true });
  }

  it('returns only SETs of its own domain', async () => {
    const created = await other.request('POST', '/Users', userBody());
    const uri = `/Users/${(created.body as { id: string }).id}`;
    const urisOf = ({ sets }: { sets: Record<string, string> }) =>
      Object.values(sets).map((jwt) => (decodeJwt(jwt).sub_id as { uri: string }).uri);
    await eventually('the SET of the other domain', async () => {
      const uris = urisOf(await poll({ returnImmediately: true }, stranger, other));
      expect(uris.filter((each) => each !== uri)).toEqual([]);
      return uris.length === 1;
    });
    expect(urisOf(await poll())).not.toContain(uri);
  });

  it('serves only the token of its own subscription', async () => {
    const [neighbor, feed] = await Promise.all([subscribe({ kind: 'setPoll' }), subscribe({ kind: 'feed' })]);
    const path = `${pathOf(poller)}/sets`;
    const statusOf = async (token: string, method = 'POST', at = path) =>
      (await adminClient(token)(method, at, method === 'POST' ? {} : undefined)).status;
    expect(await statusOf(neighbor.token)).toBe(403);
    expect(await statusOf(stranger.token)).toBe(404);
    expect(await statusOf(feed.token)).toBe(403);
    expect(await statusOf(poller.token.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).toBe(401);
    expect(await statusOf('')).toBe(401);
    // The token polls, and does nothing else.
    expect(await statusOf(poller.token, 'GET', `/domains/${domain.domainId}/events`)).toBe(403);
    expect(await statusOf(poller.token, 'GET', pathOf(poller))).toBe(403);
    expect(await statusOf(poller.token, 'POST', `${pathOf(poller)}/token`)).toBe(403);
    expect(await statusOf(poller.token, 'GET', '/event-types')).toBe(200);
  });

  it('ends with another token, a pause, and a wrong body', async () => {
    const short = await subscribe({ kind: 'setPoll' });
    const path = `${pathOf(short)}/sets`;
    const statusOf = async (token: string, body: object = { returnImmediately: true }) =>
      (await adminClient(token)('POST', path, body)).status;
    for (const body of [
      { maxEvents: -1 },
      { ack: 'x' },
      { setErrs: { x: {} } },
      { ack: Array(501).fill('x') },
    ])
      expect(await statusOf(short.token, body)).toBe(400);
    expect(await statusOf(short.token, { extension: true, returnImmediately: true })).toBe(200);
    const { body } = await admin('POST', `${pathOf(short)}/token`);
    expect([await statusOf(short.token), await statusOf(body.token)]).toEqual([401, 200]);
    await admin('PATCH', pathOf(short), { state: 'paused' });
    expect(await statusOf(body.token)).toBe(401);
    expect((await admin('POST', path, {})).status).toBe(409);
  });
});

describe('a push', () => {
  it('is a verified SET with the authorization, and another one is a dead letter if it is refused', async () => {
    const receiver = new Receiver();
    await receiver.respond(
      { status: 400, body: { err: 'invalid_request', description: 'No such group.' } },
      202,
    );
    const audience = 'https://receiver.example.com';
    const pusher = await subscribe({
      ...{ kind: 'setPush', endpoint: receiver.url, audience, content: 'full' },
      ...{ authorization: 'Bearer 0123', types: ['group.created', 'group.membersAdded'] },
    });
    expect(pusher.subscription).toMatchObject({ audience, hasAuthorization: true });
    expect(JSON.stringify(pusher)).not.toContain('0123');
    const member = await create('/Users', userBody());
    const group = await create('/Groups', { displayName: 'Sales' });
    await eventually('the refusal', async () => {
      const { body } = await admin('GET', `${pathOf(pusher)}/dead-letters`);
      return body.items.length === 1;
    });
    await domain.request(
      'PATCH',
      `/Groups/${group}`,
      patchBody({ op: 'add', path: 'members', value: [{ value: member }] }),
    );
    await eventually('the members', async () => (await receiver.received()).length >= 2);
    const [refused, accepted] = await receiver.received();
    expect(accepted?.headers).toMatchObject({
      'content-type': 'application/secevent+jwt',
      authorization: 'Bearer 0123',
    });
    const { events, sub_id } = await verify(accepted?.body ?? '', pusher);
    expect([sub_id, events]).toEqual([
      { format: 'scim', uri: `/Groups/${group}` },
      {
        [`${PROVISIONING}patch:full`]: {
          data: {
            schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
            Operations: [
              { op: 'add', path: 'members', value: [{ value: member, $ref: `/Users/${member}` }] },
            ],
          },
        },
      },
    ]);
    await verifyRefused(refused?.body ?? '', pusher, group);
  });

  /** The first SET is that of the group, and a log of deliveries says why it was refused. */
  async function verifyRefused(jwt: string, pusher: Created, group: string): Promise<void> {
    const { events } = await verify(jwt, pusher);
    expect(events[`${PROVISIONING}create:full`]?.data).toMatchObject({ id: group, displayName: 'Sales' });
    const { body } = await admin('GET', `${pathOf(pusher)}/deliveries`);
    expect(body.items.at(-1)).toMatchObject({
      delivered: false,
      status: 400,
      error: 'The receiver refused the token (invalid_request): No such group.',
    });
    await expect(verify(jwt, pusher, LEASE_TYPE)).rejects.toThrow('typ');
    const forged = jwt.replace(/\.([^.]+)\./, (_, claims: string) => `.${claims.slice(0, -4)}AAAA.`);
    await expect(verify(forged, pusher)).rejects.toThrow();
  }
});

it('the table has no authorization in plain text', async () => {
  const receiver = new Receiver();
  const { subscription } = await subscribe({
    ...{ kind: 'setPush', endpoint: receiver.url, authorization: 'Basic c2VjcmV0LXZhbHVl' },
  });
  const table = await systemTable();
  const { items } = await table.query({ pk: `${domain.domainId}#SUBSCRIPTIONS`, limit: 100 });
  expect(JSON.stringify(items)).toContain(subscription.subscriptionId);
  expect(JSON.stringify(items)).not.toContain('c2VjcmV0LXZhbHVl');
  const events = await admin('GET', `/domains/${domain.domainId}/audit-events`);
  expect(JSON.stringify(events.body)).not.toContain('c2VjcmV0LXZhbHVl');
});

it.each<[string, object, string]>([
  ['a private endpoint', { kind: 'setPush', endpoint: 'https://10.0.0.1/' }, 'public internet'],
  ['no endpoint', { kind: 'setPush' }, 'needs the URL'],
  ['an endpoint of a poll', { kind: 'setPoll', endpoint: 'https://example.com' }, 'no endpoint'],
  ['an authorization of a poll', { kind: 'setPoll', authorization: 'x' }, 'no authorization'],
  ['an audience of a feed', { kind: 'feed', audience: 'x' }, 'no audience'],
  [
    'a line break',
    { kind: 'setPush', endpoint: 'https://example.com', authorization: 'a\r\nb: c' },
    'visible',
  ],
  ['an empty audience', { kind: 'setPoll', audience: '' }, 'audience'],
  [
    'a type that SCIM does not have',
    { kind: 'setPoll', types: ['user.deleted', 'license.ended'] },
    'license.ended',
  ],
])('is refused with %s', async (_, settings, reason) => {
  const path = `/domains/${domain.domainId}/subscriptions`;
  const { status, body } = await admin('POST', path, { name: 'Receiver', ...settings });
  expect([status, body.detail]).toEqual([400, expect.stringContaining(reason) as string]);
});
