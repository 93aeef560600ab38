import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CLAIM_LEASE_MS } from '../../../shared/mail/delivery/delivery';
import type { PlannedEntry } from '../../../shared/mail/content/planned-mail';
import { LONGEST_SEND_MS } from '../../../shared/mail/ses/ses-sender';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import type { Table } from '../../../shared/store/table/table';
import { mailsTo } from '../../support/system/system';
import { auditEvent, domainRecord, RETENTION_DAYS } from '../../support/store/records';
import { askedAgain, DeliveryRig, planned, reactivated } from '../../support/mail/delivery-harness';
import { activeLicense, ended, store } from '../../support/mail/license-images';
import { newTable, useFailingSes } from '../../support/mail/mail-environment';
import type { SesFault, SesFront } from '../../support/mail/ses-proxy';

const KEY = 'Your Example Product license key';
const NOTICE = 'Your Example Product license was deactivated';
const MINUTE_MS = 60_000;

let table: Table;
let ses: SesFront;
let rig: DeliveryRig;
let email: string;
let license: LicenseRecord;
let keyMail: PlannedEntry;

beforeAll(async () => {
  table = await newTable();
  ses = await useFailingSes();
});

afterAll(() => ses.close());

beforeEach(async () => {
  ses.faults.length = 0;
  rig = new DeliveryRig(table);
  email = `jane-${randomUUID()}@example.com`;
  license = activeLicense({ email });
  keyMail = planned(undefined, license);
  await store(table, license);
});

// What a test leaves in the outbox would be due in the next one.
afterEach(async () => {
  rig.wait(10 * 365 * 86_400_000);
  await rig.run({ send: () => Promise.resolve('swept') });
});

const subjects = async (): Promise<string[]> => (await mailsTo(email)).map(({ subject }) => subject);

/** The license becomes `after`, and its mail is taken up. */
async function change(before: LicenseRecord, after: LicenseRecord): Promise<[PlannedEntry, string]> {
  await store(table, after);
  const entry = planned(before, after);
  return [entry, await rig.deliver(entry)];
}

/** A process that ends where this is called: nothing after it happens. */
class Death extends Error {}
const die = (): Promise<never> => Promise.reject(new Death());

it('holds a claim longer than a send can take', () => {
  expect(CLAIM_LEASE_MS).toBeGreaterThan(LONGEST_SEND_MS);
});

describe('a change that is delivered again', () => {
  it('makes one mail, one after the other', async () => {
    expect(await rig.deliver(keyMail)).toBe('sent');
    expect(await rig.deliver(keyMail)).toBe('repeated');
    expect(await rig.deliver(keyMail)).toBe('repeated');
    expect(await subjects()).toEqual([KEY]);
    expect(await rig.item(keyMail)).toMatchObject({ status: 'sent', to: email, attempts: 1 });
  });

  it('makes one mail, all at once', async () => {
    const waiting = { now: () => new Date(), sleep: () => sleep(50) };
    const all = Array.from({ length: 8 }, () => rig.deliver(keyMail, waiting));
    expect((await Promise.all(all)).sort()).toEqual([...Array<string>(7).fill('repeated'), 'sent']);
    expect(await subjects()).toHaveLength(1);
  });

  it('does nothing where the mail waits in the outbox', async () => {
    rig.delayMs = MINUTE_MS;
    expect(await rig.deliver(keyMail)).toBe('delayed');
    expect(await rig.deliver(keyMail)).toBe('repeated');
    rig.delayMs = 0;
    expect(await rig.deliver(keyMail)).toBe('repeated');
    expect(await rig.waiting()).toBe(1);
    expect(await subjects()).toEqual([]);
  });
});

