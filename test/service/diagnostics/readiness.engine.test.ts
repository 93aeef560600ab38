import { type AccountState, SesAccount } from '../../../local/services/ses/account';
import { PlannedFaults } from '../../../local/services/ses/faults';
import { serveMailFront } from '../../../local/services/ses/front';
import type { Listening } from '../../../local/host/http';
import { senderStatusReader } from '../../../shared/mail/ses/sender-status';
import { DEFAULT_MAIL_BUDGET } from '../../../shared/limits/mail-budget';
import { DEFAULT_RATE_PLANS } from '../../../shared/limits/rate-plan';
import { type CheckedDomain, type Finding, SEVERITIES } from '../../../shared/service/diagnostics/finding';
import { checkReadiness, type ReadinessSettings } from '../../../shared/service/diagnostics/readiness';
import { licenseRecordKey, diagnosticKey } from '../../../shared/store/table/keys';
import { mappedAdministratorKey } from '../../../shared/store/table/administrator-keys';
import { suppressedKey } from '../../../shared/store/table/mail-keys';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { putItems } from '../../support/seed/seed-items';
import { Callers } from '../../../local/cloud/callers';
import { iamOf } from '../../local/iam';
import { session } from '../../support/system/system';
import { auditEvent, credentialRecord, domainRecord, RETENTION_DAYS } from '../../support/store/records';
import { storeKey } from '../../support/store/store-key';
import { countingTable } from '../../support/store/counting-table';

const NOW = new Date('2026-03-01T12:00:00.000Z');

let table: Table;
let ses: Listening;
let domainId: string;
const account = new SesAccount();
account.setTemplate(['example.com'], []);
const senderErrors: unknown[] = [];

beforeAll(async () => {
  table = await systemTable();
  ses = await serveMailFront({
    mailUrl: session().mailUrl,
    account,
    callers: new Callers(),
    planned: new PlannedFaults(),
    iam: iamOf(),
    publish: () => undefined,
  });
  process.env.AWS_ENDPOINT_URL_SESV2 = ses.url;
});
afterAll(() => ses.close());
beforeEach(async () => {
  const domain = domainRecord();
  ({ domainId } = domain);
  await new DomainStore(table, RETENTION_DAYS).create(domain, auditEvent('domain.created', domainId));
});

/** Creates a key that causes no finding. */
const createKey = () =>
  storeKey(
    table,
    domainId,
    credentialRecord('a', { createdAt: NOW.toISOString(), lastUsedAt: NOW.toISOString() }),
  );

function check(
  overrides: Partial<ReadinessSettings> = {},
  through = table,
  domain: Partial<CheckedDomain> = {},
) {
  const settings: ReadinessSettings = {
    mailBudget: DEFAULT_MAIL_BUDGET,
    plans: DEFAULT_RATE_PLANS,
    mailIdentity: 'example.com',
    senderStatus: senderStatusReader('example.com', Date.now),
    docsUrl: () => Promise.resolve('https://docs.example.com/{page}'),
    namesAdministrators: true,
    onSenderUnknown: (error) => senderErrors.push(error),
    ...overrides,
  };
  return checkReadiness(through, { domainId, ratePlan: 'standard', ...domain }, settings, NOW);
}

const codes = ({ findings }: { findings: readonly Finding[] }) => findings.map(({ code }) => code);

it('reports a domain as ready if a key is in use and SES accepts its emails', async () => {
  await createKey();
  expect(await check()).toEqual({ ready: true, checkedAt: NOW.toISOString(), findings: [] });
});

it('reports that SCIM is not available, with the contact text of the settings', async () => {
  await createKey();
  const settings = {
    mailBudget: DEFAULT_MAIL_BUDGET,
    plans: DEFAULT_RATE_PLANS,
    mailIdentity: 'example.com',
    docsUrl: () => Promise.resolve('https://docs.example.com/{page}'),
  };
  const unavailable = async (contactText?: string) =>
    checkReadiness(
      table,
      { domainId, ratePlan: 'standard', scimAvailable: false },
      {
        ...settings,
        contactText,
        namesAdministrators: false,
        senderStatus: senderStatusReader('example.com', Date.now),
        onSenderUnknown: (error) => senderErrors.push(error),
      },
      NOW,
    );
  const { ready, findings } = await unavailable('Write to sales@example.com.');
  expect(ready).toBe(false);
  expect(findings).toMatchObject([
    {
      code: 'scim-unavailable',
      severity: 'error',
      action: 'Owner of the domain: Write to sales@example.com.',
      link: 'https://docs.example.com/readiness#scim-unavailable',
    },
  ]);
  expect((await unavailable()).findings[0]?.action).toMatch(/^Owner of the domain: Ask the operator/);
});

it('reports a missing key', async () => {
  expect(codes(await check())).toEqual(['key-missing']);
});

it.each([{ scimAvailable: false }, { scimEnabled: false }, { scimAvailable: false, scimEnabled: false }])(
  'reports a domain without a connection as ready with %j, because its users are managed manually',
  async (domain) => expect(await check({}, table, domain)).toMatchObject({ ready: true, findings: [] }),
);

