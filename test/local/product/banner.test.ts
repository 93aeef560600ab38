import { execFileSync } from 'node:child_process';
import { banner } from '../../../local/product/banner';
import type { Session } from '../../../local/product/session';

const session: Session = {
  stage: 'local',
  baseUrl: 'http://127.0.0.1:3000/scim/v2',
  licenseCheckUrl: 'http://127.0.0.1:3003/license/v1/check',
  domainId: 'domain-1',
  scimKey: 'scim_key',
  ratePlan: 'standard',
  mailUrl: 'http://127.0.0.1:3001',
  controlUrl: 'http://127.0.0.1:3002/_local',
  adminUrl: 'http://127.0.0.1:3003/admin/v1',
  adminToken: 'scim_admin_token',
  portalUrl: 'http://127.0.0.1:3004',
  issuer: 'http://127.0.0.1:3005',
  region: 'us-east-1',
  engine: 'dynoxide',
  engineUrl: 'http://127.0.0.1:8000',
  endpoints: {},
  starts: 1,
};

describe('banner', () => {
  it('contains the addresses and credentials, and the mailbox', () => {
    const text = banner(session, '.local', '.local');
    const { baseUrl, scimKey, domainId, mailUrl, licenseCheckUrl } = session;
    for (const value of [baseUrl, scimKey, domainId, mailUrl, licenseCheckUrl]) {
      expect(text).toContain(value);
    }
  });

  it('contains a curl command that checks the key of the last email', () => {
    const [command = ''] = /^curl -i '\S+\/check'.*\n.*$/m.exec(banner(session, '.local', '.local')) ?? [];
    const mails = 'M8WQ4-7WVT1-TYWR2-B22E9-QPP6J in one mail\n{"text":"Key: 4FVS6-7WVT1-TYWR2-B22E9-QPP6J"}';
    // Runs the shell part of the command with fixed emails instead of the mailbox.
    const shell = command
      .replace(/^curl -i .*\n.*-H /, 'echo ')
      .replace(/curl -s '\S+'/, `printf '%s' '${mails}'`);
    expect(execFileSync('sh', ['-c', shell], { encoding: 'utf8' })).toBe(
      'License-Key: 4FVS6-7WVT1-TYWR2-B22E9-QPP6J\n',
    );
  });

  it('contains a curl command that can be pasted: not indented, with its JSON body in single quotes', () => {
    const [, command = ''] = /^(curl[^]*?)\n\n/m.exec(banner(session, '.local', '.local')) ?? [];
    expect(
      command
        .split('\n')
        .slice(0, -1)
        .every((line) => line.endsWith(' \\')),
    ).toBe(true);
    const [, body = ''] = /-d '([^']+)'$/.exec(command) ?? [];
    expect(JSON.parse(body)).toMatchObject({
      userName: 'john.doe@example.com',
      externalId: 'emp-12345',
      active: true,
    });
  });

  it('suggests another user at each start, because the one before may exist', () => {
    const again = banner({ ...session, starts: 3 }, '.local', '.local');
    expect(again).toContain('"userName":"john.doe.3@example.com","externalId":"emp-12347"');
  });

  it('passes the session file to the CLI only if it is not in the default directory', () => {
    expect(banner(session, '.local', '.local')).toContain('--local domain list');
    expect(banner(session, '/tmp/x', '.local')).toContain(
      '--local --session /tmp/x/session.json domain list',
    );
  });

  it('says that the stage has no portal', () => {
    expect(banner(session, '.local', '.local')).toContain('Portal     http://127.0.0.1:3004');
    const text = banner({ ...session, portalUrl: '' }, '.local', '.local');
    expect(text).toContain('Portal     none, because the stage leaves it out');
    expect(text).not.toContain('sign in as');
  });
});
