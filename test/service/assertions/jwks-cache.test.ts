import type { FetchedJwks } from '../../../shared/service/assertions/fetch-jwks';
import { JwksCache } from '../../../shared/service/assertions/jwks-cache';
import { JwksProblem } from '../../../shared/service/assertions/jwks-url';

const URL = 'https://id.example.com/keys';
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Any time. */
const START = Date.UTC(2026, 2, 1);

let kids: string[];
let maxAgeSeconds: number | undefined;
let failure: Error | undefined;
let fetches: string[];
let cache: JwksCache;

beforeEach(() => {
  kids = ['one'];
  maxAgeSeconds = undefined;
  failure = undefined;
  fetches = [];
  cache = new JwksCache(async (url): Promise<FetchedJwks> => {
    fetches.push(url);
    // Other requests arrive meanwhile.
    await new Promise(setImmediate);
    if (failure) throw failure;
    return { keys: kids.map((kid) => ({ kid, kty: 'RSA' })), maxAgeSeconds };
  });
});

/** Returns the ids of the keys that a request for a `kid` gets after `ms`. */
const read = async (kid: string, ms: number, url = URL): Promise<string[]> =>
  (await cache.keys(url, kid, START + ms)).map((key) => key.kid);
const problem = (kid: string, ms: number): Promise<unknown> =>
  read(kid, ms).catch((error: Error) => error.message);

describe('Keys are fetched once', () => {
  it('for simultaneous requests', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => read('one', 0)));
    expect(all).toEqual(Array(20).fill(['one']));
    expect(fetches).toHaveLength(1);
  });

  it.each([
    ['15 minutes without a max-age', undefined, 15 * MINUTE],
    ['their max-age', 1_200, 20 * MINUTE],
    ['at least 5 minutes', 0, 5 * MINUTE],
    ['at most an hour', 86_400, HOUR],
  ])('for %s', async (_, maxAge, fresh) => {
    maxAgeSeconds = maxAge;
    await read('one', 0);
    await read('one', fresh - 1);
    expect(fetches).toHaveLength(1);
    await read('one', fresh);
    expect(fetches).toHaveLength(2);
  });

  it('for each URL', async () => {
    await read('one', 0);
    await read('one', 0, `${URL}/other`);
    await read('one', 0);
    expect(fetches).toEqual([URL, `${URL}/other`]);
  });
});

describe('After a change of the keys', () => {
  it('a request with the new key gets it at once, also soon after the first fetch', async () => {
    await read('one', 0);
    kids = ['one', 'two'];
    const all = await Promise.all(Array.from({ length: 20 }, () => read('two', SECOND)));
    expect(all).toEqual(Array(20).fill(['one', 'two']));
    expect(fetches).toHaveLength(2);
  });

  it('unknown keys cause one fetch a minute, however many requests there are', async () => {
    await read('one', 0);
    for (let ms = 1; ms <= MINUTE; ms += 100) await read(`unknown-${ms}`, ms);
    expect(fetches).toHaveLength(2);
    await read('unknown', MINUTE + 1);
    expect(fetches).toHaveLength(3);
  });

  it('the first request for an unknown key causes one fetch', async () => {
    expect(await read('unknown', 0)).toEqual(['one']);
    expect(fetches).toHaveLength(1);
  });

  it('a failed fetch for an unknown key is not repeated within a minute', async () => {
    await read('one', 0);
    failure = new JwksProblem('down');
    for (let ms = 1; ms <= MINUTE; ms += 100) expect(await read('two', ms)).toEqual(['one']);
    expect(fetches).toHaveLength(2);
  });
});

describe('If the issuer cannot be reached', () => {
  it('the keys are used for six hours', async () => {
    await read('one', 0);
    failure = new JwksProblem('down');
    expect(await read('one', 6 * HOUR - 1)).toEqual(['one']);
    expect(await problem('one', 6 * HOUR + MINUTE)).toBe('down');
  });

  it('a request asks again after ten seconds, not sooner', async () => {
    failure = new JwksProblem('down');
    for (let ms = 0; ms < 10 * SECOND; ms += 500) expect(await problem('one', ms)).toBe('down');
    expect(fetches).toHaveLength(1);
    failure = undefined;
    expect(await read('one', 10 * SECOND)).toEqual(['one']);
    expect(fetches).toHaveLength(2);
  });

  it('no message contains the text of an unknown error', async () => {
    failure = new Error('secret');
    expect(await problem('one', 0)).toBe('The keys cannot be fetched.');
  });

  it('a new key is searched as soon as the issuer is back', async () => {
    await read('one', 0);
    failure = new JwksProblem('down');
    await read('one', HOUR);
    failure = undefined;
    kids = ['one', 'two'];
    expect(await read('two', HOUR + 9 * SECOND)).toEqual(['one']);
    expect(await read('two', HOUR + 10 * SECOND)).toEqual(['one', 'two']);
  });
});

it('keeps the keys of 200 URLs, and drops the one that was used longest ago', async () => {
  await read('one', 0);
  for (let n = 0; n < 199; n++) await read('one', 0, `${URL}/${n}`);
  await read('one', 0);
  await read('one', 0, `${URL}/another`);
  const before = fetches.length;
  await read('one', 0);
  expect(fetches).toHaveLength(before);
  await read('one', 0, `${URL}/0`);
  expect(fetches).toHaveLength(before + 1);
});
