import { randomUUID } from 'node:crypto';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { DIRECT_SENDS } from '../../shared/mail/delivery/direct-sends';
import { isWellFormedLicenseKey } from '../../shared/license-key';
import { ENV } from '../../shared/env';
import type { LicenseRecord } from '../../shared/store/licenses/license-record';
import type { Table } from '../../shared/store/table/table';
import { listMailsTo, type Mail } from '../support/system/mails';
import { deployment } from '../support/system/system';
import { writeTemplatesFile } from '../support/mail/built-in-templates';
import {
  activeLicense,
  type AddressedLicense,
  endedLicense,
  newActivation,
  putLicense,
  streamRecord,
} from '../support/mail/license-images';
import { createTable, type TestQueues, useSesProxy, useTestQueues } from '../support/mail/mail-environment';
import type { SesProxy } from '../support/mail/ses-proxy';

const settings = {
  sender: 'licenses@example.com',
  productName: 'Example Product',
  color: '#0b5cab',
  supportAddress: 'support@example.com',
  language: 'en',
  configurationSet: 'license-mail',
};

/** Everything that jest would fake, except for the time of day. */
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
  // Any secret of the system can be the license secret.
  process.env[ENV.licenseSecretArn] = (await deployment()).keyPepperSecretArn;
  process.env[ENV.tableName] = table.name;
  // In this mode, logs and metrics go through the console of this process.
  process.env.POWERTOOLS_DEV = 'true';
  process.env.POWERTOOLS_METRICS_DISABLED = 'false';
  process.env.POWERTOOLS_SERVICE_NAME = 'license-changes';
  process.env[ENV.mailBudget] = JSON.stringify({ minutesPerAddress: 0, emailsPerHour: 10_000 });
  process.env[ENV.mailSettings] = JSON.stringify(settings);
  process.env[ENV.mailTemplates] = writeTemplatesFile();
  process.env[ENV.auditRetentionDays] = '365';
  process.env[ENV.mailFailuresQueueUrl] = queues.urls[0];
  process.env[ENV.outboxQueueUrl] = queues.urls[1];
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
  // Ends a pause that a failure of SES in another test has caused.
  advanceClock(31_000);
  ses.faults.length = 0;
  printed = [];
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    jest.spyOn(console, method).mockImplementation((...line: unknown[]) => void printed.push(line.join(' ')));
  }
});

afterEach(() => jest.restoreAllMocks());

/**
 * Advances the clock, which otherwise stands still, but not the timers. The SDK considers a clock that is off
 * by five minutes as wrong.
 */
function advanceClock(ms: number): void {
  jest.useFakeTimers({ now: Date.now() + ms, doNotFake: REAL_TIMERS });
}

const newLicense = (): AddressedLicense => activeLicense({ email: `jane-${randomUUID()}@example.com` });

async function activate(license: LicenseRecord): Promise<DynamoDBRecord> {
  await putLicense(table, license);
  return streamRecord(undefined, license);
}

const keyInMail = (mail: Mail | undefined): string =>
  /^ *(\w{5}(-\w{5}){4})$/m.exec(mail?.body.text ?? '')?.[1] ?? '';

it('sends a well-formed key, in the HTML and in the text', async () => {
  const license = newLicense();
  expect(await deliverBatch(await activate(license))).toEqual({ batchItemFailures: [] });
  const [mail] = await listMailsTo(license.email);
  expect(isWellFormedLicenseKey(keyInMail(mail))).toBe(true);
  expect(mail?.body.html).toContain(keyInMail(mail));
});

it('sends one key however often a batch is delivered, in parallel and in sequence', async () => {
  const licenses = [newLicense(), newLicense(), newLicense()];
  const records = await Promise.all(licenses.map(activate));
  await Promise.all([deliverBatch(...records), deliverBatch(...records), deliverBatch(...records)]);
  await deliverBatch(...records);
  for (const license of licenses) expect(await listMailsTo(license.email)).toHaveLength(1);
});

