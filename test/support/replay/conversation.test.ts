import { type Check, replay, type Step } from './conversation';
import type { ClientResponse, DomainClient } from '../system/system';

const URN = 'urn:example:2.0:User';

/** Returns a client that gives the same response to every request, and records the requests. */
function clientReturning(response: Partial<ClientResponse>, requests: unknown[][] = []): DomainClient {
  const request: DomainClient['request'] = (...call) => {
    requests.push(call);
    return Promise.resolve({ status: 200, headers: new Headers(), body: undefined, ...response });
  };
  return { domainId: 'd', scimKey: 'k', request };
}

const get = (expect: Partial<Step['expect']>, save?: Step['save']): Step => ({
  name: 'a step',
  request: { method: 'GET', path: '/Users/{{id}}' },
  expect: { status: [200], ...expect },
  save,
});

const BODY = {
  id: '7',
  tags: ['a', 'b'],
  emails: [{ value: 'x', primary: true }],
  none: [],
  [URN]: { a: 1 },
};

describe('replay', () => {
  it.each<[Check, boolean]>([
    [{ path: 'id', equals: '7' }, true],
    [{ path: 'id', equals: 7 }, false],
    [{ path: 'emails[0].primary', equals: true }, true],
    [{ path: `["${URN}"].a`, equals: 1 }, true],
    [{ path: 'id', exists: true }, true],
    [{ path: 'nickName', exists: true }, false],
    [{ path: 'nickName', exists: false }, true],
    [{ path: 'nickName', absent: true }, true],
    [{ path: 'none', absent: true }, true],
    [{ path: 'id', absent: true }, false],
    [{ path: 'id', matches: '^\\d$' }, true],
    [{ path: 'id', matches: 'x' }, false],
    [{ path: 'tags', length: 2 }, true],
    [{ path: 'tags', length: 1 }, false],
    [{ path: 'nickName', length: 0 }, true],
    [{ path: 'tags', contains: 'b' }, true],
    [{ path: 'tags', contains: 'c' }, false],
    [{ path: 'emails', contains: { value: 'x' } }, true],
    [{ path: 'emails', contains: { value: 'x', primary: false } }, false],
  ])('evaluates the check %j as %s', async (check, isSatisfied) => {
    const step = replay(() => clientReturning({ body: BODY }))(get({ body: [check] }));
    await (isSatisfied ? expect(step).resolves.toBeUndefined() : expect(step).rejects.toThrow('but it is'));
  });

  it('reports the request, the response and the mismatches', async () => {
    const headers = new Headers({ 'content-type': 'text/html' });
    const run = replay(() => clientReturning({ status: 500, headers, body: 'Oops' }));
    const step = run(get({ headers: { 'content-type': '^application/scim\\+json' } }));
    await expect(step).rejects.toThrow(
      'status 500, not 200\ncontent-type: text/html does not match ^application/scim\\+json\n\n→ GET /Users/{{id}}\n← 500 "Oops"',
    );
  });

  it('inserts saved values into later steps', async () => {
    const requests: unknown[][] = [];
    const run = replay(() => clientReturning({ body: BODY }, requests));
    await run(get({}, { id: 'id', first: 'emails[0]' }));
    await run({
      ...get({ body: [{ path: 'id', equals: '{{id}}' }] }),
      request: {
        method: 'PUT',
        path: '/Users/{{id}}',
        body: { emails: ['{{first}}'], userName: 'u-{{id}}' },
      },
    });
    expect(requests[1]).toEqual([
      'PUT',
      '/Users/7',
      { emails: [BODY.emails[0]], userName: 'u-7' },
      undefined,
    ]);
  });

  it('encodes the query', async () => {
    const requests: unknown[][] = [];
    const query = { filter: 'userName eq "a+b@example.com"', count: '1' };
    await replay(() => clientReturning({}, requests))({
      ...get({}),
      request: { method: 'GET', path: '/Users', query },
    });
    expect(requests[0]?.[1]).toBe('/Users?filter=userName+eq+%22a%2Bb%40example.com%22&count=1');
  });

  it('refuses a check that checks nothing', async () => {
    const run = replay(() => clientReturning({ body: BODY }));
    await expect(run(get({ body: [{ path: 'id' }] }))).rejects.toThrow('checks nothing');
  });
});