describe('a process that dies', () => {
  it('after the claim leaves the mail to the next delivery, which waits until the claim has run out', async () => {
    await expect(rig.deliver(keyMail, { beforeSend: [die] })).rejects.toBeInstanceOf(Death);
    expect(await rig.item(keyMail)).toMatchObject({ status: 'claimed' });
    expect(await rig.deliver(keyMail)).toBe('sent');
    expect(rig.waited).toBeGreaterThanOrEqual(CLAIM_LEASE_MS - 1_000);
    expect(rig.waited).toBeLessThan(CLAIM_LEASE_MS + 1_000);
    expect(await subjects()).toHaveLength(1);
  });

  it('after the send makes the next delivery send a second mail, with the same key', async () => {
    rig.delivery.mails.mark = die;
    await expect(rig.deliver(keyMail)).rejects.toBeInstanceOf(Death);
    rig = new DeliveryRig(table);
    expect(await rig.deliver(keyMail)).toBe('sent');
    expect(await rig.deliver(keyMail)).toBe('repeated');
    const sent = await mailsTo(email);
    expect(sent).toHaveLength(2);
    expect(sent[0]?.body).toEqual(sent[1]?.body);
  });

  it('at neither point has lost or told anything', async () => {
    await expect(rig.deliver(keyMail, { beforeSend: [die] })).rejects.toBeInstanceOf(Death);
    await rig.deliver(keyMail);
    expect(rig.told).toEqual([]);
    expect(await rig.waiting()).toBe(0);
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
    expect(await rig.deliver(keyMail, own)).toBe('delayed');
    expect(await rig.item(keyMail)).toMatchObject({
      status: 'due',
      attempts: 1,
      error: expect.stringMatching(error) as string,
    });
    expect(await subjects()).toEqual([]);
    expect(await rig.run()).toEqual([]);
    rig.wait(MINUTE_MS);
    expect(await rig.run()).toEqual(['sent']);
    expect(await subjects()).toEqual([KEY]);
    const item = await rig.item(keyMail);
    expect(item).toMatchObject({ status: 'sent', attempts: 2 });
    expect(item).not.toHaveProperty('error');
    expect(rig.told).toEqual([]);
  });

  it('that fails twice is not asked again for the mails that follow at once, which wait with those', async () => {
    ses.faults.push('Throttling', 'Throttling', 'unavailable', 'unavailable');
    expect(await rig.deliver(keyMail)).toBe('delayed');
    const others = [activeLicense({ email }), activeLicense({ email })];
    for (const other of others) {
      await store(table, other);
      expect(await rig.deliver(planned(undefined, other))).toBe('delayed');
    }
    expect(ses.faults).toEqual([]);
    rig.wait(MINUTE_MS);
    expect(await rig.run()).toEqual(['sent', 'sent', 'sent']);
    expect(await subjects()).toHaveLength(3);
  });

  it('that rejects the mail ends it, and the operator is told, who may mend the cause', async () => {
    ses.faults.push('MessageRejected');
    expect(await rig.deliver(keyMail)).toBe('failed');
    expect(await rig.deliver(keyMail)).toBe('repeated');
    expect(await subjects()).toEqual([]);
    expect(await rig.item(keyMail)).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('not verified') as string,
    });
    expect(rig.told).toEqual([
      { ...keyMail.ref, error: expect.stringContaining('MessageRejected') as string },
    ]);
  });

  it.each([
    ['is not asked for an address that cannot be', 'jane@example.com\r\nBcc: all@example.com', []],
    ['that takes an address for none ends the mail', 'jane@example.com', ['InvalidParameterValue'] as const],
  ])('%s, of which no operator is told, but its domain', async (_, address, faults) => {
    ses.faults.push(...faults);
    const nowhere = planned(undefined, { ...license, email: address });
    expect(await rig.deliver(nowhere)).toBe('failed');
    expect(await rig.item(nowhere)).toMatchObject({ status: 'failed' });
    expect(rig.told).toEqual([]);
    expect(rig.noted).toEqual([{ ...nowhere.ref, email: address, error: expect.any(String) as string }]);
  });
});

