import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CLAIM_LEASE_MS } from '../../../shared/mail/delivery/delivery';
import type { PlannedEntry } from '../../../shared/mail/content/planned-mail';
import { MAX_SEND_MS } from '../../../shared/mail/ses/ses-sender';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import type { Table } from '../../../shared/store/table/table';
import { listMailsTo } from '../../support/system/system';
import { auditEvent, domainRecord, RETENTION_DAYS } from '../../support/store/records';
import {
  withResendRequest,
  DeliveryHarness,
  expectPlannedEntry,
  reactivatedLicense,
} from '../../support/mail/delivery-harness';
import { activeLicense, endedLicense, putLicense } from '../../support/mail/license-images';
import { createTable, useSesProxy } from '../../support/mail/mail-environment';
import type { SesFault, SesProxy } from '../../support/mail/ses-proxy';

const KEY = 'Your Example Product license key';
const NOTICE = 'Your Example Product license was deactivated';
const MINUTE_MS = 60_000;

let table: Table;
let ses: SesProxy;
let harness: DeliveryHarness;
let email: string;
let license: LicenseRecord;
let keyMail: PlannedEntry;

beforeAll(async () => {
  table = await createTable();
  ses = await useSesProxy();
});

afterAll(() => ses.close());

beforeEach(async () => {
  ses.faults.length = 0;
  harness = new DeliveryHarness(table);
  email = `jane-${randomUUID()}@example.com`;
  license = activeLicense({ email });
  keyMail = expectPlannedEntry(undefined, license);
  await putLicense(table, license);
});

// What a test leaves in the outbox would be due in the next one.
afterEach(async () => {
  harness.advance(10 * 365 * 86_400_000);
  await harness.runOutbox({ send: () => Promise.resolve('swept') });
});

const subjects = async (): Promise<string[]> => (await listMailsTo(email)).map(({ subject }) => subject);

/** The license becomes `after`, and its mail is taken up. */
async function deliverChange(before: LicenseRecord, after: LicenseRecord): Promise<[PlannedEntry, string]> {
  await putLicense(table, after);
  const entry = expectPlannedEntry(before, after);
  return [entry, await harness.deliver(entry)];
}

/** A process that ends where this is called: nothing after it happens. */
class SimulatedCrash extends Error {}
const crash = (): Promise<never> => Promise.reject(new SimulatedCrash());

it('holds a claim longer than a send can take', () => {
  expect(CLAIM_LEASE_MS).toBeGreaterThan(MAX_SEND_MS);
});

describe('a change that is delivered again', () => {
  it('makes one mail, one after the other', async () => {
    expect(await harness.deliver(keyMail)).toBe('sent');
    expect(await harness.deliver(keyMail)).toBe('repeated');
    expect(await harness.deliver(keyMail)).toBe('repeated');
    expect(await subjects()).toEqual([KEY]);
    expect(await harness.readItem(keyMail)).toMatchObject({ status: 'sent', to: email, attempts: 1 });
  });

  it('makes one mail, all at once', async () => {
    const waiting = { now: () => new Date(), sleep: () => sleep(50) };
    const all = Array.from({ length: 8 }, () => harness.deliver(keyMail, waiting));
    expect((await Promise.all(all)).sort()).toEqual([...Array<string>(7).fill('repeated'), 'sent']);
    expect(await subjects()).toHaveLength(1);
  });

  it('does nothing where the mail waits in the outbox', async () => {
    harness.delayMs = MINUTE_MS;
    expect(await harness.deliver(keyMail)).toBe('delayed');
    expect(await harness.deliver(keyMail)).toBe('repeated');
    harness.delayMs = 0;
    expect(await harness.deliver(keyMail)).toBe('repeated');
    expect(await harness.countOutbox()).toBe(1);
    expect(await subjects()).toEqual([]);
  });
});

