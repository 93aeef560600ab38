import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CLAIM_LEASE_MS } from '../../../shared/mail/delivery/delivery';
import type { PlannedEntry } from '../../../shared/mail/content/planned-mail';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import type { Table } from '../../../shared/store/table/table';
import { mailsTo } from '../../support/system/system';
import { DeliveryRig, planned, reactivated } from '../../support/mail/delivery-harness';
import { activeLicense, ended, store } from '../../support/mail/license-images';
import { newTable, useFailingSes } from '../../support/mail/mail-environment';
import type { SesFront } from '../../support/mail/ses-proxy';

const MINUTE_MS = 60_000;

let table: Table;
let ses: SesFront;
let rig: DeliveryRig;
let license: LicenseRecord;
let keyMail: PlannedEntry;

beforeAll(async () => {
  ses = await useFailingSes();
});
afterAll(() => ses.close());

beforeEach(async () => {
  ses.faults.length = 0;
  table = await newTable();
  rig = new DeliveryRig(table);
  license = activeLicense({ email: `jane-${randomUUID()}@example.com` });
  keyMail = planned(undefined, license);
  await store(table, license);
  rig.delayMs = MINUTE_MS;
  await rig.deliver(keyMail);
  rig.wait(MINUTE_MS);
});

const subjects = async () => (await mailsTo(license.email)).map(({ subject }) => subject);
const KEY = 'Your Example Product license key';

/** A process that ends where this is called: nothing after it happens. */
const die = (): Promise<never> => Promise.reject(new Error('The process died.'));

it('sends one mail where runs overlap, and leaves nothing behind', async () => {
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => rig.run()));
  expect(outcomes.flat().filter((outcome) => outcome === 'sent')).toHaveLength(1);
  expect(await subjects()).toEqual([KEY]);
  await rig.run();
  expect(await rig.waiting()).toBe(0);
  expect(await subjects()).toHaveLength(1);
});

it('leaves a mail alone that another run is sending', async () => {
  let letGo = (): void => {};
  const first = rig.run({
    send: async (...mail) => {
      await new Promise<void>((resolve) => (letGo = resolve));
      return rig.delivery.send(...mail);
    },
  });
  while ((await rig.item(keyMail))?.status !== 'claimed') await sleep(5);
  expect(await rig.run()).toEqual(['held']);
  letGo();
  expect(await first).toEqual(['sent']);
  expect(await subjects()).toEqual([KEY]);
});

describe('a run that dies', () => {
  it('before the send leaves the mail to a run after the claim has run out', async () => {
    await expect(rig.run({ beforeSend: [die] })).rejects.toThrow('died');
    expect(await rig.run()).toEqual(['held']);
    rig.wait(CLAIM_LEASE_MS);
    expect(await rig.run()).toEqual(['sent']);
    expect(await subjects()).toEqual([KEY]);
  });

  it('after the send has a second mail sent, with the same key', async () => {
    const { mails } = rig.delivery;
    const mark = mails.mark.bind(mails);
    mails.mark = die;
    await expect(rig.run()).rejects.toThrow('died');
    mails.mark = mark;
    rig.wait(CLAIM_LEASE_MS);
    expect(await rig.run()).toEqual(['sent']);
    const [first, second, ...others] = await mailsTo(license.email);
    expect(first?.body).toEqual(second?.body);
    expect(others).toEqual([]);
  });

  it('after the mark has the next run tidy up, and no more', async () => {
    const { outbox } = rig.delivery;
    const remove = outbox.remove.bind(outbox);
    outbox.remove = die;
    await expect(rig.run()).rejects.toThrow('died');
    outbox.remove = remove;
    expect(await rig.run()).toEqual(['repeated']);
    expect(await rig.waiting()).toBe(0);
    expect(await subjects()).toHaveLength(1);
  });
});

describe('SES', () => {
  it('that fails again puts the mail off for longer and longer', async () => {
    const dueIn: number[] = [];
    const down = { send: () => Promise.reject(new Error('down')) };
    for (let tries = 0; tries < 4; tries++) {
      expect(await rig.run(down)).toEqual(['delayed']);
      const { dueAt = '' } = (await rig.item(keyMail)) ?? {};
      const pause = Date.parse(dueAt) - rig.now().getTime();
      dueIn.push(Math.ceil(pause / 30_000));
      rig.wait(pause);
    }
    expect(dueIn).toEqual([1, 1, 2, 4]);
    expect(await rig.item(keyMail)).toMatchObject({ status: 'due', attempts: 4, error: 'Error: down' });
    expect(await rig.waiting()).toBe(1);
  });

  it('that rejects the mail ends it', async () => {
    ses.faults.push('MessageRejected');
    expect(await rig.run()).toEqual(['failed']);
    expect(rig.told).toHaveLength(1);
    expect(await rig.waiting()).toBe(0);
  });
});

describe('a license that changed meanwhile', () => {
  it.each<[string, (before: LicenseRecord) => LicenseRecord]>([
    ['ended', (before) => ended(before)],
    ['was activated anew', (before) => reactivated(ended(before))],
  ])('(%s) makes the mail superseded, before the stream tells of it', async (_, change) => {
    await store(table, change(license));
    expect(await rig.run()).toEqual(['superseded']);
    expect(await rig.item(keyMail)).toMatchObject({ status: 'superseded' });
    expect(await rig.waiting()).toBe(0);
    expect(await subjects()).toEqual([]);
  });

  it('is not told of its end either, when the stream tells of that', async () => {
    const end = ended(license);
    await store(table, end);
    await rig.run();
    expect(await rig.deliver(planned(license, end))).toBe('unneeded');
    expect(await subjects()).toEqual([]);
  });
});
