import { createLocalJWKSet, jwtVerify, type JWTPayload } from 'jose';
import { LEASE_TYPE } from '../../../shared/license-lease';
import { pollChannel, pushChannel } from '../../../shared/service/security-events/set-channels';
import type { SetStream } from '../../../shared/service/security-events/security-event-token';
import type { OutgoingEvent, SendResult } from '../../../shared/service/webhooks/channel';
import type { EndpointPost } from '../../../shared/service/webhooks/endpoint-post';
import type { SigningKeys } from '../../../shared/signing/signing-keys';
import type { PendingSet } from '../../../shared/store/webhooks/pending-sets';
import { openSigningEndpoint, type SigningEndpoint } from '../../support/leases/signing-endpoint';

const REF = { scope: 'd', subscriptionId: 's' };
const STREAM: SetStream = {
  subscriptionId: 's',
  issuer: 'https://scim.example.com/scim/v2',
  audience: 'https://receiver.example.com',
  content: 'notice',
};
const ENDPOINT = 'https://receiver.example.com/sets';

const eventOf = (type: string, position = 1): OutgoingEvent => ({
  id: `e-${position}`,
  type,
  subject: 'user/u',
  changedAt: '2026-12-01T12:00:00.000Z',
  ...{ position, time: '2026-12-01T12:00:03.000Z', ttl: 2_000_000_000 },
  body: Buffer.from(
    JSON.stringify({
      ...{ id: `e-${position}`, type, time: '2026-12-01T12:00:00.000Z', domainId: 'd' },
      ...{ subject: { type: 'user', id: 'u' }, data: { userId: 'u' } },
    }),
  ),
});
const DELETED = eventOf('user.deleted');

let signing: SigningEndpoint;
let signer: SigningKeys;
let posts: EndpointPost[];
let outcome: (post: EndpointPost) => SendResult;

beforeAll(async () => {
  signing = await openSigningEndpoint();
  signer = signing.keys('First');
});
afterAll(() => signing.close());
beforeEach(() => {
  posts = [];
  outcome = () => ({ durationMs: 1, delivered: true, status: 202 });
});

const now = () => new Date('2026-12-01T12:00:10Z');
const push = (authorization?: string, keys: Pick<SigningKeys, 'signJwt'> = signer) =>
  pushChannel(
    STREAM,
    { endpoint: ENDPOINT, ...(authorization !== undefined && { authorization }) },
    {
      signer: keys,
      now,
      post: (post) => {
        posts.push(post);
        return Promise.resolve(outcome(post));
      },
    },
  );

const verify = async (jwt: string, typ = 'secevent+jwt'): Promise<JWTPayload> => {
  const keys = createLocalJWKSet({ keys: [...(await signer.publicKeys())] });
  const { issuer, audience } = STREAM;
  return (await jwtVerify(jwt, keys, { typ, issuer, audience, algorithms: ['ES256'] })).payload;
};

