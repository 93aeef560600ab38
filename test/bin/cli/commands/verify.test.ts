import { type Listening, listen, sendJson } from '../../../../local/host/http';
import { scim } from '../run';

/** The state of an admin API that verifies three parts of items, one after the other. */
let requests: { path: string; body: Record<string, unknown> }[] = [];
let failures = 0;
let exact = true;
/** Paths that get 404. */
let gone: RegExp | undefined;
/** A domain that is deleted when a path of it gets 404. */
let deleted: string | undefined;
let server: Listening;
beforeAll(async () => {
  server = await listen(async (request, response) => {
    const path = (request.url ?? '').replace('/admin/v1', '');
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString() || '{}') as Record<
      string,
      unknown
    >;
    if (failures > 0) {
      failures--;
      return sendJson(response, 502, { message: 'Internal server error' });
    }
    requests.push({ path, body });
    if (gone?.test(path))
      return sendJson(response, 404, { status: 404, detail: 'The domain does not exist.' });
    sendJson(response, 200, responseTo(path, body));
  }, 0);
});
afterAll(() => server.close());
beforeEach(() => {
  requests = [];
  failures = 0;
  exact = true;
  gone = undefined;
  deleted = undefined;
});

const NOTHING = {
  ...{ checked: 0, outdated: 0, repaired: 0, duplicates: [], staleAddresses: 0, deletedAddresses: 0 },
  ...{ differences: [], groups: [], queue: [], mappings: [], exact: true, readUnits: 0 },
};
const PROBLEM = {
  ...{ domainId: 'd', problem: 'claim-orphaned', partitionKey: 'p', sortKey: 's' },
  ...{ found: 'A name is claimed.', action: 'Repair it.' },
};

function responseTo(path: string, { cursor, repair }: Record<string, unknown>): object {
  if (path.startsWith('/domains?')) {
    const isGone = requests.some(({ path: earlier }) => gone?.test(earlier));
    return {
      items: ['a', 'd'].filter((id) => !(isGone && id === deleted)).map((domainId) => ({ domainId })),
    };
  }
  if (!path.endsWith('verify-items')) return { ...NOTHING, exact };
  const part = Number(cursor ?? 1);
  const state = repair === true ? 'repaired' : 'repairable';
  return {
    ...{ checked: 10, readUnits: 5, repaired: 0 },
    problems: part === 2 ? [{ ...PROBLEM, state }] : [],
    ...(part < 3 && { next: String(part + 1) }),
  };
}

const verify = (args: readonly string[], surroundings: Parameters<typeof scim>[1] = {}) =>
  scim(['verify', ...args], {
    env: { SCIM_ADMIN_URL: `${server.url}/admin/v1`, SCIM_ADMIN_TOKEN: 'scim_admin_test' },
    ...surroundings,
  });
const cursors = () => requests.filter(({ path }) => path.endsWith('items')).map(({ body }) => body.cursor);

it('ends with code 1 if problems are left, and with 0 if they were repaired', async () => {
  const found = await verify(['d']);
  expect(found).toMatchObject({ code: 1, out: expect.stringContaining('claim-orphaned') as string });
  expect(found.err).toMatch(/One problem is left.*verify d --repair/);
  const repaired = await verify(['--domain', 'd', '--repair']);
  expect(repaired.code).toBe(0);
  expect(repaired.err).toBe('Checked 30 items with 15 read units.\n');
});

it('ends with code 3 if no problem is left, but a domain could not be compared', async () => {
  exact = false;
  const repaired = await verify(['d', '--repair']);
  expect(repaired).toMatchObject({ code: 3, err: expect.stringMatching(/not verified: d\./) as string });
  const found = await verify(['d']);
  expect(found).toMatchObject({
    code: 1,
    err: expect.stringMatching(/not verified: d\..*One problem/s) as string,
  });
});

it('sends the pace with each part, and reads only partitions on request', async () => {
  await verify(['d', '--pace', '40', '--no-scan']);
  expect(requests.filter(({ path }) => path.endsWith('items'))[0]?.body).toEqual({
    ...{ repair: false, scan: false, maxReadUnits: 80 },
  });
  expect(await verify(['--no-scan'])).toMatchObject({ code: 2 });
});

