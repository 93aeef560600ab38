import { type AccountState, SesAccount } from '../../../local/mail/account';
import { Faults } from '../../../local/mail/faults';
import { serveMailFront } from '../../../local/mail/front';
import type { Listening } from '../../../local/host/http';
import { senderStatusReader } from '../../../shared/mail/ses/sender-status';
import { DEFAULT_RATE_PLANS } from '../../../shared/rate-plan';
import { type Finding, SEVERITIES } from '../../../shared/service/diagnostics/finding';
import { checkReadiness, type ReadinessSettings } from '../../../shared/service/diagnostics/readiness';
import { licenseRecordKey, diagnosticKey, suppressedKey } from '../../../shared/store/table/keys';
import { ScimKeyStore } from '../../../shared/store/credentials/scim-key-store';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { putItems } from '../../support/seed/seed-items';
import { session } from '../../support/system/system';
import { auditEvent, domainRecord, RETENTION_DAYS } from '../../support/store/records';
import { countingTable } from '../../support/store/counting-table';

const NOW = new Date('2026-03-01T12:00:00.000Z');

let table: Table;
let ses: Listening;
let domainId: string;
const account = new SesAccount();
const unknown: unknown[] = [];

beforeAll(async () => {
  table = await systemTable();
  const parts = { mailUrl: session().mailUrl, account, faults: new Faults(), publish: () => undefined };
  ses = await serveMailFront(parts);
  process.env.AWS_ENDPOINT_URL_SESV2 = ses.url;
});
afterAll(() => ses.close());
beforeEach(async () => {
  const domain = domainRecord();
  ({ domainId } = domain);
  await new DomainStore(table, RETENTION_DAYS).create(domain, auditEvent('domain.created', domainId));
});

/** A key by which nothing is found. */
const createKey = () =>
  new ScimKeyStore(table).create(
    domainId,
    { keyId: 'a', name: 'Okta', hash: 'h', createdAt: NOW.toISOString(), lastUsedAt: NOW.toISOString() },
    auditEvent('key.created', 'a'),
    RETENTION_DAYS,
  );

function check(own: Partial<ReadinessSettings> = {}, from = table) {
  const settings: ReadinessSettings = {
    plans: DEFAULT_RATE_PLANS,
    mailIdentity: 'example.com',
    senderStatus: senderStatusReader('example.com'),
    docsUrl: 'docs',
    onSenderUnknown: (error) => unknown.push(error),
    ...own,
  };
  return checkReadiness(from, { domainId, ratePlan: 'standard' }, settings, NOW);
}

const codes = ({ findings }: { findings: readonly Finding[] }) => findings.map(({ code }) => code);

it('a domain with a key that is used and a sender that SES takes mails from is ready', async () => {
  await createKey();
  expect(await check()).toEqual({ ready: true, checkedAt: NOW.toISOString(), findings: [] });
});

it('a domain without a key is not', async () => {
  expect(codes(await check())).toEqual(['key-missing']);
});

describe('of the sender it is told', () => {
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
  ])('what SES says: %j', async (state, expected) => {
    account.set(state);
    expect(codes(await check())).toEqual(expected);
  });

  it('that SES cannot be asked, which fails nothing, and why goes to the log alone', async () => {
    const senderStatus = () => Promise.reject(new Error('AccessDenied for arn:aws:iam::1:role/x'));
    const { findings } = await check({ senderStatus });
    expect(findings).toMatchObject([{ code: 'sender-unknown', severity: 'warning' }]);
    expect(JSON.stringify(findings)).not.toContain('arn:');
    expect(unknown).toEqual([new Error('AccessDenied for arn:aws:iam::1:role/x')]);
  });
});

it('what is read is bounded, however much there is', async () => {
  const numbers = Array.from({ length: 120 }, (_, at) => String(at).padStart(3, '0'));
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

const REFUSED = { method: 'PATCH', route: '/Users/{id}', status: 400, detail: 'x', count: 1 };