describe('a mail that comes late', () => {
  it('still goes out before the mail of the next change', async () => {
    const end = ended(license);
    await store(table, end);
    expect(await rig.deliver(keyMail)).toBe('sent');
    expect(await rig.deliver(planned(license, end))).toBe('sent');
    expect(await subjects()).toEqual([KEY, NOTICE]);
  });

  it('does not go out after it', async () => {
    const [, outcome] = await change(license, ended(license));
    expect(outcome).toBe('sent');
    expect(await rig.deliver(keyMail)).toBe('superseded');
    expect(await rig.deliver(keyMail)).toBe('repeated');
    expect(await subjects()).toEqual([NOTICE]);
  });

  it('is not a notice after the key of a reactivation', async () => {
    const end = ended(license);
    await change(end, reactivated(end));
    expect(await rig.deliver(planned(license, end))).toBe('superseded');
  });
});

describe('the first mail of an activation', () => {
  beforeEach(() => {
    rig.delayMs = 30 * MINUTE_MS;
  });

  it('waits as the domain wants it, and goes to the address that the license has then', async () => {
    const changedAt = rig.now().toISOString();
    expect(await rig.deliver(planned(undefined, { ...license, changedAt }))).toBe('delayed');
    expect(await rig.item(keyMail)).toMatchObject({
      status: 'due',
      dueAt: new Date(Date.parse(changedAt) + rig.delayMs).toISOString(),
    });
    email = `mailbox-${randomUUID()}@example.com`;
    await store(table, { ...license, email });
    rig.wait(29 * MINUTE_MS);
    expect(await rig.run()).toEqual([]);
    rig.wait(MINUTE_MS);
    expect(await rig.run()).toEqual(['sent']);
    expect(await subjects()).toEqual([KEY]);
    expect(await rig.item(keyMail)).toMatchObject({ status: 'sent', to: email });
  });

  it('waits no more where its time was over when the stream told of it', async () => {
    const changedAt = new Date(rig.now().getTime() - rig.delayMs).toISOString();
    expect(await rig.deliver(planned(undefined, { ...license, changedAt }))).toBe('sent');
  });

  it('is superseded by a deactivation meanwhile, of which the user is not told either', async () => {
    await rig.deliver(keyMail);
    const [notice, outcome] = await change(license, ended(license));
    expect(outcome).toBe('unneeded');
    expect(await rig.item(keyMail)).toMatchObject({ status: 'superseded' });
    expect(await rig.item(notice)).toMatchObject({ kind: 'none', status: 'none', licenseStatus: 'inactive' });
    expect(await rig.waiting()).toBe(0);
    expect(await rig.deliver(notice)).toBe('unneeded');
    rig.wait(60 * MINUTE_MS);
    expect(await rig.run()).toEqual([]);
    expect(await subjects()).toEqual([]);
  });

  it('waits anew after another activation meanwhile', async () => {
    await rig.deliver(keyMail);
    const end = ended(license);
    await change(license, end);
    const [again, outcome] = await change(end, reactivated(end));
    expect(outcome).toBe('delayed');
    rig.wait(30 * MINUTE_MS);
    expect(await rig.run()).toEqual(['sent']);
    expect(await subjects()).toEqual([KEY]);
    expect(await rig.item(again)).toMatchObject({ status: 'sent' });
  });

  it('goes out at once, and once, where it is asked for meanwhile', async () => {
    await rig.deliver(keyMail);
    const asked = askedAgain(license);
    expect((await change(license, asked))[1]).toBe('sent');
    rig.wait(60 * MINUTE_MS);
    expect(await rig.run()).toEqual([]);
    expect(await subjects()).toEqual([KEY]);
    // The key is known to the user now, so its end is as well.
    expect((await change(asked, ended(license)))[1]).toBe('sent');
  });
});

