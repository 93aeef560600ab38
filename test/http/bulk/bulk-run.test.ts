import fc from 'fast-check';
import { BulkOperations } from '../../../shared/http/bulk/bulk-operations';
import { BulkRun, type BulkOperationResponse } from '../../../shared/http/bulk/bulk-run';
import { toScimRequest, type ScimRequest } from '../../../shared/http/chain/request';
import type { ScimRoute } from '../../../shared/http/chain/scim-route';
import type { ScimResponse } from '../../../shared/http/chain/response';
import { toScimError } from '../../../shared/http/chain/scim-errors';
import { parseBulk } from '../../../shared/scim/bulk/parse';
import { ScimError } from '../../../shared/scim/error';
import type { Attributes, Json } from '../../../shared/scim/resource';
import { apiEvent, requestContextParts } from '../../support/requests/api-events';

const BASE_URL = 'https://api.example.com/scim/v2';
/** Resources in memory. The id of each depends only on its name, not on the order of creation. */
class InMemoryResources {
  readonly all = new Map<string, Attributes>();
  readonly requests: ScimRequest[] = [];

  readonly routes: ScimRoute[] = [
    this.route('POST', '/Users', ({ body }) => {
      const { userName, ...rest } = body as { userName: string };
      if (userName === 'taken') throw ScimError.uniqueness('The name is taken.');
      if (userName === 'broken') throw new Error('no disk');
      this.all.set(`id-${userName}`, rest);
      return `id-${userName}`;
    }),
    this.route('PATCH', '/Users/{id}', ({ parameters, body }) => {
      const user = this.all.get(parameters.id!);
      if (!user) throw ScimError.notFound('There is no such user.');
      for (const { path, value } of (body as unknown as { Operations: { path: string; value: Json[] }[] })
        .Operations)
        user[path] = [...((user[path] ?? []) as Json[]), ...value];
      return parameters.id!;
    }),
    this.route('POST', '/Users/.search', () => 'found'),
    this.route('GET', '/Users', () => 'listed'),
  ];

  private route(method: ScimRoute['method'], path: string, act: (request: ScimRequest) => string): ScimRoute {
    const handle = (request: ScimRequest): ScimResponse => {
      this.requests.push(request);
      const id = act(request);
      const headers = { location: `${BASE_URL}/Users/${id}`, etag: `W/"${this.requests.length}"` };
      return { status: method === 'POST' ? 201 : 200, body: { id }, headers };
    };
    return { method, path, handle };
  }
}

interface BulkResult {
  readonly responses: BulkOperationResponse[];
  readonly resources: InMemoryResources;
  readonly unknownErrors: unknown[];
  /** The arguments of `onFailed`. */
  readonly failed: string[];
}

async function runBulk(
  Operations: Json[],
  { failOnErrors = null as number | null, operationLimit = Infinity } = {},
): Promise<BulkResult> {
  const resources = new InMemoryResources();
  const unknownErrors: unknown[] = [];
  const failed: string[] = [];
  const request = toScimRequest(
    apiEvent({
      method: 'POST',
      path: '/Bulk',
      headers: { 'If-Match': 'W/"9"' },
      query: { attributes: 'id' },
    }),
    {},
    { Operations },
    requestContextParts(),
  );
  let remaining = operationLimit;
  const bulk = new BulkRun(parseBulk({ Operations, failOnErrors }, BASE_URL), {
    operations: new BulkOperations(resources.routes, request),
    toScimError: (error) => toScimError(error, 'request-1', (cause) => unknownErrors.push(cause)),
    checkTime: () => {
      if (remaining-- <= 0) throw ScimError.unavailable('There was no time.', 1);
    },
    onFailed: ({ method, path }, { status }) => failed.push(`${method} ${path} ${status}`),
  });
  const responses = await bulk.run();
  expect(bulk.errors).toBe(responses.filter(({ status }) => Number(status) >= 400).length);
  return { responses, resources, unknownErrors, failed };
}

const post = (name: string, ...friends: string[]): Json => ({
  method: 'POST',
  path: '/Users',
  bulkId: name,
  data: { userName: name, friends: friends.map((value) => ({ value })) },
});
const statuses = ({ responses }: BulkResult): string[] => responses.map(({ status }) => status);

describe('an operation of a bulk', () => {
  it('is a request on behalf of the same client', async () => {
    const { resources } = await runBulk([
      post('a'),
      { method: 'PATCH', path: '/Users/bulkId:a', version: 'W/"1"', data: { Operations: [] } },
    ]);
    const [created, patched] = resources.requests;
    const shared = {
      query: { excludedAttributes: 'members,groups' },
      baseUrl: BASE_URL,
      requestId: 'request-1',
    };
    const { principal } = toScimRequest(apiEvent(), {}, undefined, requestContextParts());
    expect(created).toMatchObject({ ...shared, method: 'POST', path: '/Users', headers: {}, principal });
    expect(created!.headers).toEqual({});
    expect(patched).toMatchObject({ ...shared, path: '/Users/id-a', parameters: { id: 'id-a' } });
    expect(patched!.headers).toEqual({ 'if-match': 'W/"1"' });
  });

  it('is reported if it fails', async () => {
    const { failed } = await runBulk([
      post('a'),
      post('taken'),
      { method: 'PATCH', path: '/Users/none', data: {} },
    ]);
    expect(failed).toEqual(['POST /Users 409', 'PATCH /Users/none 404']);
  });

  it('is 500 for an internal error, and hides the cause', async () => {
    const { responses, unknownErrors } = await runBulk([post('broken'), post('a')]);
    expect(responses.map(({ status }) => status)).toEqual(['500', '201']);
    expect(responses[0]?.response?.detail).toMatch(/ Retry after 5 seconds\.$/);
    expect(JSON.stringify(responses)).not.toContain('no disk');
    expect(unknownErrors).toEqual([new Error('no disk')]);
  });

  it('cannot list or search', async () => {
    expect(statuses(await runBulk([{ ...(post('a') as Attributes), path: '/Users/.search' }]))).toEqual([
      '405',
    ]);
    expect(statuses(await runBulk([{ method: 'GET', path: '/Users' }]))).toEqual(['400']);
  });

  it('is 503 if no time is left', async () => {
    const { responses, resources } = await runBulk([post('a'), post('b'), post('c')], { operationLimit: 1 });
    expect(responses.map(({ status }) => status)).toEqual(['201', '503', '503']);
    expect([...resources.all.keys()]).toEqual(['id-a']);
  });
});

