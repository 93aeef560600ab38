import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { MessageQueue } from '../../../shared/mail/delivery/message-queue';
import { MailRedrive, type RedriveResult } from '../../../shared/service/mail/mail-redrive';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import { domainListKey } from '../../../shared/store/table/keys';
import { LicenseHistory } from '../../../shared/store/licenses/license-history';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import { SeatQueue } from '../../../shared/store/licenses/seat-queue';
import type { Table } from '../../../shared/store/table/table';
import { mailsTo } from '../../support/system/system';
import { DeliveryRig, planned } from '../../support/mail/delivery-harness';
import { activeLicense, ended, store } from '../../support/mail/license-images';
import { newTable, type TestQueues, useFailingSes, useOwnQueues } from '../../support/mail/mail-environment';
import type { SesFront } from '../../support/mail/ses-proxy';

const HOUR_MS = 3_600_000;
const MAILS = 0;
const CHANGES = 1;

let ses: SesFront;
let queues: TestQueues;
let table: Table;
let rig: DeliveryRig;
let license: LicenseRecord;

beforeAll(async () => {
  ses = await useFailingSes();
  queues = await useOwnQueues();
});
afterAll(async () => {
  await ses.close();
  await queues.close();
});

beforeEach(async () => {
  table = await newTable();
  queues.empty();
  rig = new DeliveryRig(table);
  license = activeLicense({
    email: `jane-${randomUUID()}@example.com`,
    changedAt: new Date().toISOString(),
  });
  await store(table, license);
  await table.client.send(
    new PutCommand({ TableName: table.name, Item: { ...domainListKey('domain-1'), name: 'Example' } }),
  );
});

function redrive(): Promise<RedriveResult> {
  const { mails, outbox } = rig.delivery;
  return new MailRedrive({
    domains: new DomainStore(table, 365),
    licenses: new LicenseStore(table),
    history: new LicenseHistory(table),
    mails,
    outbox,
    mailFailures: new MessageQueue(queues.urls[MAILS], 0),
    changeFailures: new MessageQueue(queues.urls[CHANGES], 0),
    wakeQueue: (domainId, now) => new SeatQueue(table, domainId, 365).wake(now),
    now: () => rig.now(),
  }).run();
}

/** Tells the operator by the queue, as the functions do. */
const telling = {
  tellFailure: (ref: object, error: string) =>
    new MessageQueue<object>(queues.urls[MAILS]).send({ ...ref, error }),
};
const down = { ...telling, send: () => Promise.reject(new Error('SES is down.')) };

