import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Parameters } from '../../../../../local/services/ssm/parameters';
import { Secrets } from '../../../../../local/services/secrets-manager/secrets';
import { Callers } from '../../../../../local/cloud/callers';
import { serveEndpoint } from '../../../../../local/cloud/endpoint/server';
import { listen, type Listening, sendJson } from '../../../../../local/host/http';
import { JsonFile } from '../../../../../local/host/json-file';
import type { Resource } from '../../../../../local/cloud/template/resources';
import { adminParameter, secretsParameter } from '../../../../../shared/deployment';
import { parseSecretVersions } from '../../../../../shared/credentials/secret-versions';
import { SECRET_NAMES, type SecretName } from '../../../../../shared/credentials/secret-names';
import { iamOf } from '../../../../local/iam';
import { scim } from '../../run';

const directory = mkdtempSync(path.join(tmpdir(), 'admin-token-'));
const session = path.join(directory, 'session.json');
const arn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:Token-abcdef';

const arnOf = (name: SecretName) => `arn:aws:secretsmanager:us-east-1:000000000000:secret:${name}-abcdef`;
const arns = Object.fromEntries(SECRET_NAMES.map((name) => [name, arnOf(name)]));

let secrets: Secrets;
let control: Listening;
const before = { ...process.env };

beforeAll(async () => {
  secrets = new Secrets(
    [arn, ...Object.values(arns)].map(
      (ref) => ({ ref, logicalId: 'Token', properties: {} }) as unknown as Resource,
    ),
    new JsonFile(path.join(directory, 'secrets.json')),
  );
  const parameter = (ref: string, value: object) =>
    ({ ref, properties: { Type: 'String', Value: JSON.stringify(value) } }) as unknown as Resource;
  const parameters = new Parameters([
    parameter(adminParameter('default'), { adminTokenSecretArn: arn }),
    parameter(secretsParameter('default'), arns),
    parameter(adminParameter('former'), { adminTokenSecretArn: arn }),
  ]);
  const aws = { ...secrets.operations(), ...parameters.operations() };
  const operations = () => ({ aws, local: {} });
  control = await serveEndpoint({ callers: new Callers(), iam: iamOf(), operations });
  const endpoints = {
    AWS_ENDPOINT_URL_SSM: control.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: control.url,
  };
  writeFileSync(session, JSON.stringify({ region: 'us-east-1', endpoints, domainId: 'd' }));
});
afterAll(async () => {
  await control.close();
  process.env = before;
});

/** Stores a text of a secret, as if that was two hours ago. */
function storeBefore(SecretId: string, SecretString: string): void {
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 7_200_000);
  secrets.putSecretValue({ SecretId, SecretString });
  clock.mockRestore();
}

const textOf = (SecretId: string, VersionStage: string) =>
  (secrets.getSecretValue({ SecretId, VersionStage }) as { SecretString: string }).SecretString;

const run = (...args: string[]) => scim(['--local', '--session', session, ...args]);
const local = (...args: string[]) => run('admin-token', ...args);

it('admin-token show prints the token, and rotate replaces it, in the session too', async () => {
  const shown = await local('show');
  expect(shown).toEqual({ code: 0, out: expect.stringMatching(/^scim_admin_\S{30,}\n$/) as string, err: '' });
  const { token } = JSON.parse((await local('rotate', '--yes', '--json')).out) as { token: string };
  expect(token).toMatch(/^scim_admin_\w{43}$/);
  expect(`${token}\n`).not.toBe(shown.out);
  expect((await local('show')).out).toBe(`${token}\n`);
  expect(secrets.getSecretValue({ SecretId: arn, VersionStage: 'AWSPREVIOUS' })).toMatchObject({
    SecretString: shown.out.trim().replace('scim_admin_', ''),
  });
  expect(JSON.parse(readFileSync(session, 'utf8'))).toMatchObject({ adminToken: token, domainId: 'd' });
});

