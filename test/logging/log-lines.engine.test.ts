import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { loadAssembly } from '../../local/cloud/template/assembly';
import { newId } from '../../shared/id';
import { formatToken, newSecret } from '../../shared/credentials/scim-key';
import { GROUP_SCHEMA, USER_SCHEMA } from '../../shared/scim/urns';
import { STATE_DIRECTORY_VARIABLE, systemAssembly } from '../support/jest/start-system';
import { eventually } from '../support/jest/timeouts';
import { adminClient, idTokenFor } from '../support/system/admin-client';
import { injectSesFault } from '../support/system/ses-faults';
import { waitForMail } from '../support/system/mails';
import { clientWithKey, type DomainClient, fireRule, session } from '../support/system/system';
import { Receiver } from '../support/webhooks/receiver';

type Line = Readonly<Record<string, unknown>> & { readonly service?: string; readonly requestId?: string };

/** Marks every value that no log line may contain. */
const MARK = `mark${randomBytes(8).toString('hex')}`;
const SECRETS = [MARK];
const MAIL = `${MARK}@example.com`;
const BOUNCE = `bounce+${MARK}@simulator.amazonses.com`;
const REFUSED = `refused-${MARK}@example.com`;
const USER_AGENT = 'Directory Sync/1.0';

const logs = () => path.join(process.env[STATE_DIRECTORY_VARIABLE] ?? '', 'logs');
/** The log of the local cloud itself is no log of the deployment. */
const files = () => readdirSync(logs()).filter((file) => file !== 'host.log');
let starts: ReadonlyMap<string, number>;

const sizes = () => new Map(files().map((file) => [file, statSync(path.join(logs(), file)).size]));

/** Returns what was written into the logs since this file started, or after other positions. */
function written(after: ReadonlyMap<string, number> = starts): string {
  return files()
    .map((file) => {
      const start = after.get(file) ?? 0;
      const descriptor = openSync(path.join(logs(), file), 'r');
      const buffer = Buffer.alloc(Math.max(0, statSync(path.join(logs(), file)).size - start));
      readSync(descriptor, buffer, 0, buffer.length, start);
      closeSync(descriptor);
      return buffer.toString();
    })
    .join('\n');
}

const lines = (after?: ReadonlyMap<string, number>): Line[] =>
  written(after)
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Line];
      } catch {
        // The function is writing the line.
        return [];
      }
    });

const SERVICES = loadAssembly(systemAssembly()).flatMap(({ template }) =>
  Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .flatMap(({ Properties }) => {
      const { Environment } = Properties as unknown as {
        Environment?: { Variables: { POWERTOOLS_SERVICE_NAME?: string } };
      };
      return Environment?.Variables.POWERTOOLS_SERVICE_NAME ?? [];
    }),
);

const admin = adminClient();
let domain: DomainClient;

const user = (userName: string, address: string) => ({
  schemas: [USER_SCHEMA],
  userName,
  displayName: MARK,
  title: MARK,
  emails: [{ value: address, type: 'work', primary: true }],
});

beforeAll(async () => {
  starts = sizes();
  const created = await admin('POST', '/domains', { name: MARK, notifyAddresses: [MAIL] });
  const { domainId } = created.body;
  const key = await admin('POST', `/domains/${domainId}/keys`, { name: MARK });
  expect([created.status, key.status]).toEqual([201, 201]);
  SECRETS.push(key.body.token, session().adminToken);
  domain = clientWithKey(domainId, key.body.token);
  await addConsumers(domainId);
  await converse(domainId);
});

/** Lets changes reach the functions of mappings, events, and webhooks. */
async function addConsumers(domainId: string): Promise<void> {
  const mapping = {
    from: { kind: 'group', by: 'displayName', value: MARK },
    to: { kind: 'userType', userType: 'Full User' },
  };
  const mappings = await admin('PUT', `/domains/${domainId}/mappings`, { version: 0, mappings: [mapping] });
  const webhook = { name: MARK, kind: 'webhook', endpoint: `${new Receiver().url}?token=${MARK}` };
  const subscription = await admin('POST', `/domains/${domainId}/subscriptions`, webhook);
  expect([mappings.status, subscription.status]).toEqual([200, 201]);
  const { secret } = subscription.body as unknown as { secret: string };
  expect(secret).toMatch(/^whsec_/);
  SECRETS.push(secret);
}