describe('a push', () => {
  it('is one SET that verifies, with the headers of RFC 8935', async () => {
    expect(await push('Bearer x').deliver([DELETED])).toEqual([
      { durationMs: 1, delivered: true, status: 202 },
    ]);
    const [{ endpoint, headers, body } = { endpoint: '', headers: {}, body: Buffer.of() }] = posts;
    expect([endpoint, headers]).toEqual([
      ENDPOINT,
      {
        'content-type': 'application/secevent+jwt',
        accept: 'application/json',
        'user-agent': 'scim-provisioning-sets/1',
        authorization: 'Bearer x',
      },
    ]);
    expect(await verify(body.toString())).toMatchObject({
      txn: 'e-1',
      sub_id: { format: 'scim', uri: '/Users/u' },
      events: { 'urn:ietf:params:scim:event:prov:delete': {} },
    });
  });

  it('has no authorization unless one is configured, and is the same SET each time', async () => {
    const channel = push();
    await channel.deliver([DELETED]);
    await channel.deliver([DELETED]);
    const [first, second] = await Promise.all(posts.map(({ body }) => verify(body.toString())));
    expect(first).toEqual(second);
    expect(posts[0]?.headers).not.toHaveProperty('authorization');
  });

  it('is no lease, and a lease is no SET', async () => {
    await push().deliver([DELETED]);
    await expect(verify(posts[0]?.body.toString() ?? '', LEASE_TYPE)).rejects.toThrow('typ');
    const lease = await signer.signJwt(LEASE_TYPE, { iss: STREAM.issuer, aud: STREAM.audience });
    await expect(verify(lease)).rejects.toThrow('typ');
  });

  it.each([200, 201, 203, 204, 301, 400, 500])('is accepted with 202, not with %i', async (status) => {
    await push().deliver([DELETED]);
    expect([posts[0]?.isSuccess(status), posts[0]?.isSuccess(202)]).toEqual([false, true]);
  });

  const explained = async (status: number, body: string) => {
    await push().deliver([DELETED]);
    return posts[0]?.explain?.(status, Buffer.from(body));
  };

  it('that a receiver refuses is not tried again', async () => {
    expect(await explained(400, '{"err":"invalid_request","description":"No such user."}')).toEqual({
      error: 'The receiver refused the token (invalid_request): No such user.',
      isFinal: true,
    });
  });

  it('that a receiver refuses because of the stream waits for another configuration', async () => {
    expect(await explained(400, '{"err":"invalid_audience"}')).toEqual({
      error: 'The receiver refused the token (invalid_audience)',
      isDown: true,
    });
  });

  it.each([
    [400, '<html>'],
    [400, '{}'],
    [500, '{"err":"invalid_request"}'],
  ])('is tried again after %i %s', async (status, body) => {
    expect(await explained(status, body)).toBeUndefined();
  });

  it('is one request for each event', () => {
    expect([push().fits([DELETED]), push().fits([DELETED, DELETED])]).toEqual([true, false]);
  });

  it('waits if the SET cannot be signed', async () => {
    const failing = { signJwt: () => Promise.reject(new Error('busy')) };
    expect(await push(undefined, failing).deliver([DELETED])).toEqual([
      expect.objectContaining({
        delivered: false,
        isDown: true,
        error: expect.stringContaining('signed') as string,
      }),
    ]);
    expect(posts).toEqual([]);
  });

  it('does not happen for an event that SCIM does not have', async () => {
    expect(await push().deliver([eventOf('license.ended')])).toEqual([{ durationMs: 0, delivered: true }]);
    expect(posts).toEqual([]);
  });
});

describe('a poll channel', () => {
  const stored: PendingSet[] = [];
  const channel = (add = (set: PendingSet) => Promise.resolve(void stored.push(set))) =>
    pollChannel(STREAM, REF, { signer, now, sets: { add: (_, set) => add(set) } });

  it('stores signed SETs of several events at once', async () => {
    const events = [eventOf('user.deleted', 1), eventOf('user.deactivated', 2)];
    expect(channel().fits(events)).toBe(true);
    expect(channel().fits(Array.from({ length: 11 }, () => DELETED))).toBe(false);
    expect((await channel().deliver(events)).map(({ delivered }) => delivered)).toEqual([true, true]);
    expect(stored.map(({ position, eventId, ttl }) => [position, eventId, ttl])).toEqual([
      [1, 'e-1', 2_000_000_000],
      [2, 'e-2', 2_000_000_000],
    ]);
    for (const { jwt, jti } of stored) expect(await verify(jwt)).toMatchObject({ jti });
  });

  it('waits if a SET cannot be stored', async () => {
    const results = await channel(() => Promise.reject(new Error('busy'))).deliver([DELETED]);
    expect(results).toEqual([expect.objectContaining({ delivered: false, isDown: true })]);
  });
});