describe('a process that dies', () => {
  it('after the claim leaves the mail to the next delivery, which waits until the claim has run out', async () => {
    await expect(harness.deliver(keyMail, { beforeSend: [crash] })).rejects.toBeInstanceOf(SimulatedCrash);
    expect(await harness.readItem(keyMail)).toMatchObject({ status: 'claimed' });
    expect(await harness.deliver(keyMail)).toBe('sent');
    expect(harness.elapsedMs).toBeGreaterThanOrEqual(CLAIM_LEASE_MS - 1_000);
    expect(harness.elapsedMs).toBeLessThan(CLAIM_LEASE_MS + 1_000);
    expect(await subjects()).toHaveLength(1);
  });

  it('after the send makes the next delivery send a second mail, with the same key', async () => {
    harness.delivery.mails.mark = crash;
    await expect(harness.deliver(keyMail)).rejects.toBeInstanceOf(SimulatedCrash);
    harness = new DeliveryHarness(table);
    expect(await harness.deliver(keyMail)).toBe('sent');
    expect(await harness.deliver(keyMail)).toBe('repeated');
    const sent = await listMailsTo(email);
    expect(sent).toHaveLength(2);
    expect(sent[0]?.body).toEqual(sent[1]?.body);
  });

  it('at neither point has lost or told anything', async () => {
    await expect(harness.deliver(keyMail, { beforeSend: [crash] })).rejects.toBeInstanceOf(SimulatedCrash);
    await harness.deliver(keyMail);
    expect(harness.reportedFailures).toEqual([]);
    expect(await harness.countOutbox()).toBe(0);
  });
});

describe('SES', () => {
  class TimeoutError extends Error {
    override readonly name = 'TimeoutError';
  }
  const faulty = (fault: SesFault) => () => void ses.faults.push(fault, fault);
  const silent = { send: () => Promise.reject(new TimeoutError('No answer in time.')) };

  it.each<[string, () => void, object, RegExp]>([
    ['throttles', faulty('Throttling'), {}, /^Throttling: /],
    ['answers 5xx', faulty('unavailable'), {}, /^\w+: /],
    ['does not answer in time', () => {}, silent, /^TimeoutError: /],
  ])('that %s leaves the mail to the outbox, which sends it', async (_, fail, own, error) => {
    fail();
    expect(await harness.deliver(keyMail, own)).toBe('delayed');
    expect(await harness.readItem(keyMail)).toMatchObject({
      status: 'due',
      attempts: 1,
      error: expect.stringMatching(error) as string,
    });
    expect(await subjects()).toEqual([]);
    expect(await harness.runOutbox()).toEqual([]);
    harness.advance(MINUTE_MS);
    expect(await harness.runOutbox()).toEqual(['sent']);
    expect(await subjects()).toEqual([KEY]);
    const item = await harness.readItem(keyMail);
    expect(item).toMatchObject({ status: 'sent', attempts: 2 });
    expect(item?.error).toBeUndefined();
    expect(harness.reportedFailures).toEqual([]);
  });

  it('that fails twice is not asked again for the mails that follow at once, which wait with those', async () => {
    ses.faults.push('Throttling', 'Throttling', 'unavailable', 'unavailable');
    expect(await harness.deliver(keyMail)).toBe('delayed');
    const others = [activeLicense({ email }), activeLicense({ email })];
    for (const other of others) {
      await putLicense(table, other);
      expect(await harness.deliver(expectPlannedEntry(undefined, other))).toBe('delayed');
    }
    expect(ses.faults).toEqual([]);
    harness.advance(MINUTE_MS);
    expect(await harness.runOutbox()).toEqual(['sent', 'sent', 'sent']);
    expect(await subjects()).toHaveLength(3);
  });

  it('that rejects the mail ends it, and the operator is told, who may mend the cause', async () => {
    ses.faults.push('MessageRejected');
    expect(await harness.deliver(keyMail)).toBe('failed');
    expect(await harness.deliver(keyMail)).toBe('repeated');
    expect(await subjects()).toEqual([]);
    expect(await harness.readItem(keyMail)).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('not verified') as string,
    });
    expect(harness.reportedFailures).toEqual([
      { ...keyMail.ref, error: expect.stringContaining('MessageRejected') as string },
    ]);
  });

  it.each([
    ['is not asked for an address that cannot be', 'jane@example.com\r\nBcc: all@example.com', []],
    ['that takes an address for none ends the mail', 'jane@example.com', ['InvalidParameterValue'] as const],
  ])('%s, of which no operator is told, but its domain', async (_, address, faults) => {
    ses.faults.push(...faults);
    const nowhere = expectPlannedEntry(undefined, { ...license, email: address });
    expect(await harness.deliver(nowhere)).toBe('failed');
    expect(await harness.readItem(nowhere)).toMatchObject({ status: 'failed' });
    expect(harness.reportedFailures).toEqual([]);
    expect(harness.undeliverable).toEqual([
      { ...nowhere.ref, email: address, error: expect.any(String) as string },
    ]);
  });
});

