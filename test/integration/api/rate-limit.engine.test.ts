import { METADATA_PATH, STANDARD_METADATA_PATH } from '../../../shared/credentials/oauth-paths';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ROUTES } from '../../../lib/constructs/api/scim-routes';
import { ratePartition } from '../../../shared/store/table/keys';
import { userBody } from '../../support/requests/bodies';
import { systemTable } from '../../support/consistency/domain-data';
import { inOneSlot } from '../../support/system/rate-slot';
import { expectScimError } from '../../support/requests/scim-error';
import {
  type ClientResponse,
  type DomainClient,
  createDomainClient,
  session,
} from '../../support/system/system';
import { documentClient } from '../../support/store/document-client';

const BURST = 20;
const PER_MINUTE = 100;

const headerNumber = (response: ClientResponse, name: string): number =>
  Number(response.headers.get(name) ?? NaN);
const remainingInBurst = ({ headers }: ClientResponse): number =>
  Number(/"burst";r=(\d+);t=\d+/.exec(headers.get('ratelimit') ?? '')?.[1] ?? NaN);

const sendRequest = (domain: DomainClient) => domain.request('GET', '/Users?count=0');

describe('a domain on the standard plan', () => {
  let served: ClientResponse[];
  let refused: ClientResponse[];
  let domain: DomainClient;
  let other: DomainClient;
  beforeAll(async () => {
    other = await createDomainClient({ ratePlan: 'standard' });
    await sendRequest(other);
    await inOneSlot(async (fresh, isSameSlot) => {
      domain = fresh;
      served = [];
      for (
        let response = await sendRequest(domain);
        response.status === 200 && isSameSlot();
        response = await sendRequest(domain)
      )
        served.push(response);
      refused = [
        await sendRequest(domain),
        await domain.request('POST', '/Users', userBody()),
        await sendRequest(domain),
      ];
    });
  });

  it(`can send ${BURST} requests in ten seconds, and is then refused with 429 by the service, not by the gateway`, () => {
    expect(served).toHaveLength(BURST);
    for (const response of refused) {
      expectScimError(response, 429);
      expect(headerNumber(response, 'retry-after')).toBeGreaterThanOrEqual(1);
      expect(headerNumber(response, 'retry-after')).toBeLessThanOrEqual(10);
      expect((response.body as { detail: string }).detail).toContain('20 requests in 10 seconds');
    }
  });

  it('receives the remaining requests with every response', () => {
    const expected = Array.from({ length: BURST }, (_, at) => at + 1);
    expect(served.map(remainingInBurst)).toEqual(expected.map((used) => BURST - used));
    expect(served.map((response) => headerNumber(response, 'x-ratelimit-remaining'))).toEqual(
      expected.map((used) => PER_MINUTE - used),
    );
    for (const response of [...served, ...refused]) {
      expect(response.headers.get('ratelimit-policy')).toBe('"minute";q=100;w=60, "burst";q=20;w=10');
      expect(headerNumber(response, 'x-ratelimit-limit')).toBe(PER_MINUTE);
      expect(headerNumber(response, 'x-ratelimit-reset')).toBeLessThanOrEqual(60);
    }
    expect(refused.map(remainingInBurst)).toEqual([0, 0, 0]);
  });

  it('does not affect the limit of another domain', async () => {
    const response = await sendRequest(other);
    expect(response.status).toBe(200);
    expect(headerNumber(response, 'x-ratelimit-remaining')).toBeGreaterThanOrEqual(PER_MINUTE - 2);
  });

  it('is charged for failed requests too', async () => {
    const before = await other.request('GET', '/Nope');
    const after = await other.request('POST', '/Users', 'broken');
    expect([before.status, after.status]).toEqual([404, 400]);
    const [first, second] = [before, after].map((response) =>
      headerNumber(response, 'x-ratelimit-remaining'),
    );
    // A minute may end between the two requests.
    expect([first! - 1, PER_MINUTE - 1]).toContain(second);
  });

  it('can send requests again after the seconds in Retry-After, and refused requests have changed nothing', async () => {
    await sleep(headerNumber(refused[0]!, 'retry-after') * 1_000);
    expect(await domain.request('GET', '/Users')).toMatchObject({ status: 200, body: { totalResults: 0 } });
  });
});

it('40 concurrent clients get exactly the requests of the limit, and the others are refused with a SCIM error', async () => {
  const { domain, responses } = await inOneSlot(async (fresh) => {
    const sendTwo = async () => [await sendRequest(fresh), await sendRequest(fresh)];
    return { domain: fresh, responses: (await Promise.all(Array.from({ length: 40 }, sendTwo))).flat() };
  });
  const served = responses.filter(({ status }) => status === 200);
  for (const response of responses.filter(({ status }) => status !== 200)) expectScimError(response, 429);
  const table = await systemTable();
  const { Items = [] } = await documentClient(table).send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': ratePartition(domain.domainId) },
    }),
  );
  const counted = Items.flatMap((item) =>
    Object.keys(item).flatMap((key) => (key.startsWith('slot') ? Number(item[key]) : [])),
  );
  expect(served).toHaveLength(BURST);
  expect(counted).toEqual([BURST]);
});

it('a domain on the unmetered plan receives no rate limit headers', async () => {
  const domain = await createDomainClient({ ratePlan: 'unmetered' });
  for (let at = 0; at < 2 * BURST; at++) {
    const response = await sendRequest(domain);
    expect(response.status).toBe(200);
    expect([...response.headers.keys()].filter((name) => name.includes('ratelimit'))).toEqual([]);
  }
});

describe('every path and method', () => {
  const METHODS = ['GET', 'POST', 'DELETE'];
  /** Anybody may read them, so their GET is no request of a domain. */
  const METADATA_PATHS = [METADATA_PATH, STANDARD_METADATA_PATH];
  const REQUESTS = [...ROUTES.map(([path]) => path), '/v2/Me']
    .flatMap((path) => METHODS.map((method) => [method, path] as const))
    .filter(([method, path]) => method !== 'GET' || !METADATA_PATHS.includes(path));
  const statuses = new Set<number>();

  it('returns the rate limit headers, and charges one request', async () => {
    const domain = await createDomainClient({ ratePlan: 'gallery' });
    const origin = session().baseUrl.replace(/\/v2$/, '');
    const remainingCounts: number[] = [];
    for (const [method, path] of REQUESTS) {
      const url = origin + path.replace('{id}', randomUUID()).replace('{proxy+}', 'no/where');
      const { status, headers } = await fetch(url, {
        method,
        headers: { authorization: `Bearer ${domain.scimKey}`, 'content-type': 'application/scim+json' },
        ...(method !== 'GET' && { body: '{}' }),
      });
      expect([method, path, headers.get('x-ratelimit-limit')]).toEqual([method, path, '1500']);
      expect(headers.get('ratelimit-policy')).toBe('"minute";q=1500;w=60, "burst";q=250;w=10');
      expect(headers.get('ratelimit')).toMatch(/^"minute";r=\d+;t=\d+, "burst";r=\d+;t=\d+$/);
      expect(headers.has('x-ratelimit-reset')).toBe(true);
      statuses.add(status);
      remainingCounts.push(Number(headers.get('x-ratelimit-remaining')));
    }
    // A minute may end between two requests.
    for (const [at, remaining] of remainingCounts.entries())
      if (at > 0) expect([remainingCounts[at - 1]! - 1, 1499]).toContain(remaining);
    expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 404, 405, 501]));
  });
});
