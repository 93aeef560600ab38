import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Parameters } from '../../../../local/services/ssm/parameters';
import { Secrets } from '../../../../local/services/secrets-manager/secrets';
import { Callers } from '../../../../local/cloud/callers';
import { serveEndpoint } from '../../../../local/cloud/endpoint/server';
import type { Listening } from '../../../../local/host/http';
import { JsonFile } from '../../../../local/host/json-file';
import type { Resource } from '../../../../local/cloud/template/resources';
import { adminParameter } from '../../../../shared/deployment';
import { iamOf } from '../../../local/iam';
import { scim } from '../run';

const directory = mkdtempSync(path.join(tmpdir(), 'admin-token-'));
const session = path.join(directory, 'session.json');
const arn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:Token-abcdef';

let control: Listening;
const before = { ...process.env };

beforeAll(async () => {
  const secrets = new Secrets(
    [{ ref: arn, logicalId: 'Token', properties: {} } as unknown as Resource],
    new JsonFile(path.join(directory, 'secrets.json')),
  );
  const Value = JSON.stringify({ adminTokenSecretArn: arn });
  const parameter = {
    ref: adminParameter('default'),
    properties: { Type: 'String', Value },
  } as unknown as Resource;
  const parameters = new Parameters([parameter]);
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

const local = (...args: string[]) => scim(['--local', '--session', session, 'admin-token', ...args]);

it('admin-token show prints the token, and rotate replaces it, in the session too', async () => {
  const shown = await local('show');
  expect(shown).toEqual({ code: 0, out: expect.stringMatching(/^scim_admin_\S{30,}\n$/) as string, err: '' });
  const { token } = JSON.parse((await local('rotate', '--yes', '--json')).out) as { token: string };
  expect(token).toMatch(/^scim_admin_\w{43}$/);
  expect(`${token}\n`).not.toBe(shown.out);
  expect((await local('show')).out).toBe(`${token}\n`);
  expect(JSON.parse(readFileSync(session, 'utf8'))).toMatchObject({ adminToken: token, domainId: 'd' });
});

it('admin-token rotate requires a confirmation', async () => {
  const { out: token } = await local('show');
  expect((await local('rotate')).code).toBe(2);
  expect((await local('show')).out).toBe(token);
});
