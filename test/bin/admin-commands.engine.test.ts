import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { addAuditCommands } from '../../bin/audit-commands';
import { Cli } from '../../bin/cli';
import { addHealthCommands } from '../../bin/health-commands';
import { addUserCommands } from '../../bin/user-commands';
import type { ApiGatewayControl } from '../../local/control/api-gateway';
import { Parameters } from '../../local/control/parameters';
import { Secrets } from '../../local/control/secrets';
import { type ControlParts, serveControl } from '../../local/control/server';
import { JsonFile } from '../../local/host/json-file';
import type { Resource } from '../../local/template/resources';
import { ADMIN_PARAMETER } from '../../shared/deployment';
import { type DomainClient, newDomain, useSdkEnvironment } from '../integration/system';

let domain: DomainClient;
let userId: string;

beforeAll(async () => {
  useSdkEnvironment();
  domain = await newDomain({ ratePlan: 'gallery' });
  const userName = `jane-${domain.domainId}@example.com`;
  const user = await domain.request('POST', '/Users', { userName, displayName: 'Jane' });
  userId = (user.body as { id: string }).id;
  await domain.request('POST', '/Groups', { displayName: 'Staff', members: [{ value: userId }] });
});

/** Runs a command in this process; gives what it prints. */
async function scim(...args: string[]): Promise<string> {
  const printed: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line = '') => void printed.push(String(line)));
  const write = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => printed.push(String(text)) > 0);
  const program = new Command('scim').option('--local').option('--session <file>').option('--json');
  const cli = new Cli(program);
  addUserCommands(program, cli);
  addAuditCommands(program, cli);
  addHealthCommands(program.command('domain'), cli);
  try {
    await program.parseAsync(args, { from: 'user' });
  } finally {
    log.mockRestore();
    write.mockRestore();
  }
  return printed.join('\n');
}

describe('user', () => {
  it('is found by the beginning of a name, shown with groups and license, and deactivated', async () => {
    const listed = await scim('user', 'list', domain.domainId, '--search', 'JANE-');
    expect(listed).toMatch(/^userId +userName +displayName +active +license +email +mailProblem$/m);
    expect(listed).toMatch(new RegExp(`^${userId} +jane-\\S+ +Jane +true +active`, 'm'));
    const shown = await scim('user', 'show', domain.domainId, userId);
    expect(shown).toMatch(/^groups +Staff$/m);
    expect(await scim('user', 'deactivate', domain.domainId, userId)).toMatch(/^license +inactive$/m);
    expect(await scim('user', 'list', domain.domainId, '--search', 'nobody')).not.toContain(userId);
  });
});

describe('audit', () => {
  it('lists what happened, newest first, with who and what', async () => {
    const lines = (await scim('audit', 'list', domain.domainId, '--resource', userId)).split('\n');
    expect(lines.map((line) => line.split(/ +/)[1])).toEqual(['action', 'user.updated', 'user.created']);
    expect(lines[1]).toMatch(/ admin Admin token +active$/);
    expect(lines[2]).toMatch(/ scimKey test +/);
    expect((await scim('audit', 'list', domain.domainId, '--limit', '1')).split('\n')).toHaveLength(2);
  });

  it('is exported as a line for each event', async () => {
    const lines = (await scim('audit', 'export', domain.domainId, '--action', 'user')).trim().split('\n');
    const actions = lines.map((line) => (JSON.parse(line) as { action: string }).action);
    expect(actions).toEqual(['user.updated', 'user.created']);
  });
});

describe('domain', () => {
  it('readiness says what to do', async () => {
    const printed = await scim('domain', 'readiness', domain.domainId);
    expect(printed).toMatch(/^(The domain is ready|INFO|WARNING|ERROR)/);
  });

  it('usage has the requests of the last hour', async () => {
    const printed = await scim('domain', 'usage', domain.domainId);
    expect(printed).toMatch(/^Rate plan gallery: 1500 a minute, 250 in ten seconds/);
    expect(printed).toMatch(/^\d{4}-\S+ +\d+ +\d+$/m);
  });
});

describe('admin-token', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'admin-token-'));
  const secretArn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:Token-abcdef';
  const adminTokenSecretArn = secretArn;
  const secrets = new Secrets(
    [{ ref: secretArn, logicalId: 'Token', properties: {} } as unknown as Resource],
    new JsonFile(path.join(directory, 'secrets.json')),
  );
  const parameters = new Parameters([
    {
      ref: ADMIN_PARAMETER,
      properties: { Type: 'String', Value: JSON.stringify({ adminTokenSecretArn }) },
    } as unknown as Resource,
  ]);

  it('is shown, and another one takes its place', async () => {
    const parts = { secrets, parameters, apiGateway: {} as ApiGatewayControl, local: {} } as ControlParts;
    const control = await serveControl(() => parts);
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL_SSM: control.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: control.url,
    };
    const token = async (command: string): Promise<string> => {
      const tsx = path.join(__dirname, '../../node_modules/tsx/dist/cli.mjs');
      const args = [tsx, 'bin/scim.ts', '--json', 'admin-token', command];
      const out = await new Promise<string>((resolve) => {
        const options = { cwd: path.join(__dirname, '../..'), env };
        execFile(process.execPath, args, options, (_, stdout) => resolve(stdout));
      });
      return (JSON.parse(out) as { token: string }).token;
    };
    const before = await token('show');
    const after = await token('rotate');
    expect(await token('show')).toBe(after);
    await control.close();
    expect(before).toMatch(/^scim_admin_\S{30,}$/);
    expect(after).toMatch(/^scim_admin_\w{43}$/);
    expect(after).not.toBe(before);
  }, 30_000);
});