it('admin-token rotate, repeated after an interruption, prints the new token and keeps the one in use', async () => {
  storeBefore(arn, 'former');
  storeBefore(arn, 'used');
  const { out } = await local('rotate', '--yes');
  const repeated = await local('rotate', '--yes');
  expect(repeated).toEqual({ code: 0, out, err: expect.stringContaining('was created before') as string });
  expect(textOf(arn, 'AWSPREVIOUS')).toBe('used');
  const json = JSON.parse((await local('rotate', '--yes', '--json')).out) as object;
  expect(json).toEqual({ token: out.trim(), createdAt: expect.stringMatching(/Z$/) as string });
});

it('admin-token rotate creates another token an hour later', async () => {
  storeBefore(arn, 'former');
  storeBefore(arn, 'used');
  await local('rotate', '--yes');
  expect([textOf(arn, 'AWSCURRENT'), textOf(arn, 'AWSPREVIOUS')]).toEqual([
    expect.stringMatching(/^\w{43}$/),
    'used',
  ]);
});

it('admin-token rotate requires a confirmation', async () => {
  const { out: token } = await local('show');
  expect((await local('rotate')).code).toBe(2);
  expect((await local('show')).out).toBe(token);
});

it('admin-token rotate --end-former replaces it twice, so that the former one is gone', async () => {
  const former = (await local('show')).out.trim().replace('scim_admin_', '');
  await local('rotate', '--end-former', '--yes');
  for (const VersionStage of ['AWSCURRENT', 'AWSPREVIOUS'])
    expect(secrets.getSecretValue({ SecretId: arn, VersionStage })).not.toMatchObject({
      SecretString: former,
    });
});

const versionsOf = (name: SecretName) => parseSecretVersions(secrets.textOf(arnOf(name)));
const idsOf = (name: SecretName) => versionsOf(name).map(({ id }) => id);
const reset = (name: SecretName, text = 'first') => storeBefore(arnOf(name), text);

