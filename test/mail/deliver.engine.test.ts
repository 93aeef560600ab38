import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { deriveLicenseKey } from '../../shared/license-key';
import { CLAIM_LEASE_MS, deliver, type Delivery } from '../../shared/mail/deliver';
import { plannedMail, type PlannedMail } from '../../shared/mail/planned-mail';
import { renderMail } from '../../shared/mail/render';
import { LONGEST_SEND_MS, sesSender } from '../../shared/mail/ses-sender';
import type { LicenseRecord } from '../../shared/store/license-record';
import { MailStore } from '../../shared/store/mail-store';
import type { Table } from '../../shared/store/table';
import { mailsTo } from '../integration/system';
import { builtInTemplates } from './built-in-templates';
import { activeLicense, ended, store } from './license-images';
import { newTable, useFailingSes } from './mail-rig';
import type { SesFront } from './ses-front';

const settings = {
  sender: 'licenses@example.com',
  productName: 'Example Product',
  colour: '#0b5cab',
  supportAddress: 'support@example.com',
  language: 'en',
  configurationSet: 'license-mail',
};

let table: Table;
let ses: SesFront;
let delivery: Delivery;
/** Milliseconds that this test has slept in place of waiting for a lease. */
let slept: number;
let email: string;
let license: LicenseRecord;
let keyMail: PlannedMail;

beforeAll(async () => {
  table = await newTable();
  ses = await useFailingSes();
});

afterAll(() => ses.close());

beforeEach(async () => {
  ses.faults.length = 0;
  slept = 0;
  delivery = {
    mails: new MailStore(table, CLAIM_LEASE_MS),
    send: sesSender(settings),
    render: (mail) =>
      mail.kind === 'license-key'
        ? renderMail(
            { kind: mail.kind, key: deriveLicenseKey('secret', { ...mail.change, ...mail }) },
            mail.holder,
            settings,
            builtInTemplates,
          )
        : renderMail(mail, mail.holder, settings, builtInTemplates),
    now: () => new Date(Date.now() + slept),
    sleep: (ms) => {
      slept += ms;
      return Promise.resolve();
    },
  };
  email = `jane-${randomUUID()}@example.com`;
  license = activeLicense({ email });
  keyMail = planned(undefined, license);
  await store(table, license);
});

function planned(before: LicenseRecord | undefined, after: LicenseRecord): PlannedMail {
  const mail = plannedMail(before, after);
  if (!mail) throw new Error('The test expects a mail.');
  return mail;
}

const subjects = async (): Promise<string[]> => (await mailsTo(email)).map(({ subject }) => subject);
const outcomes = async (...deliveries: ReturnType<typeof deliver>[]): Promise<string[]> =>
  (await Promise.all(deliveries)).map(({ outcome }) => outcome).toSorted();

/** A process that ends where `at` is called: nothing after it happens. */
class Death extends Error {}
const die = (): Promise<never> => Promise.reject(new Death());

it('holds a claim longer than a send can take', () => {
  expect(CLAIM_LEASE_MS).toBeGreaterThan(LONGEST_SEND_MS);
});

describe('a change that is delivered again', () => {
  it('makes one mail, one after the other', async () => {
    expect(await outcomes(deliver(keyMail, delivery))).toEqual(['sent']);
    expect(await outcomes(deliver(keyMail, delivery))).toEqual(['repeated']);
    expect(await outcomes(deliver(keyMail, delivery))).toEqual(['repeated']);
    expect(await subjects()).toEqual(['Your Example Product license key']);
  });

  it('makes one mail, all at once', async () => {
    const waiting = { ...delivery, now: () => new Date(), sleep: () => sleep(50) };
    const all = Array.from({ length: 8 }, () => deliver(keyMail, waiting));
    expect(await outcomes(...all)).toEqual([...Array<string>(7).fill('repeated'), 'sent']);
    expect(await subjects()).toHaveLength(1);
  });
});

