import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { adminClient } from '../support/system/admin-client';
import { listMailsTo, waitForMail } from '../support/system/mails';
import { type DomainClient, createDomainClient, session } from '../support/system/system';

const DOCUMENT = readFileSync(path.join(__dirname, '../../docs/migration.md'), 'utf8');
const [, SCRIPT = ''] = /```js\n([^]*?)```/.exec(DOCUMENT) ?? [];

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'migration-'));
  writeFileSync(path.join(directory, 'import.mjs'), SCRIPT);
});
afterAll(() => rmSync(directory, { recursive: true }));

async function importList(domain: DomainClient, ...lines: string[]): Promise<string[]> {
  const list = path.join(directory, 'users.csv');
  writeFileSync(list, ['userName,email,givenName,familyName,userType', ...lines, ''].join('\n'));
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(directory, 'import.mjs'), list], {
    env: { ...process.env, BASE_URL: session().baseUrl, SCIM_KEY: domain.scimKey },
  });
  return stdout.trim().split('\n');
}

describe('the import script of the migration guide', () => {
  it('sends no email without seats, can run again, links users by userName, and sends emails when there are seats', async () => {
    const domain = await createDomainClient();
    const admin = adminClient();
    const change = (body: object) => admin('PATCH', `/domains/${domain.domainId}`, body);
    await change({ seats: 0, seatPolicy: 'wait' });
    const ada = `ada@${domain.domainId}.example`;
    const row = `Ada@example.com,${ada},Ada,Example,Full User`;

    expect(await importList(domain, row, ',bob@example.com,Bob,Example,Core User')).toEqual([
      'Ada@example.com 201 ',
      expect.stringMatching(/^ 400 .*userName is required/),
    ]);
    expect(await importList(domain, row)).toEqual([expect.stringMatching(/^Ada@example.com 409 /)]);

    const filter = encodeURIComponent('userName eq "ada@EXAMPLE.com"');
    const { body: found } = (await domain.request('GET', `/Users?filter=${filter}`)) as {
      body: { Resources: [{ id: string }] };
    };
    const [{ id }] = found.Resources;
    const link = { Operations: [{ op: 'replace', value: { externalId: 'new', active: true } }] };
    expect((await domain.request('PATCH', `/Users/${id}`, link)).body).toMatchObject({ externalId: 'new' });
    expect(await listMailsTo(ada)).toEqual([]);

    await change({ seats: null });
    expect(await waitForMail(ada)).toHaveLength(1);
  });
});