describe('the sender of emails', () => {
  beforeEach(createKey);
  afterEach(() => account.set({ sandbox: false, paused: false, verified: true }));

  it.each<[Partial<AccountState>, string[]]>([
    [{ verified: false }, ['sender-unverified']],
    [{ sandbox: true }, ['sender-sandbox']],
    [{ paused: true }, ['sending-paused']],
    [
      { verified: false, sandbox: true, paused: true },
      ['sender-unverified', 'sending-paused', 'sender-sandbox'],
    ],
  ])('is reported with the status in SES: %j', async (state, expected) => {
    account.set(state);
    expect(codes(await check())).toEqual(expected);
  });

  it('is reported as unknown if SES fails, and only the log has the cause', async () => {
    const senderStatus = () => Promise.reject(new Error('AccessDenied for arn:aws:iam::1:role/x'));
    const { findings } = await check({ senderStatus });
    expect(findings).toMatchObject([{ code: 'sender-unknown', severity: 'warning' }]);
    expect(JSON.stringify(findings)).not.toContain('arn:');
    expect(senderErrors).toEqual([new Error('AccessDenied for arn:aws:iam::1:role/x')]);
  });
});

it('reports addresses although many newer entries are outdated', async () => {
  const numbers = Array.from({ length: 120 }, (_, index) => String(index).padStart(3, '0'));
  const license = (userId: string, email?: string) => ({
    ...licenseRecordKey(domainId, userId),
    domainId,
    userId,
    status: 'active',
    userName: userId,
    userType: 'Basic User',
    email,
  });
  const entry = (kind: string, userId: string, email?: string) => ({
    ...diagnosticKey(domainId, `${kind}#${userId}`),
    userId,
    email,
    lastAt: NOW.toISOString(),
  });
  await putItems(table, [
    license('-missing'),
    entry('no-address', '-missing'),
    license('-refused', 'x'),
    entry('undeliverable', '-refused', 'x'),
    ...numbers.flatMap((userId) => [
      license(userId, 'new@example.com'),
      entry('no-address', userId),
      entry('undeliverable', userId, 'old'),
    ]),
  ]);
  const found = new Map((await check()).findings.map((finding) => [finding.code, finding.details]));
  expect(found.get('addresses-missing')).toMatchObject([{ userId: '-missing' }]);
  expect(found.get('addresses-undeliverable')).toMatchObject([{ userId: '-refused' }]);
});

it('limits the number of reads', async () => {
  const numbers = Array.from({ length: 120 }, (_, index) => String(index).padStart(3, '0'));
  const lastAt = NOW.toISOString();
  await putItems(table, [
    ...numbers.map((at) => ({
      ...diagnosticKey(domainId, `refused#2026-03-01T11#${at}`),
      ...REFUSED,
      lastAt,
    })),
    ...numbers.map((at) => ({
      ...diagnosticKey(domainId, `ignored#User#${at}`),
      resourceType: 'User',
      attribute: at,
      lastAt,
    })),
    ...numbers.map((at) => ({
      ...diagnosticKey(domainId, `undeliverable#${at}`),
      userId: at,
      email: 'x',
      lastAt,
    })),
    ...numbers.map((at) => ({
      ...licenseRecordKey(domainId, at),
      domainId,
      userId: at,
      status: 'active',
      userName: at,
      userType: 'Basic User',
      email: 'x',
    })),
    ...numbers.map((at) => ({
      ...suppressedKey(domainId, `${at}@example.com`),
      address: `${at}@example.com`,
      reason: 'bounced',
      at: lastAt,
      userId: at,
      mailId: at,
    })),
  ]);
  const counting = countingTable(table, new RegExp(domainId));
  const { findings } = await check({}, counting.table);
  expect(counting.read()).toBeLessThanOrEqual(4 * 100 + 2 * 50);
  const found = new Map(findings.map((finding) => [finding.code, finding]));
  expect(found.get('requests-refused')?.found).toMatch(/^At least 100 requests/);
  expect(found.get('attributes-ignored')?.found).toMatch(/^At least 100 attributes/);
  expect(found.get('addresses-bounced')?.found).toMatch(/^At least 50 addresses/);
  expect(found.get('addresses-undeliverable')?.details).toHaveLength(20);
  expect(findings.map(({ severity }) => SEVERITIES.indexOf(severity))).toEqual(
    findings.map(({ severity }) => SEVERITIES.indexOf(severity)).sort(),
  );
});

it('reports that mappings make as many administrators as they may', async () => {
  await createKey();
  const ids = Array.from({ length: 100 }, (_, at) => String(at).padStart(3, '0'));
  const administrator = { role: 'viewer', email: 'x@example.com', mappingId: 'm', since: '', revision: 1 };
  const items = ids.map((id) => ({ ...mappedAdministratorKey(domainId, id), ...administrator }));
  await putItems(table, items.slice(1));
  expect(codes(await check())).toEqual([]);
  await putItems(table, items.slice(0, 1));
  expect((await check()).findings).toMatchObject([
    {
      code: 'administrators-limit-reached',
      severity: 'warning',
      found: expect.stringContaining('100 users administrators') as string,
    },
  ]);
});

const REFUSED = { method: 'PATCH', route: '/Users/{id}', status: 400, detail: 'x', count: 1 };