describe('a process that dies', () => {
  it('after the claim leaves the mail to the next delivery, which waits until the claim has run out', async () => {
    await expect(deliver(keyMail, { ...delivery, send: die })).rejects.toBeInstanceOf(Death);
    expect(await outcomes(deliver(keyMail, delivery))).toEqual(['sent']);
    expect(slept).toBeGreaterThanOrEqual(CLAIM_LEASE_MS - 1_000);
    expect(slept).toBeLessThan(CLAIM_LEASE_MS + 1_000);
    expect(await subjects()).toHaveLength(1);
  });

  it('after the send makes the next delivery send a second mail, with the same key', async () => {
    const { mails } = delivery;
    const mortal: Delivery = {
      ...delivery,
      mails: { claim: mails.claim.bind(mails), isSuperseded: mails.isSuperseded.bind(mails), mark: die },
    };
    await expect(deliver(keyMail, mortal)).rejects.toBeInstanceOf(Death);
    expect(await outcomes(deliver(keyMail, delivery))).toEqual(['sent']);
    expect(await outcomes(deliver(keyMail, delivery))).toEqual(['repeated']);
    const sent = await mailsTo(email);
    expect(sent).toHaveLength(2);
    expect(sent[0]?.body).toEqual(sent[1]?.body);
  });
});

describe('SES', () => {
  it('that throttles makes the delivery fail, and the next one sends', async () => {
    ses.faults.push('Throttling', 'Throttling');
    await expect(deliver(keyMail, delivery)).rejects.toMatchObject({ name: 'Throttling' });
    expect(await outcomes(deliver(keyMail, delivery))).toEqual(['sent']);
    expect(await subjects()).toHaveLength(1);
  });

  it('that is down makes the delivery fail, and the next one sends', async () => {
    ses.faults.push('unavailable', 'unavailable');
    await expect(deliver(keyMail, delivery)).rejects.toThrow();
    expect(await outcomes(deliver(keyMail, delivery))).toEqual(['sent']);
  });

  it('that rejects the mail ends it', async () => {
    ses.faults.push('MessageRejected');
    expect(await outcomes(deliver(keyMail, delivery))).toEqual(['failed']);
    expect(await outcomes(deliver(keyMail, delivery))).toEqual(['repeated']);
    expect(await subjects()).toEqual([]);
  });

  it('is not asked for an address that cannot be', async () => {
    const nowhere = planned(undefined, { ...license, email: 'jane@example.com\r\nBcc: all@example.com' });
    expect(await outcomes(deliver(nowhere, delivery))).toEqual(['failed']);
  });
});

describe('a mail that comes late', () => {
  it('still goes out before the mail of the next change', async () => {
    const end = ended(license);
    await store(table, end);
    expect(await outcomes(deliver(keyMail, delivery))).toEqual(['sent']);
    expect(await outcomes(deliver(planned(license, end), delivery))).toEqual(['sent']);
    expect(await subjects()).toEqual([
      'Your Example Product license key',
      'Your Example Product license was deactivated',
    ]);
  });

  it('does not go out after it', async () => {
    const end = ended(license);
    await store(table, end);
    expect(await outcomes(deliver(planned(license, end), delivery))).toEqual(['sent']);
    expect(await outcomes(deliver(keyMail, delivery))).toEqual(['superseded']);
    expect(await outcomes(deliver(keyMail, delivery))).toEqual(['repeated']);
    expect(await subjects()).toEqual(['Your Example Product license was deactivated']);
  });

  it('is not a notice after the key of a reactivation', async () => {
    const end = ended(license);
    const again = { ...license, changeId: randomUUID(), activationId: randomUUID() };
    await store(table, again);
    expect(await outcomes(deliver(planned(end, again), delivery))).toEqual(['sent']);
    expect(await outcomes(deliver(planned(license, end), delivery))).toEqual(['superseded']);
  });
});
