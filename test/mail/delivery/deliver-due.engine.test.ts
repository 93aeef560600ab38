import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CLAIM_LEASE_MS } from '../../../shared/mail/delivery/delivery';
import type { PlannedEntry } from '../../../shared/mail/content/planned-mail';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import type { Table } from '../../../shared/store/table/table';
import { listMailsTo } from '../../support/system/system';
import { DeliveryHarness, expectPlannedEntry, reactivatedLicense } from '../../support/mail/delivery-harness';
import { activeLicense, endedLicense, putLicense } from '../../support/mail/license-images';
import { createTable, useSesProxy } from '../../support/mail/mail-environment';
import type { SesProxy } from '../../support/mail/ses-proxy';

const MINUTE_MS = 60_000;

let table: Table;
let ses: SesProxy;
let harness: DeliveryHarness;
let license: LicenseRecord;
let keyMail: PlannedEntry;

beforeAll(async () => {
  ses = await useSesProxy();
});
afterAll(() => ses.close());

beforeEach(async () => {
  ses.faults.length = 0;
  table = await createTable();
  harness = new DeliveryHarness(table);
  license = activeLicense({ email: `jane-${randomUUID()}@example.com` });
  keyMail = expectPlannedEntry(undefined, license);
  await putLicense(table, license);
  harness.delayMs = MINUTE_MS;
  await harness.deliver(keyMail);
  harness.advance(MINUTE_MS);
});

const subjects = async () => (await listMailsTo(license.email)).map(({ subject }) => subject);
const KEY = 'Your Example Product license key';

/** A process that ends where this is called: nothing after it happens. */
const crash = (): Promise<never> => Promise.reject(new Error('The process died.'));

it('sends one mail where runs overlap, and leaves nothing behind', async () => {
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => harness.runOutbox()));
  expect(outcomes.flat().filter((outcome) => outcome === 'sent')).toHaveLength(1);
  expect(await subjects()).toEqual([KEY]);
  await harness.runOutbox();
  expect(await harness.countOutbox()).toBe(0);
  expect(await subjects()).toHaveLength(1);
});

it('leaves a mail alone that another run is sending', async () => {
  let letGo = (): void => {};
  const first = harness.runOutbox({
    send: async (...mail) => {
      await new Promise<void>((resolve) => (letGo = resolve));
      return harness.delivery.send(...mail);
    },
  });
  while ((await harness.readItem(keyMail))?.status !== 'claimed') await sleep(5);
  expect(await harness.runOutbox()).toEqual(['held']);
  letGo();
  expect(await first).toEqual(['sent']);
  expect(await subjects()).toEqual([KEY]);
});

describe('a run that dies', () => {
  it('before the send leaves the mail to a run after the claim has run out', async () => {
    await expect(harness.runOutbox({ beforeSend: [crash] })).rejects.toThrow('died');
    expect(await harness.runOutbox()).toEqual(['held']);
    harness.advance(CLAIM_LEASE_MS);
    expect(await harness.runOutbox()).toEqual(['sent']);
    expect(await subjects()).toEqual([KEY]);
  });

  it('after the send has a second mail sent, with the same key', async () => {
    const { mails } = harness.delivery;
    const mark = mails.mark.bind(mails);
    mails.mark = crash;
    await expect(harness.runOutbox()).rejects.toThrow('died');
    mails.mark = mark;
    harness.advance(CLAIM_LEASE_MS);
    expect(await harness.runOutbox()).toEqual(['sent']);
    const [first, second, ...others] = await listMailsTo(license.email);
    expect(first?.body).toEqual(second?.body);
    expect(others).toEqual([]);
  });

  it('after the mark has the next run tidy up, and no more', async () => {
    const { outbox } = harness.delivery;
    const remove = outbox.remove.bind(outbox);
    outbox.remove = crash;
    await expect(harness.runOutbox()).rejects.toThrow('died');
    outbox.remove = remove;
    expect(await harness.runOutbox()).toEqual(['repeated']);
    expect(await harness.countOutbox()).toBe(0);
    expect(await subjects()).toHaveLength(1);
  });
});

describe('SES', () => {
  it('that fails again puts the mail off for longer and longer', async () => {
    const dueIn: number[] = [];
    const down = { send: () => Promise.reject(new Error('down')) };
    for (let tries = 0; tries < 4; tries++) {
      expect(await harness.runOutbox(down)).toEqual(['delayed']);
      const { dueAt = '' } = (await harness.readItem(keyMail)) ?? {};
      const pause = Date.parse(dueAt) - harness.now().getTime();
      dueIn.push(Math.ceil(pause / 30_000));
      harness.advance(pause);
    }
    expect(dueIn).toEqual([1, 1, 2, 4]);
    expect(await harness.readItem(keyMail)).toMatchObject({
      status: 'due',
      attempts: 4,
      error: 'Error: down',
    });
    expect(await harness.countOutbox()).toBe(1);
  });

  it('that rejects the mail ends it', async () => {
    ses.faults.push('MessageRejected');
    expect(await harness.runOutbox()).toEqual(['failed']);
    expect(harness.reportedFailures).toHaveLength(1);
    expect(await harness.countOutbox()).toBe(0);
  });
});

describe('a license that changed meanwhile', () => {
  it.each<[string, (before: LicenseRecord) => LicenseRecord]>([
    ['ended', (before) => endedLicense(before)],
    ['was activated anew', (before) => reactivatedLicense(endedLicense(before))],
  ])('(%s) makes the mail superseded, before the stream tells of it', async (_, change) => {
    await putLicense(table, change(license));
    expect(await harness.runOutbox()).toEqual(['superseded']);
    expect(await harness.readItem(keyMail)).toMatchObject({ status: 'superseded' });
    expect(await harness.countOutbox()).toBe(0);
    expect(await subjects()).toEqual([]);
  });

  it('is not told of its end either, when the stream tells of that', async () => {
    const end = endedLicense(license);
    await putLicense(table, end);
    await harness.runOutbox();
    expect(await harness.deliver(expectPlannedEntry(license, end))).toBe('unneeded');
    expect(await subjects()).toEqual([]);
  });
});
