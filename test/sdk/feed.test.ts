import { type ChangeEvent } from '../../sdk/src/events.ts';
import { FeedGapError, type FeedOptions, type FeedPage, readFeed } from '../../sdk/src/feed.ts';
import { ServiceRefusedError, ServiceUnavailableError } from '../../sdk/src/service-api.ts';

const event = (position: number): ChangeEvent => ({
  id: `event-${position}`,
  type: 'user.deleted',
  schemaVersion: 1,
  time: '2026-12-01T12:00:00.000Z',
  domainId: 'd-1',
  subject: { type: 'user', id: `u-${position}` },
  sequence: 1,
  actor: { kind: 'unknown' },
  data: { userId: `u-${position}` },
});

/** A feed with two events in a page, which answers as the admin API does. */
function feedOf(events: readonly ChangeEvent[], failures: (number | 'offline')[] = []) {
  const requests: URL[] = [];
  const tokens: (string | null)[] = [];
  const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    requests.push(url);
    tokens.push(new Headers(init?.headers).get('authorization'));
    const failure = failures.shift();
    if (failure === 'offline') return Promise.reject(new TypeError('fetch failed'));
    if (failure !== undefined)
      return Promise.resolve(
        Response.json({ detail: 'Change it.' }, { status: failure, headers: { 'retry-after': '0' } }),
      );
    const after = Number(url.searchParams.get('after') ?? 0);
    const items = events.slice(after, after + 2);
    const next = after + items.length;
    return Promise.resolve(Response.json({ items, next: String(next), more: next < events.length }));
  };
  return { fetch, requests, tokens };
}
const OPTIONS = { url: 'https://scim.example.com/admin/v1', token: 'token-1' };
const three = [1, 2, 3].map(event);

async function pagesOf(options: FeedOptions, count = Infinity): Promise<FeedPage[]> {
  const pages: FeedPage[] = [];
  for await (const page of readFeed(options)) if (pages.push(page) === count) break;
  return pages;
}

describe('the feed', () => {
  it('is read page by page to its end, with the cursor to continue', async () => {
    const { fetch, requests, tokens } = feedOf(three);
    expect(await pagesOf({ ...OPTIONS, fetch })).toEqual([
      { events: three.slice(0, 2), cursor: '2' },
      { events: three.slice(2), cursor: '3' },
    ]);
    expect(requests.map(String)).toEqual([
      'https://scim.example.com/admin/v1/events',
      'https://scim.example.com/admin/v1/events?after=2',
    ]);
    expect(new Set(tokens)).toEqual(new Set(['Bearer token-1']));
  });

  it('is that of a domain, with some types, from a time or from a cursor on', async () => {
    const { fetch, requests } = feedOf(three);
    const types = ['license.ended', 'user.deleted'] as const;
    await pagesOf({ ...OPTIONS, fetch, domainId: 'd-1', types, since: new Date(0), limit: 50 }, 1);
    await pagesOf({ ...OPTIONS, fetch, after: '2', since: new Date(0) });
    expect(
      requests.map(({ pathname, searchParams }) => [pathname, Object.fromEntries(searchParams)]),
    ).toEqual([
      [
        '/admin/v1/domains/d-1/events',
        { types: types.join(), since: '1970-01-01T00:00:00.000Z', limit: '50' },
      ],
      ['/admin/v1/events', { after: '2' }],
    ]);
  });

  it('at its end has no page if nothing is new, and ends', async () => {
    expect(await pagesOf({ ...OPTIONS, ...feedOf(three), after: '3' })).toEqual([]);
  });

  it('waits for new events if it polls, until it is told to end', async () => {
    const events = [event(1)];
    const { fetch } = feedOf(events);
    const stop = new AbortController();
    const cursors: string[] = [];
    for await (const { cursor } of readFeed({ ...OPTIONS, fetch, pollSeconds: 0, signal: stop.signal })) {
      cursors.push(cursor);
      if (cursors.length === 3) stop.abort();
      else events.push(event(events.length + 1));
    }
    expect(cursors).toEqual(['1', '2', '3']);
  });

  it('waits while the service cannot be reached, only if it polls', async () => {
    for (const failure of ['offline', 503, 429] as const) {
      const polled = feedOf(three, [failure, failure]);
      expect(await pagesOf({ ...OPTIONS, ...polled, pollSeconds: 0 }, 2)).toHaveLength(2);
      const once = feedOf(three, [failure]);
      await expect(pagesOf({ ...OPTIONS, ...once })).rejects.toThrow(ServiceUnavailableError);
    }
  });

  it('tells that events have expired, and what is wrong with a request', async () => {
    const expired = feedOf(three, [409]);
    await expect(pagesOf({ ...OPTIONS, ...expired, after: '1', pollSeconds: 0 })).rejects.toThrow(
      FeedGapError,
    );
    const refused = feedOf(three, [401]);
    await expect(pagesOf({ ...OPTIONS, ...refused, pollSeconds: 0 })).rejects.toThrow(ServiceRefusedError);
  });
});