it('sends the notice, and another key after the next activation', async () => {
  const license = newLicense();
  const end = endedLicense(license);
  const reactivated = { ...license, ...newActivation() };
  const records = [await activate(license), streamRecord(license, end), streamRecord(end, reactivated)];
  for (const [at, state] of [license, end, reactivated].entries()) {
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

it('postpones an email that SES throttles and continues with the batch; the outbox sends the email', async () => {
  const licenses = [newLicense(), newLicense()];
  const [first, second] = licenses;
  const records = await Promise.all(licenses.map(activate));
  // The emails of a batch are sent at the same time, so the faults are planned for a batch of one.
  ses.faults.push('Throttling', 'Throttling');
  expect(await deliverBatch(records[0] as DynamoDBRecord)).toEqual({ batchItemFailures: [] });
  expect(printed.join('\n')).toMatch(/"MailDelayed":\s*1/);
  expect(queues.messages(1)).toEqual([{}]);
  expect(await deliverBatch(...records)).toEqual({ batchItemFailures: [] });
  expect(await listMailsTo(second?.email ?? '')).toHaveLength(1);
  expect(await deliverBatch(...records)).toEqual({ batchItemFailures: [] });
  expect(await listMailsTo(first?.email ?? '')).toEqual([]);

  advanceClock(40_000);
  await runOutbox();
  expect(printed.join('\n')).toMatch(/"OutboxAge":\s*[1-9]/);
  await runOutbox();
  expect(printed.join('\n')).toMatch(/"OutboxAge":\s*0\b/);
  for (const { email } of licenses) expect(await listMailsTo(email)).toHaveLength(1);
  expect(queues.messages(0)).toEqual([]);
});

it('sends the first few emails of each domain in a batch, and leaves the others to the outbox', async () => {
  const domains = [randomUUID(), randomUUID()];
  const [many, few] = domains.map((domainId, at) =>
    Array.from({ length: at === 0 ? 12 : 2 }, () => ({ ...newLicense(), domainId })),
  ) as [AddressedLicense[], AddressedLicense[]];
  const records = await Promise.all([...many, ...few].map(activate));
  const woken = queues.messages(1).length;
  expect(await deliverBatch(...records)).toEqual({ batchItemFailures: [] });
  const received = async (licenses: AddressedLicense[]) =>
    (await Promise.all(licenses.map(({ email }) => listMailsTo(email)))).map(({ length }) => length);
  expect(await received(few)).toEqual([1, 1]);
  expect((await received(many)).filter((count) => count === 1)).toHaveLength(DIRECT_SENDS);
  expect(queues.messages(1)).toHaveLength(woken + 1);

  await runOutbox();
  expect(await received(many)).toEqual(many.map(() => 1));
  expect(await deliverBatch(...records)).toEqual({ batchItemFailures: [] });
  await runOutbox();
  expect(await received([...many, ...few])).toEqual([...many, ...few].map(() => 1));
});

it('does not retry an email that SES rejects, but counts it and reports it to the operator', async () => {
  const license = newLicense();
  const record = await activate(license);
  ses.faults.push('MessageRejected');
  expect(await deliverBatch(record)).toEqual({ batchItemFailures: [] });
  expect(printed.join('\n')).toMatch(/"MailRefused":\s*1/);
  const { domainId, userId, changeId } = license;
  expect(queues.messages(0)).toEqual([
    { domainId, userId, mailId: changeId, error: expect.stringContaining('MessageRejected') as string },
  ]);
});

it('logs no addresses, keys, or names', async () => {
  const [sent, refused, throttled] = [newLicense(), newLicense(), newLicense()];
  const records = [await activate(sent), await activate(refused), await activate(throttled)];
  await deliverBatch(records[0] as DynamoDBRecord);
  ses.faults.push('MessageRejected', 'Throttling', 'Throttling');
  await deliverBatch(records[1] as DynamoDBRecord, records[2] as DynamoDBRecord);

  const log = printed.join('\n');
  expect(log).toContain(refused.userId);
  const [mail] = await listMailsTo(sent.email);
  for (const secret of ['jane', 'Jane', keyInMail(mail)]) expect(log).not.toContain(secret);
});
