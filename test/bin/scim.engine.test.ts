import { execFile } from 'node:child_process';
import path from 'node:path';
import { listen, sendJson } from '../../local/host/http';
import { STATE_VARIABLE } from '../integration/start-system';
import { clientOf, session } from '../integration/system';

const ROOT = path.join(__dirname, '../..');
const SESSION = path.join(process.env[STATE_VARIABLE] ?? '', 'session.json');

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as an administrator does. */
function run(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Outcome> {
  const tsx = path.join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  return new Promise((resolve) => {
    execFile(process.execPath, [tsx, 'bin/scim.ts', ...args], { cwd: ROOT, env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out: out.trim(), err: err.trim() });
    });
  });
}

const scim = (...args: string[]) => run(['--local', '--session', SESSION, ...args]);

async function json<T>(...args: string[]): Promise<T> {
  const { code, out, err } = await scim('--json', ...args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as T;
}

const create = () =>
  json<{ domainId: string }>('domain', 'create', 'Example Inc', '--rate-plan', 'unmetered');

jest.setTimeout(60_000);

describe('domain', () => {
  it('is created, listed and shown', async () => {
    const { domainId } = await create();
    expect((await scim('domain', 'list')).out).toMatch(new RegExp(`^${domainId}  Example Inc$`, 'm'));
    const { code, out } = await scim('domain', 'show', domainId);
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.split(/ +/)[0])).toEqual([
      'domainId',
      'name',
      'scimEnabled',
      'ratePlan',
      'mailDelayMinutes',
      'createdAt',
      'users',
      'groups',
      'seats',
      'seatPolicy',
      'activeLicenses',
      'pendingLicenses',
    ]);
    expect(out).toMatch(/^seats +unlimited$/m);
    expect(out).toMatch(/^scimEnabled +true$/m);
    expect(out).toMatch(/^ratePlan +unmetered$/m);
  });

  it('is disabled and enabled at once', async () => {
    const { domainId } = await create();
    const { token } = await json<{ token: string }>('key', 'create', domainId);
    const status = async () => (await clientOf(domainId, token).request('GET', '/Users?count=0')).status;
    expect(await status()).toBe(200);
    expect(await json('domain', 'disable', domainId)).toMatchObject({ scimEnabled: false });
    expect(await status()).toBe(403);
    expect(await json('domain', 'enable', domainId)).toMatchObject({ scimEnabled: true });
    expect(await status()).toBe(200);
  });
});

describe('key', () => {
  it('is created, printed once, listed and revoked', async () => {
    const { domainId } = await create();
    const { out } = await scim(
      'key',
      'create',
      domainId,
      '--name',
      'Okta',
      '--expire-time',
      '2099-01-01T00:00:00Z',
    );
    const token = /token +(scim_\S+)/.exec(out)?.[1] ?? '';
    const keyId = /keyId +(\S+)/.exec(out)?.[1] ?? '';
    const client = clientOf(domainId, token);
    expect((await client.request('GET', '/Users?count=0')).status).toBe(200);

    const listed = (await scim('key', 'list', domainId)).out;
    expect(listed).toMatch(/^keyId +name +status +createdAt +lastUsedAt +expireTime +revokedAt$/m);
    expect(listed).toMatch(new RegExp(`^${keyId}  Okta  active  .*2099-01-01T00:00:00.000Z  -$`, 'm'));
    expect(listed).not.toContain(token.slice(-49));

    expect(await json('key', 'revoke', domainId, keyId)).toEqual({ keyId, revoked: true });
    expect((await client.request('GET', '/Users?count=0')).status).toBe(401);
    const [key] = await json<{ revokedAt?: string }[]>('key', 'list', domainId);
    expect(key?.revokedAt).toMatch(/^\d{4}-/);
    expect(key).not.toHaveProperty('hash');
  });
});

it('without AWS, the environment says where the admin API is, and opens it', async () => {
  const { adminUrl, adminToken } = session();
  const env = { ...process.env, SCIM_ADMIN_URL: adminUrl, SCIM_ADMIN_TOKEN: adminToken };
  const { code, out } = await run(['whoami'], env);
  expect(code).toBe(0);
  expect(out).toMatch(/^operator +true$/m);
});

it('doctor tells of each check, and ends with 1 where one fails', async () => {
  const [well, ill] = await Promise.all([scim('doctor'), scim('doctor', '--key', 'scim_wrong')]);
  const checks = ({ code, out }: Outcome) => [
    code,
    ...out.split('\n').map((line) => line.slice(0, 18).trim()),
  ];
  const alike = ['ok      DNS', 'ok      TLS', 'ok      gateway'];
  expect(checks(well)).toEqual([0, ...alike, 'ok      key', 'ok      round trip']);
  expect(checks(ill)).toEqual([1, ...alike, 'FAILED  key']);
});

describe('a mistake', () => {
  it.each<[string, string[], RegExp]>([
    ['a domain that there is not', ['domain', 'show', 'nobody'], /^There is no domain nobody\.$/],
    ['a key that there is not', ['key', 'revoke', 'nobody', 'k'], /^There is no domain nobody\.$/],
    ['a deletion without the name', ['domain', 'delete', 'nobody'], /required option '--name <name>'/],
    [
      'a rate plan that there is not',
      ['domain', 'create', 'X', '--rate-plan', 'free'],
      /standard, gallery, unmetered/,
    ],
    ['a name that is missing', ['domain', 'create'], /missing required argument 'name'/],
    ['a command that there is not', ['domian'], /unknown command 'domian'/],
  ])('(%s) ends with 1 and a sentence', async (_, args, message) => {
    const { code, out, err } = await scim(...args);
    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(out).toBe('');
    expect(err).not.toMatch(/\n +at /);
  });

  it('in a value is told as the admin API tells it', async () => {
    const { domainId } = await create();
    const { code, err } = await scim('key', 'create', domainId, '--expire-time', 'soon');
    expect({ code, err }).toEqual({
      code: 1,
      err: '"expireTime" must be a time of RFC 3339, such as 2027-01-31T12:00:00Z.',
    });
  });

  it('in the region, where nothing is deployed, says so', async () => {
    const store = await listen((_, response) => {
      const __type = 'ParameterNotFound';
      response.setHeader('x-amzn-errortype', __type);
      sendJson(response, 400, { __type }, 'application/x-amz-json-1.1');
    }, 0);
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL_SSM: store.url,
      AWS_REGION: 'eu-north-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    };
    const { code, err } = await run(['domain', 'list'], env);
    await store.close();
    expect(code).toBe(1);
    expect(err).toMatch(/^Nothing is deployed in eu-north-1: .* Deploy first, or set AWS_REGION\.$/);
  });

  it('in the place of the session says how to start a system', async () => {
    const { code, err } = await run(['--local', '--session', '/nowhere/session.json', 'domain', 'list']);
    expect({ code, err }).toEqual({
      code: 1,
      err: 'There is no local system at /nowhere/session.json. Start one with: npm start',
    });
  });
});
