import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { HANG_LIMIT_MS } from '../support/jest/timeouts';
import { listen, type Listening } from '../../local/host/http';

const DOCUMENT = readFileSync(path.join(__dirname, '../../docs/license-check.md'), 'utf8');
const [, EXAMPLE = ''] = /```js\n([^]*?)```/.exec(DOCUMENT) ?? [];
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const ACTIVE = { status: 'active', userType: 'Core User', cacheSeconds: 3_600 };
const INACTIVE = { status: 'inactive', cacheSeconds: 300 };

let server: Listening;
let directory: string;
/** The responses of the server, in order: a body or an HTTP status. The last one repeats. */
let responses: (object | number)[];
let requestedKeys: (string | undefined)[];

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'license-check-'));
  server = await listen((request: IncomingMessage, response: ServerResponse) => {
    requestedKeys.push(request.headers['license-key'] as string | undefined);
    const next = responses.length > 1 ? responses.shift() : responses[0];
    if (typeof next === 'number') response.writeHead(next).end('{"error":"…"}');
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(next));
  }, 0);
  const example = EXAMPLE.replace('https://scim.example.com', server.url).replace(
    /AbortSignal\.timeout\(\w+\)/,
    `AbortSignal.timeout(${HANG_LIMIT_MS})`,
  );
  writeFileSync(path.join(directory, 'example.mjs'), example);
});
afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

/** Runs the example in a new process and returns the status of a key at each time, or `failed`. */
async function runExample(times: readonly number[], ...served: (object | number)[]): Promise<string[]> {
  [responses, requestedKeys] = [served, []];
  const script = `
    import { checkLicense } from ${JSON.stringify(path.join(directory, 'example.mjs'))};
    const statuses = [];
    for (const now of ${JSON.stringify(times)})
      statuses.push(await checkLicense('KEY', now).then(({ status }) => status, () => 'failed'));
    console.log(JSON.stringify(statuses));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  return JSON.parse(stdout) as string[];
}

describe('the license check example in the documentation', () => {
  it('sends the key in a header, and repeats the check only after cacheSeconds', async () => {
    expect(await runExample([0, 59 * MINUTE, 60 * MINUTE], ACTIVE)).toEqual(['active', 'active', 'active']);
    expect(requestedKeys).toEqual(['KEY', 'KEY']);
  });

  it('returns inactive after the license has ended', async () => {
    expect(await runExample([0, 61 * MINUTE], ACTIVE, INACTIVE)).toEqual(['active', 'inactive']);
  });

  it.each([429, 500, 503])(
    'uses the last response after a %i, and waits before it repeats the check',
    async (status) => {
      const times = [0, 61 * MINUTE, 61 * MINUTE + 1_000, 64 * MINUTE];
      expect(await runExample(times, ACTIVE, status, ACTIVE)).toEqual([
        'active',
        'active',
        'active',
        'active',
      ]);
      expect(requestedKeys).toHaveLength(3);
    },
  );

  it('ends the grace period after its days, or as soon as the license has ended', async () => {
    expect(await runExample([0, 13 * DAY, 15 * DAY], ACTIVE, 503)).toEqual(['active', 'active', 'failed']);
    expect(await runExample([0, DAY, 2 * DAY], ACTIVE, INACTIVE, 503)).toEqual([
      'active',
      'inactive',
      'failed',
    ]);
  });

  it('has no grace period for a key that was never active', async () => {
    expect(await runExample([0], 503)).toEqual(['failed']);
  });
});
