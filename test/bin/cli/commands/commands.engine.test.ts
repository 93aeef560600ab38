import { randomUUID } from 'node:crypto';
import {
  APIGatewayClient,
  DeleteUsagePlanKeyCommand,
  GetApiKeysCommand,
  GetUsagePlansCommand,
} from '@aws-sdk/client-api-gateway';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Domain, GeneratedScimKey, ScimKey } from '../../../../portal/src/api/schema';
import { suppressedKey } from '../../../../shared/store/table/mail-keys';
import { openTable } from '../../../../shared/store/table/table';
import { systemTable } from '../../../support/consistency/domain-data';
import { giveLegacyName } from '../../../support/store/legacy-names';
import {
  clientWithKey,
  deployment,
  type DomainClient,
  createDomainClient,
  session,
  useSdkEnvironment,
} from '../../../support/system/system';
import { scim } from '../run';
import { json, printed, scimLocal } from '../run-local';
import { documentClient } from '../../../support/store/document-client';

const create = async (...options: string[]): Promise<string> =>
  (await json<Domain>('domain', 'create', 'Example Inc', '--rate-plan', 'unmetered', ...options)).domainId;

describe('scim domain', () => {
  it('creates a domain with all settings, shows it, and updates it', async () => {
    const options = ['--seats', '50', '--seat-policy', 'wait', '--mail-delay', '60', '--disabled'];
    const notify = ['--notify', 'it@example.com, ops@example.com'];
    const domainId = await create(...options, ...notify);
    expect(await json('domain', 'show', domainId)).toMatchObject({
      ...{ ratePlan: 'unmetered', seats: 50, seatPolicy: 'wait', mailDelayMinutes: 60, scimEnabled: false },
      notifyAddresses: ['it@example.com', 'ops@example.com'],
    });
    const changed = await printed(
      ...[
        'domain',
        'update',
        domainId,
        '--name',
        'Example Corp',
        '--rate-plan',
        'gallery',
        '--seats',
        'unlimited',
        '--notify',
        'none',
      ],
    );
    for (const line of [/^Name +Example Corp$/m, /^Rate plan +gallery$/m, /^Seats +unlimited$/m])
      expect(changed).toMatch(line);
    expect(changed).toMatch(/^Seat policy +wait$/m);
    expect(changed).toMatch(/^Notify +nobody$/m);
  });

  it('makes SCIM available to a domain or not', async () => {
    const domainId = await create('--scim-available', 'no');
    expect(await json('domain', 'show', domainId)).toMatchObject({ scimAvailable: false, scimEnabled: true });
    expect(await printed('domain', 'update', domainId, '--scim-available', 'yes')).toMatch(
      /^SCIM available +yes$/m,
    );
    expect((await scimLocal(['domain', 'update', domainId, '--scim-available', 'maybe'])).code).not.toBe(0);
    expect(await printed('domain', 'show', domainId)).toMatch(/^SCIM available +yes$/m);
  });

  it('restores the usage key of a domain that is on no usage plan', async () => {
    const domainId = await create();
    useSdkEnvironment();
    const gateway = new APIGatewayClient({});
    const keysOf = async () =>
      (await gateway.send(new GetApiKeysCommand({ nameQuery: `scim-${domainId}` }))).items ?? [];
    const planOf = async (keyId = '') =>
      (await gateway.send(new GetUsagePlansCommand({ keyId }))).items?.map(({ id }) => id) ?? [];
    const [key] = await keysOf();
    const [plan] = await planOf(key?.id);
    expect(plan).toBeDefined();
    // A new API has new plans, without the keys of the old ones.
    await gateway.send(new DeleteUsagePlanKeyCommand({ usagePlanId: plan, keyId: key?.id }));
    expect(await printed('domain', 'restore-usage-keys', domainId)).toBe(
      'The usage keys of 1 domain are on their usage plans.\n',
    );
    const plans = await Promise.all((await keysOf()).map(({ id }) => planOf(id)));
    expect(plans).toContainEqual([plan]);
  });

  it('deletes a domain after its name is confirmed, and lists it among the deleted ones', async () => {
    const domainId = await create();
    const wrong = await scimLocal(['domain', 'delete', domainId, '--name', 'Example']);
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toMatch(/named "Example Inc", not "Example"/);
    expect((await scimLocal(['domain', 'delete', domainId], { answers: ['Example Inc'] })).code).toBe(0);
    expect(await printed('domain', 'list', '--all')).not.toContain(domainId);
    expect(await printed('domain', 'list', '--deleted', '--all')).toMatch(
      new RegExp(`^${domainId}  Example Inc  `, 'm'),
    );
    const deleted = await scimLocal(['domain', 'show', domainId]);
    expect(deleted).toEqual({
      code: 1,
      out: '',
      err: `error: There is no domain ${domainId}. See: scim domain list\n`,
    });
  });
});