it('waits as long as the pace demands', async () => {
  const began = process.hrtime.bigint();
  await verify(['d', '--pace', '50']);
  // Two waits of 5 units at 50 units a second.
  expect(Number(process.hrtime.bigint() - began)).toBeGreaterThan(150e6);
});

it('verifies all domains with one scan', async () => {
  const { code } = await verify([]);
  expect(code).toBe(1);
  expect(requests.map(({ path }) => path.replace(/\?.*/, ''))).toEqual([
    '/domains',
    ...['/domains/a/verify-names', '/domains/d/verify-names'],
    ...['/verify-items', '/verify-items', '/verify-items'],
    ...['/domains/a/verify-counts', '/domains/d/verify-counts'],
  ]);
});

it('skips a domain that is deleted while all domains are verified', async () => {
  deleted = 'a';
  for (const paths of [/^\/domains\/a\//, /^\/domains\/a\/verify-counts$/]) {
    gone = paths;
    requests = [];
    const { code, out } = await verify(['--json', '--repair']);
    expect(code).toBe(0);
    expect((JSON.parse(out) as { domainId: string }[]).map(({ domainId }) => domainId)).toEqual(['d']);
    expect(requests.at(-1)?.path).toBe('/domains/d/verify-counts');
  }
  expect(await verify(['a'])).toMatchObject({
    ...{ code: 1, err: expect.stringContaining('does not exist') as string },
  });
  // An API of an earlier version does not have the operation.
  deleted = undefined;
  gone = /verify-counts$/;
  expect(await verify([])).toMatchObject({ code: 1, err: expect.stringContaining('--continue') as string });
});

it('continues after a function that was killed', async () => {
  failures = 1;
  expect(await verify(['d', '--repair'])).toMatchObject({ code: 0 });
});

/** Returns the arguments of the command line that continues. */
const continuation = (err: string): string[] => (/scim verify (.*)$/m.exec(err)?.[1] ?? '').split(' ');

it('prints what it found after Ctrl+C, and continues there with the same options', async () => {
  let stop: () => void = () => undefined;
  const onInterrupt = (interrupt: () => void) => {
    stop = interrupt;
    return () => undefined;
  };
  const status = (text: string) => {
    if (cursors().length === 2 && text.includes('items')) stop();
  };
  const first = await verify(['d', '--repair'], { onInterrupt, status });
  expect(first.code).toBe(130);
  expect(first.out).toContain('claim-orphaned');
  expect(cursors()).toEqual([undefined, '2']);
  const second = await verify(continuation(first.err));
  expect(second.code).toBe(0);
  expect(cursors()).toEqual([undefined, '2', '3']);
  expect(requests.filter(({ path }) => path.endsWith('names'))).toHaveLength(1);
  expect(requests.at(-1)).toMatchObject({ path: '/domains/d/verify-counts', body: { repair: true } });
});

it('prints what it found if the API does not answer anymore, with the command that continues', async () => {
  const status = () => {
    if (cursors().length === 2) failures = 100;
  };
  const { code, out, err } = await verify(['d'], { status });
  expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining('claim-orphaned') as string });
  failures = 0;
  expect(await verify(continuation(err))).toMatchObject({ code: 0 });
  expect(cursors().at(-1)).toBe('3');
});

it('shows the progress in the last line of a screen', async () => {
  const shown: string[] = [];
  await verify(['d'], { status: (text) => shown.push(text) });
  expect(shown).toContainEqual(
    expect.stringMatching(/^Verifying items: 20 checked, 1 problems, 10 read units/),
  );
  expect(shown.at(-1)).toBe('');
});

it('writes the progress into a log every ten seconds, with the way to continue', async () => {
  let seconds = 0;
  const now = () => new Date(Date.UTC(2026, 5, 1, 0, 0, (seconds += 4)));
  const { err } = await verify(['d'], { now });
  const lines = err.split('\n').filter((line) => line.startsWith('Verifying'));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.length).toBeLessThan(5);
  for (const line of lines)
    expect(line).toMatch(/Continue here with: scim verify --pace 300 --continue \S+$/);
});

it('refuses a position that is not complete', async () => {
  expect(await verify(['--continue', 'x'])).toMatchObject({ code: 2 });
});
