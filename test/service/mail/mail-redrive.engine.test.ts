import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { MessageQueue } from '../../../shared/queue/message-queue';
import { MailRedrive, type RedriveResult } from '../../../shared/service/mail/mail-redrive';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import { domainListKey } from '../../../shared/store/table/keys';
import { LicenseHistory } from '../../../shared/store/licenses/license-history';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import { SeatQueue } from '../../../shared/store/licenses/seat-queue';
import type { Table } from '../../../shared/store/table/table';
import { listMailsTo } from '../../support/system/mails';
import { DeliveryHarness, expectPlannedEntry } from '../../support/mail/delivery-harness';
import {
  activeLicense,
  type AddressedLicense,
  endedLicense,
  putLicense,
} from '../../support/mail/license-images';
import {
  createTable,
  type TestQueues,
  useSesProxy,
  useTestQueues,
} from '../../support/mail/mail-environment';
import type { SesProxy } from '../../support/mail/ses-proxy';
import { documentClient } from '../../support/store/document-client';

const HOUR_MS = 3_600_000;
const MAILS = 0;
const CHANGES = 1;

let ses: SesProxy;
let queues: TestQueues;
let table: Table;
let harness: DeliveryHarness;
let license: AddressedLicense;

beforeAll(async () => {
  ses = await useSesProxy();
  queues = await useTestQueues();
});
afterAll(async () => {
  await ses.close();
  await queues.close();
});

beforeEach(async () => {
  table = await createTable();
  queues.empty();
  harness = new DeliveryHarness(table);
  license = activeLicense({
    email: `jane-${randomUUID()}@example.com`,
    changedAt: harness.now().toISOString(),
  });
  await putLicense(table, license);
  await documentClient(table).send(
    new PutCommand({ TableName: table.name, Item: { ...domainListKey('domain-1'), name: 'Example' } }),
  );
});

function redrive(): Promise<RedriveResult> {
  const { mails, outbox } = harness.delivery;
  return new MailRedrive({
    domains: new DomainStore(table, 365),
    licenses: new LicenseStore(table),
    history: new LicenseHistory(table),
    mails,
    outbox,
    mailFailures: new MessageQueue(queues.urls[MAILS], 0),
    changeFailures: new MessageQueue(queues.urls[CHANGES], 0),
    requestPromotion: (domainId, now) => new SeatQueue(table, domainId, 365).requestPromotion(now),
    now: () => harness.now(),
    sleep: () => Promise.reject(new Error('The test expects no wait.')),
  }).run();
}

/** Reports failures to the queue, as the functions do. */
const reportingDelivery = {
  reportFailure: (ref: object, error: string) =>
    new MessageQueue<object>(queues.urls[MAILS]).send({ ...ref, error }),
};
const failingDelivery = { ...reportingDelivery, send: () => Promise.reject(new Error('SES is down.')) };

/** Sends Lambda's message about abandoned records that the stream has just received. */
function sendAbandonedRecords(): Promise<void> {
  const at = harness.now().toISOString();
  return new MessageQueue<object>(queues.urls[CHANGES]).send({
    requestContext: { condition: 'RetryAttemptsExhausted' },
    DDBStreamBatchInfo: {
      shardId: 'shard-1',
      approximateArrivalOfFirstRecord: at,
      approximateArrivalOfLastRecord: at,
      batchSize: 1,
    },
  });
}

const subjects = async () => (await listMailsTo(license.email)).map(({ subject }) => subject);

describe('an email that SES refused for a day', () => {
  beforeEach(async () => {
    await harness.deliver(expectPlannedEntry(undefined, license), failingDelivery);
    harness.advance(23 * HOUR_MS);
    expect(await harness.runOutbox(failingDelivery)).toEqual(['delayed']);
    harness.advance(HOUR_MS + HOUR_MS / 2);
    expect(await harness.runOutbox(failingDelivery)).toEqual(['givenUp']);
  });

  it('has failed, and its message is in the queue', async () => {
    expect(await harness.readItem(expectPlannedEntry(undefined, license))).toMatchObject({
      status: 'failed',
      error: 'Error: SES is down.',
    });
    const { domainId, userId, changeId } = license;
    expect(queues.messages(MAILS)).toEqual([
      { domainId, userId, mailId: changeId, error: 'Error: SES is down.' },
    ]);
    expect(await harness.countOutbox()).toBe(0);
  });

  it('is sent once, however often the redrive is repeated', async () => {
    expect(await redrive()).toEqual({ mails: 1, messages: 1, left: 0, finished: true });
    await reportingDelivery.reportFailure(expectPlannedEntry(undefined, license).ref, 'reported twice');
    expect(await redrive()).toEqual({ mails: 0, messages: 1, left: 0, finished: true });
    expect(await harness.runOutbox()).toEqual(['sent']);
    await reportingDelivery.reportFailure(expectPlannedEntry(undefined, license).ref, 'reported again');
    expect(await redrive()).toEqual({ mails: 0, messages: 1, left: 0, finished: true });
    expect(await harness.runOutbox()).toEqual([]);
    expect(await subjects()).toEqual(['Your Example Product license key']);
    expect(queues.messages(MAILS)).toEqual([]);
  });

  it('is retried for another day', async () => {
    await redrive();
    expect(await harness.runOutbox(failingDelivery)).toEqual(['delayed']);
    expect(queues.messages(MAILS)).toEqual([]);
  });

  it('is superseded if the license has changed', async () => {
    await putLicense(table, endedLicense(license));
    await redrive();
    expect(await harness.runOutbox()).toEqual(['superseded']);
    expect(await subjects()).toEqual([]);
  });
});