describe('a mail that comes late', () => {
  it('still goes out before the mail of the next change', async () => {
    const end = endedLicense(license);
    await putLicense(table, end);
    expect(await harness.deliver(keyMail)).toBe('sent');
    expect(await harness.deliver(expectPlannedEntry(license, end))).toBe('sent');
    expect(await subjects()).toEqual([KEY, NOTICE]);
  });

  it('does not go out after it', async () => {
    const [, outcome] = await deliverChange(license, endedLicense(license));
    expect(outcome).toBe('sent');
    expect(await harness.deliver(keyMail)).toBe('superseded');
    expect(await harness.deliver(keyMail)).toBe('repeated');
    expect(await subjects()).toEqual([NOTICE]);
  });

  it('is not a notice after the key of a reactivation', async () => {
    const end = endedLicense(license);
    await deliverChange(end, reactivatedLicense(end));
    expect(await harness.deliver(expectPlannedEntry(license, end))).toBe('superseded');
  });
});

describe('the first mail of an activation', () => {
  beforeEach(() => {
    harness.delayMs = 30 * MINUTE_MS;
  });

  it('waits as the domain wants it, and goes to the address that the license has then', async () => {
    const changedAt = harness.now().toISOString();
    expect(await harness.deliver(expectPlannedEntry(undefined, { ...license, changedAt }))).toBe('delayed');
    expect(await harness.readItem(keyMail)).toMatchObject({
      status: 'due',
      dueAt: new Date(Date.parse(changedAt) + harness.delayMs).toISOString(),
    });
    email = `mailbox-${randomUUID()}@example.com`;
    await putLicense(table, { ...license, email });
    harness.advance(29 * MINUTE_MS);
    expect(await harness.runOutbox()).toEqual([]);
    harness.advance(MINUTE_MS);
    expect(await harness.runOutbox()).toEqual(['sent']);
    expect(await subjects()).toEqual([KEY]);
    expect(await harness.readItem(keyMail)).toMatchObject({ status: 'sent', to: email });
  });

  it('waits no more where its time was over when the stream told of it', async () => {
    const changedAt = new Date(harness.now().getTime() - harness.delayMs).toISOString();
    expect(await harness.deliver(expectPlannedEntry(undefined, { ...license, changedAt }))).toBe('sent');
  });

  it('is superseded by a deactivation meanwhile, of which the user is not told either', async () => {
    await harness.deliver(keyMail);
    const [notice, outcome] = await deliverChange(license, endedLicense(license));
    expect(outcome).toBe('unneeded');
    expect(await harness.readItem(keyMail)).toMatchObject({ status: 'superseded' });
    expect(await harness.readItem(notice)).toMatchObject({
      kind: 'none',
      status: 'none',
      licenseStatus: 'inactive',
    });
    expect(await harness.countOutbox()).toBe(0);
    expect(await harness.deliver(notice)).toBe('unneeded');
    harness.advance(60 * MINUTE_MS);
    expect(await harness.runOutbox()).toEqual([]);
    expect(await subjects()).toEqual([]);
  });

  it('waits anew after another activation meanwhile', async () => {
    await harness.deliver(keyMail);
    const end = endedLicense(license);
    await deliverChange(license, end);
    const [again, outcome] = await deliverChange(end, reactivatedLicense(end));
    expect(outcome).toBe('delayed');
    harness.advance(30 * MINUTE_MS);
    expect(await harness.runOutbox()).toEqual(['sent']);
    expect(await subjects()).toEqual([KEY]);
    expect(await harness.readItem(again)).toMatchObject({ status: 'sent' });
  });

  it('goes out at once, and once, where it is asked for meanwhile', async () => {
    await harness.deliver(keyMail);
    const asked = withResendRequest(license);
    expect((await deliverChange(license, asked))[1]).toBe('sent');
    harness.advance(60 * MINUTE_MS);
    expect(await harness.runOutbox()).toEqual([]);
    expect(await subjects()).toEqual([KEY]);
    // The key is known to the user now, so its end is as well.
    expect((await deliverChange(asked, endedLicense(license)))[1]).toBe('sent');
  });
});

