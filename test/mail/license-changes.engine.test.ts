import { randomUUID } from 'node:crypto';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { isWellFormedLicenseKey } from '../../shared/license-key';
import { ENV } from '../../shared/env';
import type { LicenseRecord } from '../../shared/store/licenses/license-record';
import type { Table } from '../../shared/store/table/table';
import { deployment, listMailsTo, type Mail } from '../support/system/system';
import { writeTemplatesFile } from '../support/mail/built-in-templates';
import { activeLicense, endedLicense, putLicense, streamRecord } from '../support/mail/license-images';
import { createTable, type TestQueues, useSesProxy, useTestQueues } from '../support/mail/mail-environment';
import type { SesProxy } from '../support/mail/ses-proxy';

const settings = {
  sender: 'licenses@example.com',
  productName: 'Example Product',
  colour: '#0b5cab',
  supportAddress: 'support@example.com',
  language: 'en',
  configurationSet: 'license-mail',
};

/** All that jest would fake but the time of day. */
const REAL_TIMERS = [
  ...([
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'setImmediate',
    'clearImmediate',
  ] as const),
  ...(['nextTick', 'queueMicrotask', 'hrtime', 'performance'] as const),
];

let table: Table;
let ses: SesProxy;
let queues: TestQueues;
let deliverBatch: (...records: DynamoDBRecord[]) => Promise<DynamoDBBatchResponse>;
let runOutbox: () => Promise<void>;
let printed: string[];

beforeAll(async () => {
  table = await createTable();
  ses = await useSesProxy();
  queues = await useTestQueues();
  // Any secret of the system serves.
  process.env[ENV.licenseSecretArn] = (await deployment()).keyPepperSecretArn;
  process.env[ENV.tableName] = table.name;
  // Logs and metrics go to the console of this process, not past it.
  process.env.POWERTOOLS_DEV = 'true';
  process.env.POWERTOOLS_METRICS_DISABLED = 'false';
  process.env.POWERTOOLS_SERVICE_NAME = 'license-changes';
  process.env[ENV.mailSettings] = JSON.stringify(settings);
  process.env[ENV.mailTemplates] = writeTemplatesFile();
  process.env[ENV.auditRetentionDays] = '365';
  process.env[ENV.mailFailuresQueueUrl] = queues.urls[0];
  const { handler } = await import('../../lambdas/license-changes');
  const context = { getRemainingTimeInMillis: () => 60_000, functionName: 'license-changes' } as Context;
  deliverBatch = (...Records) => handler({ Records }, context);
  const outbox = await import('../../lambdas/mail-outbox');
  runOutbox = () => outbox.handler({}, context);
});

afterAll(async () => {
  jest.useRealTimers();
  await ses.close();
  await queues.close();
});

beforeEach(() => {
  // What SES failed with in another test is over.
  advanceClock(31_000);
  ses.faults.length = 0;
  printed = [];
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    jest.spyOn(console, method).mockImplementation((...line: unknown[]) => void printed.push(line.join(' ')));
  }
});

afterEach(() => jest.restoreAllMocks());

/** Moves the clock on, which stands still otherwise, and nothing but the clock. Five minutes in all are what the SDK takes for a wrong clock. */
function advanceClock(ms: number): void {
  jest.useFakeTimers({ now: Date.now() + ms, doNotFake: REAL_TIMERS });
}

const newLicense = (): LicenseRecord => activeLicense({ email: `jane-${randomUUID()}@example.com` });

async function activated(license: LicenseRecord): Promise<DynamoDBRecord> {
  await putLicense(table, license);
  return streamRecord(undefined, license);
}

const keyInMail = (mail: Mail | undefined): string =>
  /^ *(\w{5}(-\w{5}){4})$/m.exec(mail?.body.text ?? '')?.[1] ?? '';

it('mails a well-formed key, in both bodies', async () => {
  const license = newLicense();
  expect(await deliverBatch(await activated(license))).toEqual({ batchItemFailures: [] });
  const [mail] = await listMailsTo(license.email);
  expect(isWellFormedLicenseKey(keyInMail(mail))).toBe(true);
  expect(mail?.body.html).toContain(keyInMail(mail));
});

it('mails one key however often a batch is delivered, at once and again', async () => {
  const licenses = [newLicense(), newLicense(), newLicense()];
  const records = await Promise.all(licenses.map(activated));
  await Promise.all([deliverBatch(...records), deliverBatch(...records), deliverBatch(...records)]);
  await deliverBatch(...records);
  for (const license of licenses) expect(await listMailsTo(license.email)).toHaveLength(1);
});

it('mails the notice, and another key after the next activation', async () => {
  const license = newLicense();
  const end = endedLicense(license);
  const again = { ...license, changeId: randomUUID(), activationId: randomUUID() };
  const records = [await activated(license), streamRecord(license, end), streamRecord(end, again)];
  for (const [at, state] of [license, end, again].entries()) {
    await putLicense(table, state);
    await deliverBatch(records[at] as DynamoDBRecord);
  }
  const mails = await listMailsTo(license.email);
  expect(mails.map(({ subject }) => subject)).toEqual([
    'Your Example Product license key',
    'Your Example Product license was deactivated',
    'Your Example Product license key',
  ]);
  expect(keyInMail(mails[0])).not.toBe(keyInMail(mails[2]));
});

it('makes what SES throttles due later and does not hold up the batch; the outbox completes it', async () => {
  const licenses = [newLicense(), newLicense()];
  const [first, second] = licenses;
  const records = await Promise.all(licenses.map(activated));
  ses.faults.push('Throttling', 'Throttling');
  expect(await deliverBatch(...records)).toEqual({ batchItemFailures: [] });
  expect(printed.join('\n')).toMatch(/"MailDelayed":\s*1/);
  expect(await listMailsTo(second?.email ?? '')).toHaveLength(1);
  expect(await deliverBatch(...records)).toEqual({ batchItemFailures: [] });
  await runOutbox();
  expect(printed.join('\n')).toMatch(/"OutboxAge":\s*0\b/);
  expect(await listMailsTo(first?.email ?? '')).toEqual([]);

  advanceClock(40_000);
  await runOutbox();
  expect(printed.join('\n')).toMatch(/"OutboxAge":\s*[1-9]/);
  for (const { email } of licenses) expect(await listMailsTo(email)).toHaveLength(1);
  expect(queues.messages(0)).toEqual([]);
});

it('does not try again what SES rejects, counts it and tells the operator', async () => {
  const license = newLicense();
  const record = await activated(license);
  ses.faults.push('MessageRejected');
  expect(await deliverBatch(record)).toEqual({ batchItemFailures: [] });
  expect(printed.join('\n')).toMatch(/"MailRefused":\s*1/);
  const { domainId, userId, changeId } = license;
  expect(queues.messages(0)).toEqual([
    { domainId, userId, mailId: changeId, error: expect.stringContaining('MessageRejected') as string },
  ]);
});

it('logs neither addresses nor keys nor names', async () => {
  const [sent, refused, throttled] = [newLicense(), newLicense(), newLicense()];
  const records = [await activated(sent), await activated(refused), await activated(throttled)];
  await deliverBatch(records[0] as DynamoDBRecord);
  ses.faults.push('MessageRejected', 'Throttling', 'Throttling');
  await deliverBatch(records[1] as DynamoDBRecord, records[2] as DynamoDBRecord);

  const log = printed.join('\n');
  expect(log).toContain(refused.userId);
  const [mail] = await listMailsTo(sent.email);
  for (const secret of ['jane', 'Jane', keyInMail(mail)]) expect(log).not.toContain(secret);
});