/** What Lambda tells of records that it gave up, which reached the stream just now. */
function giveUp(): Promise<void> {
  const at = new Date().toISOString();
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

const subjects = async () => (await mailsTo(license.email)).map(({ subject }) => subject);

describe('a mail that SES did not take for a day', () => {
  beforeEach(async () => {
    await rig.deliver(planned(undefined, license), down);
    rig.wait(23 * HOUR_MS);
    expect(await rig.run(down)).toEqual(['delayed']);
    rig.wait(HOUR_MS + HOUR_MS / 2);
    expect(await rig.run(down)).toEqual(['givenUp']);
  });

  it('has failed, and is in the queue', async () => {
    expect(await rig.item(planned(undefined, license))).toMatchObject({
      status: 'failed',
      error: 'Error: SES is down.',
    });
    const { domainId, userId, changeId } = license;
    expect(queues.messages(MAILS)).toEqual([
      { domainId, userId, mailId: changeId, error: 'Error: SES is down.' },
    ]);
    expect(await rig.waiting()).toBe(0);
  });

  it('is put back, and goes out once, however often that is asked for', async () => {
    expect(await redrive()).toEqual({ mails: 1, messages: 1, left: 0, finished: true });
    await telling.tellFailure(planned(undefined, license).ref, 'told twice');
    expect(await redrive()).toEqual({ mails: 0, messages: 1, left: 0, finished: true });
    expect(await rig.run()).toEqual(['sent']);
    await telling.tellFailure(planned(undefined, license).ref, 'told once more');
    expect(await redrive()).toEqual({ mails: 0, messages: 1, left: 0, finished: true });
    expect(await rig.run()).toEqual([]);
    expect(await subjects()).toEqual(['Your Example Product license key']);
    expect(queues.messages(MAILS)).toEqual([]);
  });

  it('is tried for a day again before it is given up again', async () => {
    await redrive();
    expect(await rig.run(down)).toEqual(['delayed']);
    expect(queues.messages(MAILS)).toEqual([]);
  });

  it('does not go out any more where the license has changed', async () => {
    await store(table, ended(license));
    await redrive();
    expect(await rig.run()).toEqual(['superseded']);
    expect(await subjects()).toEqual([]);
  });
});

it('puts a mail back that SES rejected, to the address that the license has by now', async () => {
  ses.faults.push('MessageRejected');
  await rig.deliver(planned(undefined, { ...license, email: 'old@example.com' }), telling);
  expect(queues.messages(MAILS)).toHaveLength(1);
  await redrive();
  expect(await rig.run()).toEqual(['sent']);
  expect(await subjects()).toHaveLength(1);
});

describe('a change of a license that the stream gave up', () => {
  it('is made up for by the license itself, once, and leaves others of its time alone', async () => {
    const other = activeLicense({ email: license.email, changedAt: license.changedAt });
    await store(table, other);
    await rig.deliver(planned(undefined, other));
    await giveUp();
    await giveUp();
    expect(await redrive()).toEqual({ mails: 1, messages: 2, left: 0, finished: true });
    await giveUp();
    expect(await redrive()).toEqual({ mails: 0, messages: 1, left: 0, finished: true });
    expect(await rig.run()).toEqual(['sent']);
    expect(await subjects()).toHaveLength(2);
    expect(await rig.deliver(planned(undefined, license))).toBe('repeated');
  });

  it('is left alone where it was at another time', async () => {
    await store(table, { ...license, changedAt: new Date(Date.now() - HOUR_MS).toISOString() });
    await giveUp();
    expect(await redrive()).toEqual({ mails: 0, messages: 1, left: 0, finished: true });
  });

  it('makes a notice of the end of a license whose key was mailed', async () => {
    await rig.deliver(planned(undefined, license));
    await store(table, { ...ended(license), changedAt: new Date().toISOString() });
    await giveUp();
    expect(await redrive()).toMatchObject({ mails: 1 });
    await rig.run();
    expect(await subjects()).toEqual([
      'Your Example Product license key',
      'Your Example Product license was deactivated',
    ]);
  });

  it('makes no mail where there is nothing to tell the user, but an entry of the history', async () => {
    const waits = planned(undefined, { ...license, status: 'pending' });
    await rig.deliver(waits);
    const withdrawn = { ...ended({ ...license, status: 'pending' }), changedAt: new Date().toISOString() };
    await store(table, withdrawn);
    await giveUp();
    expect(await redrive()).toMatchObject({ mails: 0, messages: 1 });
    expect(await rig.item(planned(license, withdrawn))).toMatchObject({ kind: 'none', status: 'none' });
  });
});

it('leaves the message of a mail that is just being sent, as whoever sends it tells of a failure before marking it', async () => {
  const entry = planned(undefined, license);
  ses.faults.push('MessageRejected');
  const { mails } = rig.delivery;
  const mark = mails.mark.bind(mails);
  let during: RedriveResult | undefined;
  mails.mark = async (...marked) => {
    during = await redrive();
    await mark(...marked);
  };
  expect(await rig.deliver(entry, telling)).toBe('failed');
  expect(during).toEqual({ mails: 0, messages: 0, left: 1, finished: true });
  expect(queues.messages(MAILS)).toHaveLength(1);
});

it('leaves what it does not understand, and says so', async () => {
  await new MessageQueue<object>(queues.urls[MAILS]).send({ hello: 'world' });
  await new MessageQueue<string>(queues.urls[CHANGES]).send('hello');
  expect(await redrive()).toEqual({ mails: 0, messages: 0, left: 2, finished: true });
  expect([queues.messages(MAILS), queues.messages(CHANGES)]).toEqual([[{ hello: 'world' }], ['hello']]);
});