describe('scim key', () => {
  it('shows a key once, lists it without its secret, and revokes it immediately', async () => {
    const domainId = await create();
    const { key, token } = await json<GeneratedScimKey>('key', 'create', domainId, '--expires', '90d');
    const status = async () => (await clientWithKey(domainId, token).request('GET', '/Users?count=0')).status;
    expect(await status()).toBe(200);
    const listed = await printed('key', 'list', domainId);
    expect(listed).toMatch(/^Name +Key ID +Created +Last used +Expires +Status$/m);
    expect(listed).not.toContain(token.slice(-49));
    expect(await json('domain', 'disable', domainId, '--yes')).toMatchObject({ scimEnabled: false });
    expect(await status()).toBe(403);
    expect(await json('domain', 'enable', domainId)).toMatchObject({ scimEnabled: true });
    expect(await status()).toBe(200);
    await printed('key', 'revoke', domainId, key.keyId, '--yes');
    expect(await status()).toBe(401);
    expect(await json<ScimKey[]>('key', 'list', domainId)).toMatchObject([{ status: 'revoked' }]);
  });
});

describe('the commands for the contents of a domain', () => {
  let domain: DomainClient;
  let userId: string;

  beforeAll(async () => {
    domain = await createDomainClient({ ratePlan: 'gallery' });
    const userName = `jane-${domain.domainId}@example.com`;
    const created = await domain.request('POST', '/Users', { userName, displayName: 'Jane' });
    userId = (created.body as { id: string }).id;
    await domain.request('POST', '/Groups', { displayName: 'Staff', members: [{ value: userId }] });
  });

  it('find a user by the beginning of the name, show groups and license, and deactivate the user', async () => {
    const listed = await printed('user', 'list', domain.domainId, '--search', 'JANE-');
    expect(listed).toMatch(
      /^User ID +User name +Name +License +Type +Email problem +Managed by +Last change$/m,
    );
    expect(listed).toMatch(new RegExp(`^${userId} +jane-\\S+ +Jane +active`, 'm'));
    expect(await printed('user', 'show', domain.domainId, userId)).toMatch(/^Groups +Staff$/m);
    const changed = await printed('user', 'deactivate', domain.domainId, userId, '--yes');
    expect(changed).toMatch(/^License +inactive$/m);
  });

  it('list audit events with actor and changes, newest first, and export one event per line', async () => {
    const { domainId } = domain;
    const lines = (await printed('audit', 'list', domainId, '--resource', userId)).trim().split('\n');
    expect(lines.map((line) => line.split(/ +/)[1])).toEqual(['Event', 'user.updated', 'user.created']);
    expect(lines[1]).toMatch(/ admin Admin token .* done +active, license deactivated$/);
    const firstPage = await scimLocal(['audit', 'list', domainId, '--limit', '1', '--from', '1h']);
    expect(firstPage.out.trim().split('\n')).toHaveLength(2);
    expect(firstPage.err).toMatch(/^There are more items/);
    const exported = (await printed('audit', 'export', domainId, '--action', 'user')).trim().split('\n');
    const actions = exported.map((line) => (JSON.parse(line) as { action: string }).action);
    expect(actions).toEqual(['user.updated', 'user.created']);
  });

  it('show the readiness findings, and the usage of the last hour', async () => {
    expect(await printed('domain', 'readiness', domain.domainId)).toMatch(
      /^(The domain is ready|INFO|WARNING|ERROR)/,
    );
    const usage = await printed('domain', 'usage', domain.domainId);
    expect(usage).toMatch(/^Rate plan gallery: 1500 requests a minute, 250 in ten seconds\./);
    expect(usage).toMatch(/^\d{4}-\S+ +\d+ +\d+ +\S/m);
  });

  it('list and count the requests', async () => {
    const { domainId } = domain;
    expect((await domain.request('GET', '/Users?filter=jane')).status).toBe(400);
    const [first] = (await printed('request', 'list', domainId, '--outcome', 'refused'))
      .trim()
      .split('\n')
      .slice(1);
    expect(first).toMatch(/^\d{4}-\S+ +GET \/Users\?filter=… +400 +The filter cannot be read .* test /);
    expect(await printed('request', 'list', domainId, '--status', '418')).toBe('No requests match.\n');
    const counted = await printed('request', 'count', domainId, '--period', 'hour');
    expect(counted).toMatch(/^Requests in the last hour: \d+, of which \d+ were refused\.$/m);
    expect(counted).toMatch(/^400 +\d+$/m);
  });

  it('verify and repair the names', async () => {
    const { domainId } = domain;
    const created = await domain.request('POST', '/Groups', { displayName: 'temporary name' });
    const groupId = (created.body as { id: string }).id;
    await giveLegacyName(await systemTable(), domainId, 'GROUP', groupId, 'ＥＮＧ');
    const { code, out, err } = await scimLocal(['verify', domainId]);
    expect(out).toMatch(new RegExp(`^${domainId} +3 +1 +0 +0 +0 +0 +0 +0$`, 'm'));
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining('One problem is left.') as string,
    });
    expect(await json('verify', domainId, '--repair')).toEqual([
      expect.objectContaining({ domainId, checked: 3, outdated: 1, repaired: 1, duplicates: [] }),
    ]);
    expect(await printed('verify', domainId)).toMatch(
      new RegExp(`^${domainId} +3 +0 +0 +0 +0 +0 +0 +0$`, 'm'),
    );
    const filter = encodeURIComponent('displayName eq "eng"');
    const found = await domain.request('GET', `/Groups?filter=${filter}`);
    expect(found.body).toMatchObject({ totalResults: 1 });
  });

  it('list and clear suppressed addresses', async () => {
    const address = `john-${randomUUID()}@example.com`;
    useSdkEnvironment();
    const table = openTable((await deployment()).tableName);
    const details = { address, reason: 'bounced', at: '2026-01-01T00:00:00.000Z', detail: 'General' };
    const Item = { ...suppressedKey(domain.domainId, address), ...details, userId, mailId: 'm' };
    await documentClient(table).send(new PutCommand({ TableName: table.name, Item }));
    expect(await printed('address', 'list', domain.domainId)).toMatch(
      new RegExp(`^${address} +bounced +2026-01-01T00:00:00Z +${userId} +General$`, 'm'),
    );
    expect(await printed('address', 'clear', domain.domainId, address)).toBe(
      `${address} can receive emails again.\n`,
    );
    const { code, err } = await scimLocal(['address', 'clear', domain.domainId, address]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/is not suppressed in/) as string });
  });
});

it('the CLI works without AWS if the environment has the URL and the token of the admin API', async () => {
  const { adminUrl, adminToken } = session();
  const env = { SCIM_ADMIN_URL: adminUrl, SCIM_ADMIN_TOKEN: adminToken };
  expect((await scim(['api', 'whoami'], { env })).out).toMatch(/^Access +all domains$/m);
  const refused = await scim(['api', 'whoami'], { env: { ...env, SCIM_ADMIN_TOKEN: 'scim_admin_wrong' } });
  expect(refused).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /The admin token was refused\. Run `scim admin-token show` .* set SCIM_ADMIN_TOKEN/,
    ) as string,
  });
  expect(refused.err).not.toContain('scim_admin_wrong');
});

it('a command for an unknown user reports it, and names the commands that list users', async () => {
  const domainId = await create();
  for (const command of [
    ['user', 'show'],
    ['user', 'deactivate', '--yes'],
    ['license', 'show'],
    ['mail', 'resend'],
  ]) {
    const { code, err } = await scimLocal([...command, domainId, 'nobody']);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/nobody.* See: scim domain list; scim user list <domainId>\n$/) as string,
    });
  }
});