it('sends a rejected email to the current address of the license', async () => {
  ses.faults.push('MessageRejected');
  const former = { ...license, email: 'old@example.com' };
  await putLicense(table, former);
  await harness.deliver(expectPlannedEntry(undefined, former), reportingDelivery);
  await putLicense(table, license);
  expect(queues.messages(MAILS)).toHaveLength(1);
  await redrive();
  expect(await harness.runOutbox()).toEqual(['sent']);
  expect(await subjects()).toHaveLength(1);
});

describe('an abandoned change of a license', () => {
  it('is replayed once from the license, and other licenses of that time are not', async () => {
    const other = activeLicense({ email: license.email, changedAt: license.changedAt });
    await putLicense(table, other);
    await harness.deliver(expectPlannedEntry(undefined, other));
    await sendAbandonedRecords();
    await sendAbandonedRecords();
    expect(await redrive()).toEqual({ mails: 1, messages: 2, left: 0, finished: true });
    await sendAbandonedRecords();
    expect(await redrive()).toEqual({ mails: 0, messages: 1, left: 0, finished: true });
    expect(await harness.runOutbox()).toEqual(['sent']);
    expect(await subjects()).toHaveLength(2);
    expect(await harness.deliver(expectPlannedEntry(undefined, license))).toBe('repeated');
  });

  it('does not replay changes of another time', async () => {
    await putLicense(table, {
      ...license,
      changedAt: new Date(harness.now().getTime() - HOUR_MS).toISOString(),
    });
    await sendAbandonedRecords();
    expect(await redrive()).toEqual({ mails: 0, messages: 1, left: 0, finished: true });
  });

  it('sends the notice of a license whose key was emailed', async () => {
    await harness.deliver(expectPlannedEntry(undefined, license));
    await putLicense(table, { ...endedLicense(license), changedAt: harness.now().toISOString() });
    await sendAbandonedRecords();
    expect(await redrive()).toMatchObject({ mails: 1 });
    await harness.runOutbox();
    expect(await subjects()).toEqual([
      'Your Example Product license key',
      'Your Example Product license was deactivated',
    ]);
  });

  it('writes only an entry of the history if the user was never sent a key', async () => {
    const queued = expectPlannedEntry(undefined, { ...license, status: 'pending' });
    await harness.deliver(queued);
    const withdrawn = {
      ...endedLicense({ ...license, status: 'pending' }),
      changedAt: harness.now().toISOString(),
    };
    await putLicense(table, withdrawn);
    await sendAbandonedRecords();
    expect(await redrive()).toMatchObject({ mails: 0, messages: 1 });
    expect(await harness.readItem(expectPlannedEntry(license, withdrawn))).toMatchObject({
      kind: 'none',
      status: 'none',
    });
  });
});

it('keeps the message of a claimed email, whose failure is reported before it is marked', async () => {
  const entry = expectPlannedEntry(undefined, license);
  ses.faults.push('MessageRejected');
  const { mails } = harness.delivery;
  const mark = mails.mark.bind(mails);
  let during: RedriveResult | undefined;
  mails.mark = async (...marked) => {
    during = await redrive();
    await mark(...marked);
  };
  expect(await harness.deliver(entry, reportingDelivery)).toBe('failed');
  expect(during).toEqual({ mails: 0, messages: 0, left: 1, finished: true });
  expect(queues.messages(MAILS)).toHaveLength(1);
});

it('keeps malformed messages, and counts them', async () => {
  await new MessageQueue<object>(queues.urls[MAILS]).send({ hello: 'world' });
  await new MessageQueue<string>(queues.urls[CHANGES]).send('hello');
  expect(await redrive()).toEqual({ mails: 0, messages: 0, left: 2, finished: true });
  expect([queues.messages(MAILS), queues.messages(CHANGES)]).toEqual([[{ hello: 'world' }], ['hello']]);
});