describe('secret rotate', () => {
  beforeEach(() => SECRET_NAMES.forEach((name) => reset(name)));

  it.each(SECRET_NAMES.filter((name) => name !== 'portal-origin'))(
    'publishes a version of %s that is used in 15 minutes, and keeps the former one',
    async (name) => {
      const startedAt = Date.now();
      const { code, out } = await run('secret', 'rotate', name, '--yes');
      expect([code, out]).toEqual([0, expect.stringContaining(`Version 2 of the secret ${name}`) as string]);
      const [first, second] = versionsOf(name);
      expect([first?.text, second?.text]).toEqual(['first', expect.stringMatching(/^\w{43}$/) as string]);
      // The header `Date` has whole seconds.
      expect(second?.from).toBeGreaterThan(startedAt + 899_000 - 1_000);
      expect(second?.from).toBeLessThanOrEqual(Date.now() + 900_000);
      const isEnding = name === 'access-token' || name === 'cursor';
      expect(first?.until === undefined).toBe(!isEnding);
      expect(first?.until ?? Infinity).toBeGreaterThan((second?.from ?? 0) + 3_600_000);
    },
  );

  it('publishes nothing if it is repeated before the version is used', async () => {
    const rotate = async () =>
      JSON.parse((await run('--json', 'secret', 'rotate', 'license', '--yes')).out) as object;
    const first = await rotate();
    const text = secrets.textOf(arnOf('license'));
    expect(await rotate()).toEqual({ ...first, wasPublished: true });
    expect(secrets.textOf(arnOf('license'))).toBe(text);
  });

  it('adds a third version to a secret whose former versions stay', async () => {
    for (let count = 0; count < 2; count++) await run('secret', 'rotate', 'webhook', '--after', '0', '--yes');
    expect(idsOf('webhook')).toEqual([1, 2, 3]);
  });

  it('refuses a third pepper until the first one is dropped', async () => {
    await run('secret', 'rotate', 'pepper', '--after', '0', '--yes');
    const { code, err } = await run('secret', 'rotate', 'pepper', '--yes');
    expect([code, err]).toEqual([1, expect.stringContaining('secret drop pepper') as string]);
    expect(idsOf('pepper')).toEqual([1, 2]);
  });

  it('ends the former version at once if somebody may know it', async () => {
    await run('secret', 'rotate', 'access-token', '--end-former', '--yes');
    expect(versionsOf('access-token')).toMatchObject([{ id: 2, from: -Infinity }]);
  });

  it.each(['pepper', 'license', 'webhook', 'portal-origin'] as const)(
    'does not end what was made with %s, and says what does',
    async (name) => {
      const { code, err } = await run('secret', 'rotate', name, '--end-former', '--yes');
      expect([code, err]).toEqual([
        2,
        expect.stringContaining(`not possible for the secret ${name}`) as string,
      ]);
      expect(secrets.textOf(arnOf(name))).toBe('first');
    },
  );

  it('replaces the secret of the portal, and says how CloudFront gets it', async () => {
    const { out } = await run('secret', 'rotate', 'portal-origin', '--yes');
    expect(out).toContain('--parameters ScimAdmin:PortalOriginRotation=');
    expect(secrets.textOf(arnOf('portal-origin'))).toMatch(/^\w{43}$/);
  });

  it('keeps the secret that CloudFront sends if it is repeated within an hour', async () => {
    await run('secret', 'rotate', 'portal-origin', '--yes');
    const replaced = secrets.textOf(arnOf('portal-origin'));
    const { out } = await run('secret', 'rotate', 'portal-origin', '--yes');
    expect(out).toContain('already replaced');
    expect(secrets.textOf(arnOf('portal-origin'))).toBe(replaced);
    expect(textOf(arnOf('portal-origin'), 'AWSPREVIOUS')).toBe('first');
  });

  it.each([
    ['without a confirmation', ['cursor']],
    ['of another secret', ['admin-token', '--yes']],
    ['with another time', ['cursor', '--after', 'soon', '--yes']],
  ])('%s changes nothing', async (_, args) => {
    expect((await run('secret', 'rotate', ...args)).code).toBe(2);
    expect(secrets.textOf(arnOf('cursor'))).toBe('first');
  });

  it('changes nothing while functions of an earlier version may run', async () => {
    const file = path.join(directory, 'former.json');
    writeFileSync(file, readFileSync(session, 'utf8').replace('{', '{"stage":"former",'));
    const { code, err } = await scim(['--local', '--session', file, 'secret', 'rotate', 'cursor', '--yes']);
    expect([code, err]).toEqual([1, expect.stringContaining('its deployment is not complete') as string]);
  });

  it('changes nothing if the secret cannot be read, and does not show it', async () => {
    reset('cursor', '{"versions": "hidden"');
    const { code, out, err } = await run('secret', 'rotate', 'cursor', '--yes');
    expect(code).toBe(1);
    expect(out + err).not.toContain('hidden');
    expect(secrets.textOf(arnOf('cursor'))).toBe('{"versions": "hidden"');
  });

  it('gives functions 15 minutes, except on this machine', async () => {
    const outside = await scim(['secret', 'rotate', 'cursor', '--after', '10', '--yes']);
    expect([outside.code, outside.err]).toEqual([2, expect.stringContaining('at least 900') as string]);
  });
});

describe('secret rotate access-token', () => {
  beforeEach(() => reset('access-token'));

  it('keeps the former version', async () => {
    const { code } = await run('secret', 'rotate', 'access-token', '--yes');
    expect([code, idsOf('access-token')]).toEqual([0, [1, 2]]);
  });

  it('ends the former version if all tokens are to end', async () => {
    await run('secret', 'rotate', 'access-token', '--end-former', '--yes');
    expect(idsOf('access-token')).toEqual([2]);
  });

  it('requires a confirmation', async () => {
    expect((await run('secret', 'rotate', 'access-token')).code).toBe(2);
    expect(secrets.textOf(arnOf('access-token'))).toBe('first');
  });
});

