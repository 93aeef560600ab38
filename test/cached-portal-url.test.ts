import { cachedPortalUrl } from '../shared/portal/cached-portal-url';

const FIVE_MINUTES = 300_000;

function cached(...results: (string | undefined | Error)[]) {
  const clock = { now: 0 };
  const errors: unknown[] = [];
  let reads = 0;
  const read = () => {
    const result = results[reads++];
    return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
  };
  const portalUrl = cachedPortalUrl(
    read,
    (error) => errors.push(error),
    () => clock.now,
  );
  return { portalUrl, clock, errors, reads: () => reads };
}

it('reads the address once in five minutes, also for concurrent callers', async () => {
  const { portalUrl, clock, reads } = cached('https://a.example.com', 'https://b.example.com');
  expect(await Promise.all([portalUrl(), portalUrl()])).toEqual([
    'https://a.example.com',
    'https://a.example.com',
  ]);
  clock.now = FIVE_MINUTES - 1;
  expect(await portalUrl()).toBe('https://a.example.com');
  expect(reads()).toBe(1);
  clock.now = FIVE_MINUTES;
  expect(await portalUrl()).toBe('https://b.example.com');
});

it('returns nothing if the address cannot be read, reports it, and reads again later', async () => {
  const { portalUrl, clock, errors } = cached(new Error('denied'), 'https://a.example.com');
  expect(await portalUrl()).toBeUndefined();
  expect(errors).toEqual([new Error('denied')]);
  clock.now = FIVE_MINUTES;
  expect(await portalUrl()).toBe('https://a.example.com');
});