describe('a bulk with references', () => {
  it('creates referenced resources first', async () => {
    const { resources } = await runBulk([post('a', 'bulkId:b'), post('b', 'somebody')]);
    expect(Object.fromEntries(resources.all)).toEqual({
      'id-a': { friends: [{ value: 'id-b' }] },
      'id-b': { friends: [{ value: 'somebody' }] },
    });
  });

  it('returns the version after the deferred attributes were added', async () => {
    const { responses } = await runBulk([post('a', 'bulkId:b'), post('b', 'bulkId:a')]);
    expect(responses.map(({ bulkId, version }) => [bulkId, version])).toEqual([
      ['a', 'W/"2"'],
      ['b', 'W/"3"'],
    ]);
  });

  it('names the deferred attributes if no time was left to add them', async () => {
    const { responses, resources } = await runBulk([post('a', 'bulkId:b'), post('b', 'bulkId:a')], {
      operationLimit: 2,
    });
    expect(responses.map(({ status }) => status)).toEqual(['201', '503']);
    expect(responses[1]).toMatchObject({ location: `${BASE_URL}/Users/id-b`, version: 'W/"1"' });
    expect(responses[1]!.response!.detail).toMatch(/^The resource was created without friends: /);
    expect(resources.all.get('id-b')).toEqual({ friends: [] });
  });

  it('reports missing references if errors stopped the bulk', async () => {
    const { responses } = await runBulk(
      [post('a', 'bulkId:b', 'bulkId:taken'), post('b', 'bulkId:a'), post('taken')],
      { failOnErrors: 1 },
    );
    expect(responses.map(({ bulkId, status }) => `${bulkId} ${status}`)).toEqual(['b 400', 'taken 409']);
  });

  it('responds to every operation, and never with an internal error', async () => {
    const unit = fc.oneof(fc.constantFrom(0, 0x25, 0x2f, 0xd83d, 0xde00), fc.nat(0xffff));
    const text = fc.array(unit, { maxLength: 4 }).map((units) => String.fromCharCode(...units));
    const segment = fc.oneof(
      { weight: 2, arbitrary: text },
      fc.constantFrom(
        '.search',
        '%',
        '%ff',
        '%2F',
        '..',
        'bulkId:',
        'bulkId:0',
        '__proto__',
        '?a#b',
        BASE_URL,
      ),
    );
    const path = fc.oneof(
      segment,
      segment.map((id) => `/Users/${id}`),
    );
    const data = fc.oneof(
      fc
        .constantFrom('a', 'taken')
        .map((userName) => ({ userName, Operations: [], friends: [{ value: 'bulkId:0' }] })),
      fc.constantFrom<Json>(null, [], 'x', { Operations: [], friends: 'bulkId:' }),
    );
    const operation = fc.record({
      method: fc.constantFrom('POST', 'post', 'PUT', 'PATCH', 'DELETE', 'GET'),
      path,
      version: fc.oneof(text, fc.constantFrom<Json>(null, 1, {})),
      data,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(operation, text), { maxLength: 6 }), async (generated) => {
        const operations = generated.map(([operation, name], at) => ({
          ...operation,
          bulkId: at === 0 ? '0' : `${at} ${name}`,
        }));
        const { responses, unknownErrors } = await runBulk(operations);
        expect(responses).toHaveLength(operations.length);
        expect(unknownErrors).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('has the same result for every order of the operations', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const graph = fc.array(fc.subarray(names), { minLength: 5, maxLength: 5 });
    const orders = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 });
    await fc.assert(
      fc.asyncProperty(graph, orders, async (edges, order) => {
        const operations = names.map((name, at) =>
          post(name, ...edges[at]!.map((other) => `bulkId:${other}`)),
        );
        const result = await runBulk(order.map((at) => operations[at]!));
        expect(statuses(result)).toEqual(names.map(() => '201'));
        expect(result.responses.map(({ bulkId }) => bulkId)).toEqual(order.map((at) => names[at]));
        for (const [at, name] of names.entries()) {
          const friends = result.resources.all.get(`id-${name}`)?.friends as { value: string }[];
          expect(friends.map(({ value }) => value).sort()).toEqual(edges[at]!.map((other) => `id-${other}`));
        }
      }),
    );
  });
});
