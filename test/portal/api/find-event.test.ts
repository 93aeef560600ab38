import { ApiClient } from '../../../portal/src/api/client/client';
import { findEvent, findEventOfRequest } from '../../../portal/src/api/find-event';
import type { Request } from '../../../portal/src/api/schema';

const AT = '2026-01-01T00:00:00.000Z';
const EVENT_ID = '019b7740-8800-7000-8000-000000000001';
const { signal } = new AbortController();

/** A service with these pages of events. The last one has no `next`. */
function apiWith(pages: readonly (readonly object[])[]) {
  const queries: URLSearchParams[] = [];
  const credentials = { token: () => 'token', renew: () => Promise.resolve(undefined) };
  const api = new ApiClient('https://admin.example.com', credentials, (url) => {
    const query = new URL(url).searchParams;
    queries.push(query);
    const at = Number(query.get('cursor') ?? 0);
    const body = { items: pages[at] ?? [], ...(at + 1 < pages.length && { next: String(at + 1) }) };
    return Promise.resolve(new Response(JSON.stringify(body)));
  });
  return { api, queries };
}

const others = [{ eventId: 'other', requestId: 'other' }];
const wanted = { eventId: EVENT_ID, requestId: 'request' };
const request = { requestId: 'request', at: AT, milliseconds: 500, credential: { id: 'key' } } as Request;

describe('an event', () => {
  it('is found on a later page of its seconds, also after an empty one', async () => {
    const { api, queries } = apiWith([others, [], [wanted], others]);
    expect(await findEvent(api, 'd1', EVENT_ID, signal)).toEqual(wanted);
    expect(queries.map((query) => query.get('cursor'))).toEqual([null, '1', '2']);
    const [first] = queries;
    for (const query of queries) {
      expect(query.get('from')).toBe(first?.get('from'));
      expect(query.get('to')).toBe(first?.get('to'));
    }
    expect(Date.parse(first?.get('to') ?? '') - Date.parse(first?.get('from') ?? '')).toBe(4_000);
  });

  it('is missing if no page has it', async () => {
    const { api, queries } = apiWith([others, others]);
    expect(await findEvent(api, 'd1', EVENT_ID, signal)).toBeNull();
    expect(queries).toHaveLength(2);
  });
});

describe('the event of a request', () => {
  it('is found on a later page', async () => {
    const { api, queries } = apiWith([others, [wanted]]);
    expect(await findEventOfRequest(api, 'd1', request, signal)).toEqual(wanted);
    expect(Object.fromEntries(queries[1] ?? [])).toEqual({
      from: '2025-12-31T23:59:58.000Z',
      to: '2026-01-01T00:00:02.500Z',
      actor: 'key',
      limit: '100',
      cursor: '1',
    });
  });

  it('is missing if no page has it', async () => {
    const { api } = apiWith([others, others]);
    expect(await findEventOfRequest(api, 'd1', request, signal)).toBeNull();
  });
});