describe('a notice', () => {
  it('follows a key that SES failed to take, as it may have gone out', async () => {
    ses.faults.push('Throttling', 'Throttling');
    await rig.deliver(keyMail);
    rig.wait(MINUTE_MS);
    expect((await change(license, ended(license)))[1]).toBe('sent');
    expect(await rig.item(keyMail)).toMatchObject({ status: 'superseded', attempts: 1 });
    expect(await rig.run()).toEqual([]);
    expect(await subjects()).toEqual([NOTICE]);
  });

  it('waits for a key that is being sent, and goes out after it', async () => {
    rig.delayMs = MINUTE_MS;
    await rig.deliver(keyMail);
    rig.wait(MINUTE_MS);
    let sent = (): void => {};
    const slow = {
      send: async (...mail: Parameters<typeof rig.delivery.send>) => {
        await new Promise<void>((resolve) => (sent = resolve));
        return rig.delivery.send(...mail);
      },
    };
    const running = rig.run(slow);
    while ((await rig.item(keyMail))?.status !== 'claimed') await sleep(5);
    const end = ended(license);
    await store(table, end);
    const letGo = { sleep: async () => (sent(), void (await running)) };
    expect(await rig.deliver(planned(license, end), letGo)).toBe('sent');
    expect(await subjects()).toEqual([KEY, NOTICE]);
  });

  it('goes out where nothing is known of the mails of the activation any more', async () => {
    expect((await change(license, ended(license)))[1]).toBe('sent');
  });
});

describe('a mail that is asked for again', () => {
  it('twice makes two mails more, with the same key', async () => {
    await rig.deliver(keyMail);
    const once = askedAgain(license);
    const twice = askedAgain(once);
    expect((await change(license, once))[1]).toBe('sent');
    expect((await change(once, twice))[1]).toBe('sent');
    const mails = await mailsTo(email);
    expect(mails).toHaveLength(3);
    expect(new Set(mails.map(({ body }) => body.text)).size).toBe(1);
  });

  it('is sent once for each time, however often the stream tells of it', async () => {
    await rig.deliver(keyMail);
    const again = askedAgain(license);
    const [entry] = await change(license, again);
    expect(await rig.deliver(entry)).toBe('repeated');
    expect(await rig.deliver(keyMail)).toBe('repeated');
    expect(await subjects()).toHaveLength(2);
  });

  it('is not sent once the license has changed and the user was told', async () => {
    await rig.deliver(keyMail);
    const again = askedAgain(license);
    await change(again, ended(license));
    expect(await rig.deliver(planned(license, again))).toBe('superseded');
    expect(await subjects()).toEqual([KEY, NOTICE]);
  });
});

describe('the users of a domain that was deleted', () => {
  beforeEach(async () => {
    license = activeLicense({ email, domainId: randomUUID() });
    keyMail = planned(undefined, license);
    await store(table, license);
  });

  const deleteDomain = async () => {
    const domain = domainRecord({ domainId: license.domainId });
    const domains = new DomainStore(table, RETENTION_DAYS);
    await domains.create(domain, auditEvent('domain.created', domain.domainId));
    await domains.delete(domain, auditEvent('domain.deleted', domain.domainId));
  };

  it('get no mail, whatever the stream still tells, and nothing is written', async () => {
    await deleteDomain();
    expect(await rig.deliver(keyMail)).toBe('domainDeleted');
    const [notice, outcome] = await change(license, ended(license));
    expect(outcome).toBe('domainDeleted');
    expect(await subjects()).toEqual([]);
    for (const entry of [keyMail, notice]) expect(await rig.item(entry)).toBeUndefined();
  });

  it('do not get what waits in the outbox, which forgets it', async () => {
    rig.delayMs = 30 * MINUTE_MS;
    expect(await rig.deliver(keyMail)).toBe('delayed');
    await deleteDomain();
    rig.wait(31 * MINUTE_MS);
    expect(await rig.run()).toEqual(['domainDeleted']);
    expect(await rig.waiting()).toBe(0);
    expect(await subjects()).toEqual([]);
  });
});

it('writes a change without a mail into the history, once', async () => {
  const waits: LicenseRecord = { ...license, status: 'pending', changeId: randomUUID() };
  const entry = planned(undefined, waits);
  expect(await rig.deliver(entry)).toBe('noted');
  expect(await rig.deliver(entry)).toBe('noted');
  expect(await rig.item(entry)).toMatchObject({ kind: 'none', status: 'none', licenseStatus: 'pending' });
});
