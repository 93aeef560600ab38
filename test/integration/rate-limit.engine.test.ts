import { setTimeout as sleep } from 'node:timers/promises';
import { expectScimError } from './scim-error';
import { type Answer, type DomainClient, newDomain } from './system';

const BURST = 20;
const PER_MINUTE = 100;
const SLOT_MS = 10_000;

/** Slots are those of the clock; what has to happen in one of them begins with it, and not at the end of a minute. */
async function beginOfSlot(): Promise<void> {
  const into = Date.now() % SLOT_MS;
  if (into > SLOT_MS / 2) await sleep(SLOT_MS - into + 50);
}

const numberIn = (answer: Answer, name: string): number => Number(answer.headers.get(name) ?? NaN);
const burstLeft = ({ headers }: Answer): number =>
  Number(/"burst";r=(\d+);t=\d+/.exec(headers.get('ratelimit') ?? '')?.[1] ?? NaN);

describe('a domain on the standard plan', () => {
  let served: Answer[];
  let shielded: Answer;
  let refused: Answer;
  let domain: DomainClient;
  let other: DomainClient;
  beforeAll(async () => {
    [domain, other] = await Promise.all([
      newDomain({ ratePlan: 'standard' }),
      newDomain({ ratePlan: 'standard' }),
    ]);
    const ask = () => domain.request('GET', '/Users?count=0');
    // An instance that starts takes its time.
    await other.request('GET', '/Users?count=0');
    await beginOfSlot();
    served = [];
    for (let answer = await ask(); answer.status === 200; answer = await ask()) served.push(answer);
    shielded = await ask();
    // The usage plan's bucket refills all the time, so that what comes next is up to the exact counter.
    await sleep(1_000);
    refused = await ask();
  });

  it(`is served ${BURST} times in ten seconds, and then refused with 429`, () => {
    expect(served).toHaveLength(BURST);
    for (const answer of [shielded, refused]) {
      expectScimError(answer, 429);
      expect(numberIn(answer, 'retry-after')).toBeGreaterThanOrEqual(1);
      expect(numberIn(answer, 'retry-after')).toBeLessThanOrEqual(10);
    }
    expect(refused.body).toMatchObject({
      detail: expect.stringContaining('20 requests in 10 seconds') as string,
    });
  });

  it('is told in every answer what is left', () => {
    const expected = Array.from({ length: BURST }, (_, at) => at + 1);
    expect(served.map(burstLeft)).toEqual(expected.map((used) => BURST - used));
    expect(served.map((answer) => numberIn(answer, 'x-ratelimit-remaining'))).toEqual(
      expected.map((used) => PER_MINUTE - used),
    );
    for (const answer of [...served, refused]) {
      expect(answer.headers.get('ratelimit-policy')).toBe('"minute";q=100;w=60, "burst";q=20;w=10');
      expect(numberIn(answer, 'x-ratelimit-limit')).toBe(PER_MINUTE);
      expect(numberIn(answer, 'x-ratelimit-reset')).toBeLessThanOrEqual(60);
    }
    expect(burstLeft(refused)).toBe(0);
  });

  it('takes nothing from another domain', async () => {
    const answer = await other.request('GET', '/Users?count=0');
    expect(answer.status).toBe(200);
    expect(numberIn(answer, 'x-ratelimit-remaining')).toBeGreaterThanOrEqual(PER_MINUTE - 2);
  });

  it('is counted for what fails, too', async () => {
    const before = await other.request('GET', '/Nope');
    const after = await other.request('POST', '/Users', 'broken');
    expect([before.status, after.status]).toEqual([404, 400]);
    const [first, second] = [before, after].map((answer) => numberIn(answer, 'x-ratelimit-remaining'));
    // A minute may end in between.
    expect([first! - 1, PER_MINUTE - 1]).toContain(second);
  });

  it('is served again after as many seconds as Retry-After said', async () => {
    await sleep(numberIn(refused, 'retry-after') * 1_000);
    expect((await domain.request('GET', '/Users?count=0')).status).toBe(200);
  });
});

it('a domain on the plan without limits is told of none', async () => {
  const domain = await newDomain({ ratePlan: 'unmetered' });
  for (let at = 0; at < 2 * BURST; at++) {
    const answer = await domain.request('GET', '/Users?count=0');
    expect(answer.status).toBe(200);
    expect([...answer.headers.keys()].filter((name) => name.includes('ratelimit'))).toEqual([]);
  }
});