/** Reaches every function, with marked values wherever a client can put one. */
async function converse(domainId: string): Promise<void> {
  const { request } = domain;
  const agent = { 'user-agent': USER_AGENT };
  const one = await request('POST', '/Users', user(MAIL, MAIL), agent);
  const two = await request('POST', '/Users', user(`second-${MARK}`, BOUNCE), agent);
  await injectSesFault('MessageRejected', REFUSED);
  await request('POST', '/Users', user(`third-${MARK}`, REFUSED));
  expect([one.status, two.status]).toEqual([201, 201]);
  const userId = (one.body as { id: string }).id;
  const group = { schemas: [GROUP_SCHEMA], displayName: MARK, members: [{ value: userId, display: MARK }] };
  const groupId = ((await request('POST', '/Groups', group)).body as { id: string }).id;
  await request('POST', '/Users', `{"userName": ${MARK}`);
  await request('GET', `/Users/${MAIL}`);
  await request('GET', `/Users?filter=${encodeURIComponent(`userName eq "${MAIL}"`)}`);
  await request('GET', `/${MARK}?token=${MARK}`);
  await request('GET', '/Schemas', undefined, agent);
  await request('GET', '/readiness');
  await request('POST', '/.search', { filter: `displayName eq "${MARK}"` });
  const operation = { method: 'PATCH', path: `/Users/${MAIL}`, data: { Operations: [] } };
  await request('POST', '/Bulk', { schemas: [], Operations: [operation] });
  // The table fails the first requests of one change.
  const failing = `failing-${MARK}`;
  const fault = `seed=1&kinds=throttling,internal&function=Users&of=${failing}&times=20`;
  expect((await fetch(`${session().controlUrl}/faults?${fault}`, { method: 'POST' })).status).toBe(200);
  await request('POST', '/Users', user(failing, MAIL));

  const wrongKey = formatToken({ domainId, keyId: newId(), secret: newSecret() });
  SECRETS.push(wrongKey);
  for (const token of [wrongKey, MARK]) await clientWithKey(domainId, token).request('GET', '/Users');
  const idToken = await idTokenFor({ id: 'log-lines-owner', name: MARK, roles: [`${domainId}:owner`] });
  SECRETS.push(idToken);
  for (const token of [idToken, MARK]) await adminClient(token)('GET', `/domains/${domainId}?q=${MARK}`);
  await admin('GET', `/domains/${domainId}/users?search=${MARK}`);
  await admin('POST', `/domains/${domainId}/keys`, { name: { mark: MARK } });
  await admin('DELETE', `/domains/${domainId}/suppressed-addresses/${encodeURIComponent(MAIL)}`);

  const [mail] = await waitForMail(MAIL);
  await waitForMail(BOUNCE);
  const licenseKey = /(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}/.exec(mail?.body.text ?? '')?.[0] ?? '';
  expect(licenseKey).not.toBe('');
  SECRETS.push(licenseKey);
  for (const key of [licenseKey, `${MARK}@example.com`])
    for (const url of [session().licenseCheckUrl, session().licenseCheckUrl.replace(/check$/, 'lease')])
      await fetch(url, { headers: { 'license-key': key, ...agent } });
  await fetch(session().baseUrl.replace(/v2$/, 'oauth2/token'), {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: MARK, client_secret: MARK }),
  });
  await request('DELETE', `/Groups/${groupId}`);
  await request('DELETE', `/Users/${(two.body as { id: string }).id}`);
  for (const rule of ['MailOutbox', 'KeyReminders', 'Leftovers', 'UsageKeys']) await fireRule(rule);
}

it('every function logs one line for each invocation, with its duration and capacity', async () => {
  const measured = () =>
    new Set(
      // From the start of the system, because API Gateway caches the response of an authorizer.
      lines(new Map())
        .filter(({ milliseconds, capacity }) => {
          const { read, write } = (capacity ?? {}) as Record<string, unknown>;
          return [milliseconds, read, write].every((value) => typeof value === 'number');
        })
        .map(({ service }) => service),
    );
  await eventually('lines of all functions', () => SERVICES.every((service) => measured().has(service)));
  expect(SERVICES.length).toBeGreaterThan(15);
});

it('no line contains a body, an address, a license key, or a credential', async () => {
  // The bounce and the clean-up arrive after the requests.
  await eventually('the bounce', () =>
    lines().some(({ kind, domainId }) => kind === 'bounced' && domainId === domain.domainId),
  );
  const text = written();
  expect(text).toContain(domain.domainId);
  for (const secret of SECRETS) expect(text.split('\n').filter((line) => line.includes(secret))).toEqual([]);
});

it('the request ID leads to every line of the request, and to the audit event', async () => {
  const response = await domain.request('POST', '/Users', user(`fourth-${MARK}`, MAIL), {
    'user-agent': 'Okta SCIM Client 1.0.0',
  });
  expect(response.status).toBe(201);
  const requestId = response.headers.get('x-request-id');
  const ofRequest = () => lines().filter((line) => line.requestId === requestId);
  await eventually('the line of the request', () => ofRequest().length > 0);
  expect(ofRequest()).toContainEqual(
    expect.objectContaining({
      service: 'users',
      message: 'request',
      method: 'POST',
      route: '/Users',
      status: 201,
      domainId: domain.domainId,
      identityProvider: 'okta',
      capacity: { read: expect.any(Number) as number, write: expect.any(Number) as number },
    }),
  );
  // The access log leads from the request to the authorizer, unless its decision was cached.
  const key = await admin('POST', `/domains/${domain.domainId}/keys`, { name: MARK });
  SECRETS.push(key.body.token);
  const first = await clientWithKey(domain.domainId, key.body.token).request('GET', '/Users?count=1');
  const accessOf = (id: string | null) =>
    lines().find((line) => line.requestId === id && 'responseLatency' in line);
  await eventually('the access log', () => accessOf(first.headers.get('x-request-id')) !== undefined);
  const access = accessOf(first.headers.get('x-request-id'));
  expect(access).toMatchObject({
    status: '200',
    resource: '/v2/Users',
    keyId: key.body.keyId ?? key.body.key?.keyId,
  });
  const decision = () => lines().find((line) => line.function_request_id === access?.authorizerRequestId);
  await eventually('the line of the authorizer', () => decision() !== undefined);
  expect(decision()).toMatchObject({ service: 'authorizer', message: 'authorization', decision: 'granted' });

  const events = await admin('GET', `/domains/${domain.domainId}/audit-events?limit=5`);
  expect(events.body.items.map((event) => event.requestId)).toContain(requestId);
});

it('the line of a request that writes tells the units that it wrote', () => {
  const [created] = lines().filter(
    ({ service, status, method, domainId }) =>
      service === 'users' && status === 201 && method === 'POST' && domainId === domain.domainId,
  );
  expect((created?.capacity as { write: number }).write).toBeGreaterThan(10);
});
