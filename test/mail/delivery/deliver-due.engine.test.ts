import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CLAIM_LEASE_MS } from '../../../shared/mail/delivery/delivery';
import type { PlannedEntry } from '../../../shared/mail/content/planned-mail';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import type { Table } from '../../../shared/store/table/table';
import { listMailsTo } from '../../support/system/mails';
import { mailKeyOf } from '../../../shared/store/mail/mail-item';
import { KEY, MINUTE_MS, NOTICE } from '../../support/mail/delivery-fixture';
import {
  DeliveryHarness,
  expectPlannedEntry,
  reactivatedLicense,
  withResendRequest,
} from '../../support/mail/delivery-harness';
import {
  activeLicense,
  type AddressedLicense,
  endedLicense,
  putLicense,
} from '../../support/mail/license-images';
import { createTable, useSesProxy } from '../../support/mail/mail-environment';
import type { SesProxy } from '../../support/mail/ses-proxy';

let table: Table;
let ses: SesProxy;
let harness: DeliveryHarness;
let license: AddressedLicense;
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

/** Simulates a process that dies at this call. */
const crash = (): Promise<never> => Promise.reject(new Error('The process died.'));

it('sends one email if runs overlap, and removes it from the outbox', async () => {
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => harness.runOutbox()));
  expect(outcomes.flat().filter((outcome) => outcome === 'sent')).toHaveLength(1);
  expect(await subjects()).toEqual([KEY]);
  await harness.runOutbox();
  expect(await harness.countOutbox()).toBe(0);
  expect(await subjects()).toHaveLength(1);
});

it('does not send an email that another run is sending', async () => {
  let finishSend = (): void => {};
  const first = harness.runOutbox({
    send: async (...mail) => {
      await new Promise<void>((resolve) => (finishSend = resolve));
      return harness.delivery.send(...mail);
    },
  });
  while ((await harness.readItem(keyMail))?.status !== 'claimed') await sleep(5);
  expect(await harness.runOutbox()).toEqual(['held']);
  finishSend();
  expect(await first).toEqual(['sent']);
  expect(await subjects()).toEqual([KEY]);
});

describe('a run that dies', () => {
  it('before the send leaves the email to a run after the claim expires', async () => {
    await expect(harness.runOutbox({ beforeSend: [crash] })).rejects.toThrow('died');
    expect(await harness.runOutbox()).toEqual(['held']);
    harness.advance(CLAIM_LEASE_MS);
    expect(await harness.runOutbox()).toEqual(['sent']);
    expect(await subjects()).toEqual([KEY]);
  });

  it('after the send causes a second email with the same key', async () => {
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

  it('after the mark leaves the next run only the cleanup', async () => {
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

describe('an email that waited for longer than entries are kept', () => {
  const WAITED_MS = 400 * 86_400_000;
  const storedMail = ({ ref }: PlannedEntry = keyMail) => table.get(mailKeyOf(ref));

  /**
   * Lets the time pass while the emails are paused. Deletes the email if it has expired, as DynamoDB does.
   */
  async function waitPaused(): Promise<void> {
    harness.isPaused = true;
    harness.advance(WAITED_MS);
    const ttl = (await storedMail())?.ttl;
    if (typeof ttl === 'number' && ttl * 1_000 < harness.now().getTime())
      await table.delete(mailKeyOf(keyMail.ref));
    expect(await harness.runOutbox()).toEqual(['paused']);
    harness.isPaused = false;
  }

  it('is sent, and then kept for as long as others', async () => {
    await waitPaused();
    expect(await storedMail()).toMatchObject({ status: 'due' });
    expect(await harness.runOutbox()).toEqual(['sent']);
    expect(await subjects()).toEqual([KEY]);
    const end = Math.floor(harness.now().getTime() / 1_000) + 365 * 86_400;
    expect(await storedMail()).toMatchObject({ status: 'sent', ttl: end });
  });

  it('is sent if its process died after the claim, before the emails were paused', async () => {
    await expect(harness.runOutbox({ beforeSend: [crash] })).rejects.toThrow('died');
    await waitPaused();
    expect(await storedMail()).toMatchObject({ status: 'claimed' });
    expect(await harness.runOutbox()).toEqual(['sent']);
  });

  describe('and has expired, because an earlier version stored it', () => {
    const loseMail = ({ ref }: PlannedEntry) => table.delete(mailKeyOf(ref));

    it('is stored again and sent if it is that of the last change', async () => {
      await loseMail(keyMail);
      expect(await harness.runOutbox()).toEqual(['sent']);
      expect(await subjects()).toEqual([KEY]);
      const { activationId, changeId, email: to } = license;
      // SES may have accepted an attempt before.
      expect(await storedMail()).toMatchObject({ status: 'sent', activationId, changeId, to, attempts: 2 });
      expect(await harness.countOutbox()).toBe(0);
    });

    it('is stored again and sent if it is the notice of the last change', async () => {
      await harness.runOutbox();
      const end = endedLicense(license);
      await putLicense(table, end);
      const notice = expectPlannedEntry(license, end);
      expect(await harness.deliver(notice, {}, { isQueued: true })).toBe('delayed');
      await loseMail(notice);
      expect(await harness.runOutbox()).toEqual(['sent']);
      expect(await subjects()).toEqual([KEY, NOTICE]);
    });

    it.each<[string, (before: LicenseRecord) => LicenseRecord]>([
      ['the license has changed', (before) => endedLicense(before)],
      ['the license waits for a seat', (before) => ({ ...before, status: 'pending' })],
      ['another email was requested', (before) => withResendRequest(before)],
    ])('is not stored again if %s', async (_, change) => {
      await loseMail(keyMail);
      await putLicense(table, change(license));
      expect(await harness.runOutbox()).toEqual(['repeated']);
      expect(await storedMail()).toBeUndefined();
      expect(await harness.countOutbox()).toBe(0);
    });
  });
});

describe('a failure of SES', () => {
  it('postpones the email for longer each time', async () => {
    const dueIn: number[] = [];
    const down = { send: () => Promise.reject(new Error('down')) };
    for (let attempt = 0; attempt < 4; attempt++) {
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

  it('ends the email if SES rejects it', async () => {
    ses.faults.push('MessageRejected');
    expect(await harness.runOutbox()).toEqual(['failed']);
    expect(harness.reportedFailures).toHaveLength(1);
    expect(await harness.countOutbox()).toBe(0);
  });
});

describe('a license that changed during the delay', () => {
  it.each<[string, (before: LicenseRecord) => LicenseRecord]>([
    ['ended', (before) => endedLicense(before)],
    ['was activated again', (before) => reactivatedLicense(endedLicense(before))],
  ])('(%s) supersedes the email, before the stream delivers the change', async (_, change) => {
    await putLicense(table, change(license));
    expect(await harness.runOutbox()).toEqual(['superseded']);
    expect(await harness.readItem(keyMail)).toMatchObject({ status: 'superseded' });
    expect(await harness.countOutbox()).toBe(0);
    expect(await subjects()).toEqual([]);
  });

  it('has no notice when the stream delivers its end', async () => {
    const end = endedLicense(license);
    await putLicense(table, end);
    await harness.runOutbox();
    expect(await harness.deliver(expectPlannedEntry(license, end))).toBe('unneeded');
    expect(await subjects()).toEqual([]);
  });
});