describe('secret list', () => {
  it('shows the versions, without their texts', async () => {
    SECRET_NAMES.forEach((name) => reset(name, 'hidden'));
    await run('secret', 'rotate', 'cursor', '--yes');
    const { out } = await run('secret', 'list');
    expect(out).not.toContain('hidden');
    for (const name of SECRET_NAMES) expect(out).toContain(name);
    const states = JSON.parse((await run('--json', 'secret', 'list')).out) as {
      name: string;
      version: number;
      state: string;
    }[];
    expect(states.filter(({ name }) => name === 'cursor')).toMatchObject([
      { version: 1, state: 'used' },
      { version: 2, state: 'next' },
    ]);
  });
});

describe('secret drop', () => {
  const WITH_FORMER = [{ credentials: [{ type: 'scim-key' }, { type: 'client-secret', pepperId: 2 }] }];

  /** Runs `secret drop` with these connections in the only domain. */
  async function drop(connections: readonly object[], ...args: string[]) {
    const api = await listen((request, response) => {
      const items = request.url?.includes('/connections') ? connections : [{ domainId: 'd' }];
      sendJson(response, 200, { items });
    }, 0);
    const file = path.join(directory, 'drop.json');
    const more = { adminUrl: api.url, adminToken: 'scim_admin_x' };
    writeFileSync(
      file,
      JSON.stringify({ ...(JSON.parse(readFileSync(session, 'utf8')) as object), ...more }),
    );
    const outcome = await scim(['--local', '--session', file, 'secret', ...args]);
    await api.close();
    return outcome;
  }
  beforeEach(async () => {
    reset('pepper');
    await run('secret', 'rotate', 'pepper', '--after', '0', '--yes');
  });

  it('is refused while credentials need the former pepper', async () => {
    const { code, err } = await drop(WITH_FORMER, 'drop', 'pepper', '--yes');
    expect([code, err]).toEqual([1, expect.stringContaining('1 SCIM key or client secret needs') as string]);
    expect(idsOf('pepper')).toEqual([1, 2]);
  });

  it('ends the former pepper with --force', async () => {
    await drop(WITH_FORMER, 'drop', 'pepper', '--force', '--yes');
    expect(idsOf('pepper')).toEqual([2]);
  });

  it('ends it if only credentials that have ended need it, and trusts, which have no secret', async () => {
    const ended = [
      { type: 'scim-key', revokedAt: '2026-01-01T00:00:00Z' },
      { type: 'client-secret', expireTime: '2026-01-01T00:00:00Z' },
      { type: 'trust' },
      { type: 'scim-key', pepperId: 2 },
    ];
    const { code } = await drop([{ credentials: ended }], 'drop', 'pepper', '--yes');
    expect(code).toBe(0);
    expect(idsOf('pepper')).toEqual([2]);
    const again = await drop([{ credentials: ended }], 'drop', 'pepper', '--yes');
    expect([again.code, idsOf('pepper')]).toEqual([0, [2]]);
  });

  it('is refused before the new pepper is used', async () => {
    reset('pepper');
    await run('secret', 'rotate', 'pepper', '--yes');
    const { code, err } = await drop([], 'drop', 'pepper', '--yes');
    expect([code, err]).toEqual([1, expect.stringContaining('may still use') as string]);
    expect(idsOf('pepper')).toEqual([1, 2]);
  });

  it('counts the credentials of each pepper', async () => {
    const { out } = await drop(WITH_FORMER, 'status', 'pepper', '--json');
    expect(JSON.parse(out)).toMatchObject([
      { version: 1, state: 'accepted', credentials: 1 },
      { version: 2, state: 'used', credentials: 1 },
    ]);
  });

  it('requires a confirmation before it reads anything', async () => {
    // The session has no admin API.
    const { code, err } = await run('secret', 'drop', 'pepper');
    expect([code, err]).toEqual([2, expect.stringContaining('Confirm with --yes') as string]);
    expect(idsOf('pepper')).toEqual([1, 2]);
  });

  it('is not possible for other secrets', async () => {
    expect((await drop([], 'drop', 'license', '--yes')).code).toBe(2);
  });
});
