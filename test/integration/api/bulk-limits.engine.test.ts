import { PATCH_OP } from '../../../shared/scim/urns';
import { uniqueName } from '../../support/requests/bodies';
import {
  bulkResponses,
  bulkBody,
  type BulkOperationBody,
  createUserOperation,
} from '../../support/requests/bulk';
import { findByFilter } from '../../support/requests/list';
import { inOneSlot } from '../../support/system/rate-slot';
import { expectScimError } from '../../support/requests/scim-error';
import { type ClientResponse, type DomainClient, createDomainClient } from '../../support/system/system';

interface BulkConfig {
  readonly supported: boolean;
  readonly maxOperations: number;
  readonly maxPayloadSize: number;
}

let unlimited: DomainClient;
let standard: DomainClient;
beforeAll(async () => {
  [unlimited, standard] = await Promise.all([
    createDomainClient(),
    createDomainClient({ ratePlan: 'standard' }),
  ]);
});

const configOf = async ({ request }: DomainClient): Promise<BulkConfig> =>
  ((await request('GET', '/ServiceProviderConfig')).body as { bulk: BulkConfig }).bulk;
/** Returns operations that fail at low cost. */
const emptyOperations = (length: number): BulkOperationBody[] =>
  Array.from({ length }, () => ({ method: 'DELETE', path: '/Nope' }));
const send = ({ request }: DomainClient, operations: readonly BulkOperationBody[]): Promise<ClientResponse> =>
  request('POST', '/Bulk', bulkBody(operations));
const remainingRequests = ({ headers }: ClientResponse): number =>
  Number(headers.get('x-ratelimit-remaining'));

describe('a bulk of the maximum size in /ServiceProviderConfig', () => {
  it('is accepted; with one more operation, it is refused with 413 and the limit, and changes nothing', async () => {
    const { supported, maxOperations } = await configOf(unlimited);
    expect(supported).toBe(true);
    expect(bulkResponses(await send(unlimited, emptyOperations(maxOperations)))).toHaveLength(maxOperations);
    const userName = uniqueName();
    const response = await send(unlimited, [
      createUserOperation('a', userName),
      ...emptyOperations(maxOperations),
    ]);
    expectScimError(response, 413);
    expect((response.body as { detail: string }).detail).toContain(`at most ${maxOperations} `);
    expect((await findByFilter(unlimited, '/Users', `userName eq "${userName}"`)).totalResults).toBe(0);
  });

  it('is accepted with the maximum number of bytes; with one more byte, it is refused with 413 and the limit', async () => {
    const { maxPayloadSize } = await configOf(unlimited);
    const body = JSON.stringify(bulkBody([]));
    const full = body + ' '.repeat(maxPayloadSize - body.length);
    expect(bulkResponses(await unlimited.request('POST', '/Bulk', full))).toEqual([]);
    const response = await unlimited.request('POST', '/Bulk', `${full} `);
    expectScimError(response, 413);
    expect((response.body as { detail: string }).detail).toContain(`at most ${maxPayloadSize} `);
  });
});

it.each<[string, object | string]>([
  ['missing operations', {}],
  ['another message schema', { schemas: [PATCH_OP], Operations: [] }],
  ['a negative number of allowed errors', { failOnErrors: -1, Operations: [] }],
  ['a list', '[]'],
  ['malformed JSON', '{'],
])('an invalid bulk is refused with 400: %s', async (_, body) => {
  expectScimError(await unlimited.request('POST', '/Bulk', body), 400, 'invalidSyntax');
});

it('a bulk with a duplicate bulkId is refused with 400, and changes nothing', async () => {
  const userName = uniqueName();
  expectScimError(
    await send(unlimited, [createUserOperation('a', userName), createUserOperation('a', uniqueName())]),
    400,
    'invalidSyntax',
  );
  expect((await findByFilter(unlimited, '/Users', `userName eq "${userName}"`)).totalResults).toBe(0);
});

describe('a bulk on the standard plan', () => {
  it('counts as one request for each ten operations, and is refused above the limit of the plan', async () => {
    const { maxOperations } = await configOf(standard);
    expect(maxOperations).toBe(200);
    expectScimError(await send(standard, emptyOperations(maxOperations + 1)), 413);
    const userName = uniqueName();
    const [fresh, first, second, refused] = await inOneSlot(
      async (domain) =>
        [
          domain,
          await send(domain, emptyOperations(41)),
          await send(domain, emptyOperations(10)),
          await send(domain, [createUserOperation('a', userName), ...emptyOperations(140)]),
        ] as const,
    );
    expect(bulkResponses(first)).toHaveLength(41);
    expect(remainingRequests(first) - remainingRequests(second)).toBe(1);
    expect(first.headers.get('ratelimit')).toMatch(/"burst";r=15;/);

    expectScimError(refused, 429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((refused.body as { detail: string }).detail).toContain('counts as 14 more');
    // The refused bulk counts as one request.
    expect(remainingRequests(second) - remainingRequests(refused)).toBe(1);
    const found = await findByFilter(fresh, '/Users', `userName eq "${userName}"`);
    expect(found.totalResults).toBe(0);
  });

  it('of the maximum size fits into an unused slot of ten seconds', async () => {
    const response = await inOneSlot((domain) => send(domain, emptyOperations(200)));
    expect(bulkResponses(response)).toHaveLength(200);
    expect(response.headers.get('ratelimit')).toMatch(/"burst";r=0;/);
  });
});
