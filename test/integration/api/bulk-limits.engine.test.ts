import { PATCH_OP } from '../../../shared/scim/urns';
import { freshName } from '../../support/requests/bodies';
import { answersIn, bulkBody, type BulkOperationBody, postUser } from '../../support/requests/bulk';
import { search } from '../../support/requests/list';
import '../../support/jest/timeouts';
import { beginOfSlot } from '../../support/system/rate-slot';
import { expectScimError } from '../../support/requests/scim-error';
import { type Answer, type DomainClient, newDomain } from '../../support/system/system';

interface BulkConfig {
  readonly supported: boolean;
  readonly maxOperations: number;
  readonly maxPayloadSize: number;
}

let unlimited: DomainClient;
let standard: DomainClient;
beforeAll(async () => {
  [unlimited, standard] = await Promise.all([newDomain(), newDomain({ ratePlan: 'standard' })]);
});

const configOf = async ({ request }: DomainClient): Promise<BulkConfig> =>
  ((await request('GET', '/ServiceProviderConfig')).body as { bulk: BulkConfig }).bulk;
/** Cheap ones, which fail. */
const nothings = (length: number): BulkOperationBody[] =>
  Array.from({ length }, () => ({ method: 'DELETE', path: '/Nope' }));
const send = ({ request }: DomainClient, operations: readonly BulkOperationBody[]): Promise<Answer> =>
  request('POST', '/Bulk', bulkBody(operations));
const left = ({ headers }: Answer): number => Number(headers.get('x-ratelimit-remaining'));

describe('a bulk as large as /ServiceProviderConfig says', () => {
  it('is done, and one operation more is 413 with the limit, and nothing is done', async () => {
    const { supported, maxOperations } = await configOf(unlimited);
    expect(supported).toBe(true);
    expect(answersIn(await send(unlimited, nothings(maxOperations)))).toHaveLength(maxOperations);
    const userName = freshName();
    const answer = await send(unlimited, [postUser('a', userName), ...nothings(maxOperations)]);
    expectScimError(answer, 413);
    expect((answer.body as { detail: string }).detail).toContain(`${maxOperations} at most`);
    expect((await search(unlimited, '/Users', `userName eq "${userName}"`)).totalResults).toBe(0);
  });

  it('may have as many bytes, and one more is 413 with the limit', async () => {
    const { maxPayloadSize } = await configOf(unlimited);
    const body = JSON.stringify(bulkBody([]));
    const full = body + ' '.repeat(maxPayloadSize - body.length);
    expect(answersIn(await unlimited.request('POST', '/Bulk', full))).toEqual([]);
    const answer = await unlimited.request('POST', '/Bulk', `${full} `);
    expectScimError(answer, 413);
    expect((answer.body as { detail: string }).detail).toContain(`${maxPayloadSize} at most`);
  });
});

it.each<[string, object | string]>([
  ['no operations', {}],
  ['another message', { schemas: [PATCH_OP], Operations: [] }],
  ['no error allowed', { failOnErrors: 0, Operations: [] }],
  ['a list', '[]'],
  ['no JSON', '{'],
])('a bulk that is wrong as a whole is 400: %s', async (_, body) => {
  expectScimError(await unlimited.request('POST', '/Bulk', body), 400, 'invalidSyntax');
});

it('a bulk with a bulkId twice is 400, and nothing is done', async () => {
  const userName = freshName();
  expectScimError(
    await send(unlimited, [postUser('a', userName), postUser('a', freshName())]),
    400,
    'invalidSyntax',
  );
  expect((await search(unlimited, '/Users', `userName eq "${userName}"`)).totalResults).toBe(0);
});

describe('a bulk of a domain on the standard plan', () => {
  it('counts ten operations as a request, may be as large as the plan lets pass, and is refused past it', async () => {
    // An instance that starts takes its time.
    const { maxOperations } = await configOf(standard);
    await send(unlimited, []);
    expect(maxOperations).toBe(200);
    expectScimError(await send(standard, nothings(maxOperations + 1)), 413);
    const fresh = await newDomain({ ratePlan: 'standard' });
    await beginOfSlot();

    const first = await send(fresh, nothings(41));
    expect(answersIn(first)).toHaveLength(41);
    const second = await send(fresh, nothings(10));
    expect(left(first) - left(second)).toBe(1);
    expect(first.headers.get('ratelimit')).toMatch(/"burst";r=15;/);

    const userName = freshName();
    const refused = await send(fresh, [postUser('a', userName), ...nothings(140)]);
    expectScimError(refused, 429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((refused.body as { detail: string }).detail).toContain('counts as 14 more');
    // The request itself was counted, what did not fit was not.
    expect(left(second) - left(refused)).toBe(1);
    const found = await search(fresh, '/Users', `userName eq "${userName}"`);
    expect(found.totalResults).toBe(0);
  });

  it('fits as a whole into ten seconds that nothing else has used', async () => {
    const fresh = await newDomain({ ratePlan: 'standard' });
    await beginOfSlot();
    const answer = await send(fresh, nothings(200));
    expect(answersIn(answer)).toHaveLength(200);
    expect(answer.headers.get('ratelimit')).toMatch(/"burst";r=0;/);
  });
});
