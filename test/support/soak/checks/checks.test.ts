import type { WireRequest, WireResponse } from '../../faults/wire';
import { AuditWatch } from './audit-watch';
import { SeatWatch } from './seat-watch';
import { findingsIn } from './verify-problems';

describe('SeatWatch', () => {
  const seats = (count?: number) => ({
    ...{ pk: 'd#COUNTS', sk: 'SEATS', before: undefined },
    after: { ...(count !== undefined && { seats: count }) },
  });
  const license = (userId: string, status: string) => ({
    ...{ pk: 'd#LICENSE', sk: userId, before: undefined },
    after: { status },
  });

  it('finds a license that becomes active without a free seat', () => {
    const watch = new SeatWatch();
    for (const commit of [seats(1), license('a', 'active'), license('a', 'active')]) watch.observe(commit);
    expect(watch.problems).toEqual([]);
    watch.observe(license('b', 'active'));
    expect(watch.problems).toEqual(['domain d: license b became active as number 2 of 1 seats']);
  });

  it('accepts licenses that were active before the number of seats decreased, and any number without a limit', () => {
    const watch = new SeatWatch();
    const licenses = [license('a', 'active'), license('b', 'active')];
    for (const commit of [...licenses, seats(1), license('b', 'inactive'), license('a', 'inactive')])
      watch.observe(commit);
    for (const commit of [seats(), ...licenses]) watch.observe(commit);
    expect(watch.problems).toEqual([]);
    expect(watch.limitedActivations).toBe(0);
  });
});

describe('AuditWatch', () => {
  const request = (method: string, path = '/Users/1'): WireRequest => ({
    ...{ method, url: `http://localhost${path}`, headers: {} },
  });
  const response = (status: number, body: object = {}): WireResponse => ({
    ...{ status, headers: { 'x-amzn-requestid': 'r' }, body: JSON.stringify(body) },
  });
  const problemsOf = (sent: WireRequest, received: WireResponse, actions: readonly string[]) => {
    const watch = new AuditWatch((domainId) => domainId === 'd');
    watch.onResponse(sent, received);
    for (const [at, action] of actions.entries()) {
      const event = { at: '2026-01-01T00:00:00Z', action, resourceId: '1', requestId: 'r' };
      const after = { ...event, pk: 'd#AUDIT', sk: `${at}`, actor: { kind: 'scimKey', keyId: 'k' } };
      watch.observe({ pk: 'd#AUDIT', sk: `${at}`, before: undefined, after });
    }
    return watch.problems();
  };

  it.each<[string, WireRequest, WireResponse, readonly string[]]>([
    ['a creation', request('POST', '/Users'), response(201), ['user.created']],
    ['a change', request('PATCH'), response(200), ['user.updated']],
    ['a change of nothing', request('PATCH'), response(200), []],
    ['a refused request', request('POST', '/Users'), response(403), ['request.refused']],
    ['an unknown outcome', request('POST', '/Users'), response(503), ['user.created']],
    [
      'a bulk',
      request('POST', '/Bulk'),
      response(200, { Operations: [{ status: '201' }, { status: '409' }] }),
      ['user.created'],
    ],
  ])('accepts the events of %s', (_, sent, received, actions) => {
    expect(problemsOf(sent, received, actions)).toEqual([]);
  });

  it.each<[string, WireRequest, WireResponse, readonly string[]]>([
    ['a creation without an event', request('POST', '/Users'), response(201), []],
    ['a deletion with two events', request('DELETE'), response(204), ['user.deleted', 'user.deleted']],
    ['a change with two events', request('PATCH'), response(200), ['user.updated', 'user.updated']],
    ['an event of a refused request', request('PATCH'), response(403), ['user.updated']],
    ['an event of a read', request('GET'), response(200), ['user.updated']],
  ])('finds %s', (_, sent, received, actions) => {
    expect(problemsOf(sent, received, actions)).toHaveLength(1);
  });
});

describe('findingsIn', () => {
  const result = (counts: object, problems: object[] = []) =>
    findingsIn([
      { domainId: 'd', outdated: 0, counts: { exact: true, ...counts }, items: { problems } },
    ] as never);

  it('accepts a domain in which nothing is wrong', () => expect(result({ groups: [] })).toEqual([]));

  it('finds what is wrong, and a domain that was not compared', () => {
    expect(result({ queue: [{ userId: 'u' }] }, [{ problem: 'p' }])).toEqual([
      'queue [{"userId":"u"}]',
      'problems [{"problem":"p"}]',
    ]);
    expect(result({ exact: false })).toHaveLength(1);
  });
});