describe('a notice', () => {
  it('follows a key that SES failed to take, as it may have gone out', async () => {
    ses.faults.push('Throttling', 'Throttling');
    await harness.deliver(keyMail);
    harness.advance(MINUTE_MS);
    expect((await deliverChange(license, endedLicense(license)))[1]).toBe('sent');
    expect(await harness.readItem(keyMail)).toMatchObject({ status: 'superseded', attempts: 1 });
    expect(await harness.runOutbox()).toEqual([]);
    expect(await subjects()).toEqual([NOTICE]);
  });

  it('waits for a key that is being sent, and goes out after it', async () => {
    harness.delayMs = MINUTE_MS;
    await harness.deliver(keyMail);
    harness.advance(MINUTE_MS);
    let sent = (): void => {};
    const slow = {
      send: async (...mail: Parameters<typeof harness.delivery.send>) => {
        await new Promise<void>((resolve) => (sent = resolve));
        return harness.delivery.send(...mail);
      },
    };
    const running = harness.runOutbox(slow);
    while ((await harness.readItem(keyMail))?.status !== 'claimed') await sleep(5);
    const end = endedLicense(license);
    await putLicense(table, end);
    const letGo = { sleep: async () => (sent(), void (await running)) };
    expect(await harness.deliver(expectPlannedEntry(license, end), letGo)).toBe('sent');
    expect(await subjects()).toEqual([KEY, NOTICE]);
  });

  it('goes out where nothing is known of the mails of the activation any more', async () => {
    expect((await deliverChange(license, endedLicense(license)))[1]).toBe('sent');
  });
});

describe('a mail that is asked for again', () => {
  it('twice makes two mails more, with the same key', async () => {
    await harness.deliver(keyMail);
    const once = withResendRequest(license);
    const twice = withResendRequest(once);
    expect((await deliverChange(license, once))[1]).toBe('sent');
    expect((await deliverChange(once, twice))[1]).toBe('sent');
    const mails = await listMailsTo(email);
    expect(mails).toHaveLength(3);
    expect(new Set(mails.map(({ body }) => body.text)).size).toBe(1);
  });

  it('is sent once for each time, however often the stream tells of it', async () => {
    await harness.deliver(keyMail);
    const again = withResendRequest(license);
    const [entry] = await deliverChange(license, again);
    expect(await harness.deliver(entry)).toBe('repeated');
    expect(await harness.deliver(keyMail)).toBe('repeated');
    expect(await subjects()).toHaveLength(2);
  });

  it('is not sent once the license has changed and the user was told', async () => {
    await harness.deliver(keyMail);
    const again = withResendRequest(license);
    await deliverChange(again, endedLicense(license));
    expect(await harness.deliver(expectPlannedEntry(license, again))).toBe('superseded');
    expect(await subjects()).toEqual([KEY, NOTICE]);
  });
});

describe('the users of a domain that was deleted', () => {
  beforeEach(async () => {
    license = activeLicense({ email, domainId: randomUUID() });
    keyMail = expectPlannedEntry(undefined, license);
    await putLicense(table, license);
  });

  const deleteDomain = async () => {
    const domain = domainRecord({ domainId: license.domainId });
    const domains = new DomainStore(table, RETENTION_DAYS);
    await domains.create(domain, auditEvent('domain.created', domain.domainId));
    await domains.delete(domain, auditEvent('domain.deleted', domain.domainId));
  };

  it('get no mail, whatever the stream still tells, and nothing is written', async () => {
    await deleteDomain();
    expect(await harness.deliver(keyMail)).toBe('domainDeleted');
    const [notice, outcome] = await deliverChange(license, endedLicense(license));
    expect(outcome).toBe('domainDeleted');
    expect(await subjects()).toEqual([]);
    for (const entry of [keyMail, notice]) expect(await harness.readItem(entry)).toBeUndefined();
  });

  it('do not get what waits in the outbox, which forgets it', async () => {
    harness.delayMs = 30 * MINUTE_MS;
    expect(await harness.deliver(keyMail)).toBe('delayed');
    await deleteDomain();
    harness.advance(31 * MINUTE_MS);
    expect(await harness.runOutbox()).toEqual(['domainDeleted']);
    expect(await harness.countOutbox()).toBe(0);
    expect(await subjects()).toEqual([]);
  });
});

it('writes a change without a mail into the history, once', async () => {
  const waits: LicenseRecord = { ...license, status: 'pending', changeId: randomUUID() };
  const entry = expectPlannedEntry(undefined, waits);
  expect(await harness.deliver(entry)).toBe('noted');
  expect(await harness.deliver(entry)).toBe('noted');
  expect(await harness.readItem(entry)).toMatchObject({
    kind: 'none',
    status: 'none',
    licenseStatus: 'pending',
  });
});
