import { listen, type Listening, sendJson } from '../../../../local/host/http';
import type { StepResult } from '../../../../shared/simulator/simulate';
import { type Faults, serveSmallService, type SmallService } from '../../../support/simulator/small-service';
import { scim, type Surroundings } from '../run';

let service: SmallService | undefined;
afterEach(async () => {
  await service?.close();
  service = undefined;
});

/** Simulates an identity provider on a service with these faults. */
async function simulate(faults: Faults, args: readonly string[] = [], surroundings: Surroundings = {}) {
  service = await serveSmallService(faults);
  return scim(['simulate', 'okta', '--base-url', `${service.url}/`, ...args], {
    env: { SCIM_KEY: 'token' },
    ...surroundings,
  });
}

it('prints a line for each step and a summary, and exits with 0 if all steps pass', async () => {
  const { code, out, err } = await simulate({}, ['--users', '1']);
  expect(code).toBe(0);
  expect(out.split('\n').filter((line) => line !== '' && !line.startsWith('ok '))).toEqual([]);
  expect(out).toMatch(/^ok {7}create {11}Create the user \(1 request, \d+ ms\)$/m);
  expect(err).toContain('Simulating Okta with 1 user on http://127.0.0.1');
  expect(err).toMatch(/\d+ steps passed, 0 failed, 0 skipped\./);
});

it('explains a failed step with the remedy, and exits with 1', async () => {
  const { code, out, err } = await simulate({ keepsActive: true });
  expect(code).toBe(1);
  expect(out).toMatch(
    /^FAILED {3}deactivate {7}Deactivate the user .*\n {9}active is true instead of false\.\n {9}Accept the change/m,
  );
  expect(err).toMatch(/[1-9] failed/);
});

it('prints the results as JSON', async () => {
  const { code, out, err } = await simulate({ refusesPatch: true }, ['--json']);
  expect(code).toBe(1);
  const results = JSON.parse(out) as StepResult[];
  expect(results.find(({ status }) => status === 'failed')).toMatchObject({
    problem: expect.stringMatching(/501/) as string,
    remedy: expect.stringMatching(/Implement PATCH/) as string,
  });
  expect(err).toMatch(/failed/);
});

it('shows the step that runs', async () => {
  const shown: string[] = [];
  await simulate({}, [], { status: (text) => void shown.push(text) });
  expect(shown).toContain('1 of 26: Delete what an interrupted simulation left ...');
  expect(shown.at(-1)).toBe('');
});

it('deletes its users and exits with 130 after Ctrl-C', async () => {
  let stop: () => void = () => undefined;
  const { code } = await simulate({}, [], {
    onInterrupt: (interrupt) => {
      stop = interrupt;
      return () => undefined;
    },
    status: (text) => text.includes('Create the same user again') && stop(),
  });
  expect(code).toBe(130);
  expect(service?.resources.Users.size).toBe(0);
});

describe('the credential of a simulation', () => {
  let admin: Listening | undefined;
  afterEach(() => admin?.close());

  interface LongSimulation {
    /** Returns false once another test of the domain has begun. */
    readonly isOurs?: () => boolean;
    /** The number of the creation that fails. */
    readonly refusedCreation?: number;
    /** The time that each request of the simulation takes. */
    readonly requestMs?: number;
  }

  /** Simulates on a domain of an admin API. `refused` counts the requests without a valid credential. */
  async function simulateLong({
    isOurs = () => true,
    refusedCreation,
    requestMs = 60_000,
  }: LongSimulation = {}) {
    const valid = new Set<string>();
    const calls: string[] = [];
    let refused = 0;
    const small = (service = await serveSmallService({
      accepts: (header) => {
        const isValid = valid.has(header ?? '') || !isOurs();
        if (!isValid) refused++;
        return isValid;
      },
    }));
    let created = 0;
    admin = await listen((request, response) => {
      const id = new URL(request.url ?? '', 'http://stub').pathname.split('/').at(-1);
      calls.push(request.method === 'POST' ? 'create' : `revoke ${id}`);
      if (request.method === 'POST') {
        const token = `token-${++created}`;
        if (created === refusedCreation) return sendJson(response, 409, { detail: 'Try again.' });
        valid.add(`Bearer ${token}`);
        const started = { simulationId: String(created), token, expireTime: '', scimBaseUrl: small.url };
        return sendJson(response, 201, started);
      }
      if (!isOurs()) return sendJson(response, 404, { detail: 'Another one has begun.' });
      valid.delete(`Bearer token-${id}`);
      return void response.writeHead(204).end();
    }, 0);
    let now = 0;
    const outcome = await scim(['simulate', 'okta', '--domain', 'd', '--users', '1'], {
      env: { SCIM_ADMIN_URL: `${admin.url}/admin/v1`, SCIM_ADMIN_TOKEN: 'scim_admin_test' },
      now: () => new Date((now += requestMs)),
    });
    return { ...outcome, calls, valid, refused };
  }

  it('is replaced before it expires, and none is left at the end', async () => {
    const { code, calls, valid } = await simulateLong();
    expect(code).toBe(0);
    expect(calls.slice(0, 4)).toEqual(['create', 'revoke 1', 'create', 'revoke 2']);
    expect(calls.at(-1)).toMatch(/^revoke/);
    expect([...valid]).toEqual([]);
  });

  it('is replaced at the next request if it has ended, and the new one could not be created', async () => {
    const { calls, valid, refused, err } = await simulateLong({ refusedCreation: 2, requestMs: 15_000 });
    expect(err).toContain('The credential of the test was not renewed: Try again.');
    expect(refused).toBe(1);
    expect(calls.slice(0, 4)).toEqual(['create', 'revoke 1', 'create', 'create']);
    expect([...valid]).toEqual([]);
  });

  it('does not replace that of another test, which has begun in the meantime', async () => {
    const { calls, err } = await simulateLong({ isOurs: () => false });
    expect(calls.filter((call) => call === 'create')).toHaveLength(1);
    expect(err).toContain('The credential of the test was not renewed: Another one has begun.');
  });
});

it.each<[string, string[], Record<string, string>, RegExp]>([
  ['no target', [], {}, /Pass --domain, or --base-url/],
  [
    'both targets',
    ['--base-url', 'https://a.example.com', '--domain', 'd'],
    {},
    /either --base-url or --domain/,
  ],
  ['no token', ['--base-url', 'https://a.example.com'], {}, /with --token, or set SCIM_KEY/],
  ['a token without a service', ['--token', 't', '--domain', 'd'], {}, /--token needs --base-url/],
  ['plain HTTP', ['--base-url', 'http://a.example.com', '--token', 't'], {}, /must begin with https/],
  ['no URL', ['--base-url', 'a', '--token', 't'], {}, /"a" is not a valid URL/],
  ['too many users', ['--users', '201', '--domain', 'd'], {}, /at most 200 users/],
  ['no users', ['--users', '0', '--domain', 'd'], {}, /at least 1/],
])('refuses a command line with %s', async (_, args, env, message) => {
  const { code, out, err } = await scim(['simulate', 'okta', ...args], { env });
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringMatching(message) as string });
});
