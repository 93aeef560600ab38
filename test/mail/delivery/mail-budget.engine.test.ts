import { randomUUID } from 'node:crypto';
import { planEntry } from '../../../shared/mail/content/planned-mail';
import { skipReplacedNotice } from '../../../shared/mail/delivery/before-send';
import { MailBudget } from '../../../shared/mail/delivery/mail-budget';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import { MailBudgetStore } from '../../../shared/store/mail/mail-budget-store';
import { listMailsTo } from '../../support/system/mails';
import { KEY, MINUTE_MS, NOTICE, useDeliveryFixture } from '../../support/mail/delivery-fixture';
import {
  keptLicense,
  reactivatedLicense,
  replacedLicense,
  withResendRequest,
} from '../../support/mail/delivery-harness';
import { activeLicense, endedLicense } from '../../support/mail/license-images';

const AGAIN = 'Your Example Product license is active again';
const REPLACED = 'Your new Example Product license key';

const fixture = useDeliveryFixture();
let license: LicenseRecord;

beforeEach(async () => {
  await fixture.reset({ domainId: randomUUID() });
  limitAddresses();
  license = fixture.license;
});

function limitAddresses(): void {
  const { harness, table } = fixture;
  Object.assign(harness.limits, { minutesPerAddress: 10 });
  Object.assign(harness.delivery, {
    beforeSend: [skipReplacedNotice(new MailBudgetStore(table), new LicenseStore(table))],
  });
}

/** Stores the changed license, and delivers the change. */
async function change(after: LicenseRecord): Promise<string> {
  const [, outcome] = await fixture.deliverChange(license, after);
  license = after;
  return outcome;
}

async function outboxAfter(minutes: number): Promise<string[]> {
  fixture.harness.advance(minutes * MINUTE_MS);
  return fixture.harness.runOutbox();
}

/** Creates a user with the same name and address. */
async function createAgain(): Promise<string> {
  const { domainId, email = '', userName } = license;
  license = activeLicense({ domainId, email, userName });
  await fixture.store(license);
  return fixture.harness.deliver(planEntry(undefined, license)!);
}

const activate = () => fixture.harness.deliver(fixture.keyMail);

describe('an address', () => {
  it('gets one email in ten minutes, and then the last state', async () => {
    expect(await activate()).toBe('sent');
    for (let toggle = 0; toggle < 5; toggle++) {
      expect(await change(endedLicense(license))).toBe('delayed');
      await change(reactivatedLicense(license));
    }
    expect(await change(endedLicense(license))).toBe('delayed');
    expect(await outboxAfter(9.9)).toEqual([]);
    expect(await fixture.subjects()).toEqual([KEY]);
    expect(await outboxAfter(0.1)).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
    expect(await outboxAfter(60)).toEqual([]);
  });

  it('gets the new key at the end of the ten minutes if the license ends with one', async () => {
    await activate();
    await change(endedLicense(license));
    expect(await change(reactivatedLicense(license))).toBe('delayed');
    expect(await outboxAfter(10)).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY, KEY]);
  });

  it('gets nothing more if the license has the key again that it was told of', async () => {
    await activate();
    for (let toggle = 0; toggle < 3; toggle++) {
      expect(await change(endedLicense(license))).toBe('delayed');
      expect(await change(keptLicense(license))).toBe('unneeded');
    }
    expect(await outboxAfter(60)).toEqual([]);
    expect(await fixture.subjects()).toEqual([KEY]);
    expect(await change(endedLicense(license))).toBe('sent');
    expect(await change(keptLicense(license))).toBe('delayed');
    expect(await outboxAfter(10)).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY, NOTICE, AGAIN]);
  });

  it('is told of a key again after a notice, and nothing if it ends before that', async () => {
    await activate();
    fixture.harness.advance(10 * MINUTE_MS);
    expect(await change(endedLicense(license))).toBe('sent');
    expect(await change(keptLicense(license))).toBe('delayed');
    expect(await change(endedLicense(license))).toBe('unneeded');
    expect(await outboxAfter(60)).toEqual([]);
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  });

  it('is told of the key if it is another address, immediately', async () => {
    await activate();
    const email = `new-${randomUUID()}@example.com`;
    expect(await change(endedLicense(license))).toBe('delayed');
    expect(await change({ ...keptLicense(license), email })).toBe('sent');
    expect((await listMailsTo(email)).map(({ subject }) => subject)).toEqual([AGAIN]);
    expect(await outboxAfter(60)).toEqual([]);
  });

  it('gets the last of many replaced keys', async () => {
    await activate();
    for (let at = 0; at < 5; at++) expect(await change(replacedLicense(license))).toBe('delayed');
    expect(await outboxAfter(10)).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY, REPLACED]);
  });

  it('gets one of many resent emails, whoever asked', async () => {
    await activate();
    fixture.harness.advance(10 * MINUTE_MS);
    const outcomes: string[] = [];
    for (let at = 0; at < 5; at++) outcomes.push(await change(withResendRequest(license)));
    expect(outcomes).toEqual(['sent', 'delayed', 'delayed', 'delayed', 'delayed']);
    expect(await fixture.subjects()).toEqual([KEY, KEY]);
  });

  it('gets one email in ten minutes of all licenses, each license in its turn', async () => {
    expect(await activate()).toBe('sent');
    for (let at = 0; at < 2; at++) {
      const other = activeLicense({ domainId: license.domainId, email: fixture.email });
      await fixture.store(other);
      expect(await fixture.harness.deliver(planEntry(undefined, other)!)).toBe('delayed');
    }
    expect((await outboxAfter(10)).sort()).toEqual(['delayed', 'sent']);
    expect(await outboxAfter(9)).toEqual([]);
    expect(await outboxAfter(1)).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY, KEY, KEY]);
  });

  it('gets the last key if its user is deleted and created again and again', async () => {
    await activate();
    for (let at = 0; at < 5; at++) {
      await change(endedLicense(license, 'deleted'));
      expect(await createAgain()).toBe('delayed');
    }
    const outcomes = await outboxAfter(10);
    expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(1);
    expect(await outboxAfter(60)).toEqual([]);
    const mails = await listMailsTo(fixture.email);
    expect(mails.map(({ subject }) => subject)).toEqual([KEY, KEY]);
  });

  it('gets the notice if the user is deleted after all', async () => {
    await activate();
    await change(endedLicense(license, 'deleted'));
    await createAgain();
    expect(await change(endedLicense(license, 'deleted'))).toBe('unneeded');
    expect(await outboxAfter(10)).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  });
});

describe('a sender that dies', () => {
  class SimulatedCrash extends Error {}
  const crash = (): Promise<never> => Promise.reject(new SimulatedCrash());

  it('after it has reserved the address leaves it to the same email', async () => {
    const { harness } = fixture;
    const budget = new MailBudget({
      store: Object.assign(new MailBudgetStore(fixture.table), { claimHour: crash }),
      domains: { current: () => Promise.resolve({ delayMs: 0, isPaused: false }) },
      defaults: { minutesPerAddress: 10, emailsPerHour: 10 },
    });
    await expect(harness.deliver(fixture.keyMail, { budget })).rejects.toBeInstanceOf(SimulatedCrash);
    expect(await activate()).toBe('sent');
    expect(await fixture.subjects()).toEqual([KEY]);
  });

  it('after the send keeps the address for ten minutes', async () => {
    const { mails } = fixture.harness.delivery;
    const died = Object.assign(Object.create(mails) as typeof mails, { mark: crash });
    await expect(fixture.harness.deliver(fixture.keyMail, { mails: died })).rejects.toBeInstanceOf(
      SimulatedCrash,
    );
    expect(await change(reactivatedLicense(endedLicense(license)))).toBe('delayed');
    expect(await fixture.subjects()).toEqual([KEY]);
  });
});

describe('an email that SES does not accept', () => {
  it('uses nothing up if SES refused it', async () => {
    fixture.ses.faults.push('MessageRejected');
    Object.assign(fixture.harness.limits, { emailsPerHour: 1 });
    expect(await activate()).toBe('failed');
    expect(await change(reactivatedLicense(endedLicense(license)))).toBe('sent');
  });
});

describe('a domain', () => {
  const others = async (count: number): Promise<LicenseRecord[]> => {
    const licenses = Array.from({ length: count }, () =>
      activeLicense({ domainId: license.domainId, email: `${randomUUID()}@example.com` }),
    );
    for (const each of licenses) await fixture.store(each);
    return licenses;
  };

  it('sends a number of emails in an hour, and the others later', async () => {
    Object.assign(fixture.harness.limits, { emailsPerHour: 2 });
    const outcomes: string[] = [];
    for (const each of await others(5))
      outcomes.push(await fixture.harness.deliver(planEntry(undefined, each)!));
    expect(outcomes).toEqual(['sent', 'sent', 'delayed', 'delayed', 'delayed']);
    const sent: number[] = [];
    for (let hour = 0; hour < 3; hour++)
      sent.push((await outboxAfter(60)).filter((outcome) => outcome === 'sent').length);
    expect(sent.reduce((sum, count) => sum + count)).toBe(3);
    expect(Math.max(...sent)).toBeLessThanOrEqual(2);
    expect(await fixture.harness.countOutbox()).toBe(0);
  });

  it('sends nothing while it is paused, and the last state once it is resumed', async () => {
    fixture.harness.isPaused = true;
    expect(await activate()).toBe('delayed');
    const [other] = await others(1);
    expect(await fixture.harness.deliver(planEntry(undefined, other)!)).toBe('delayed');
    expect((await outboxAfter(60)).sort()).toEqual(['paused', 'paused']);
    await change(endedLicense(license));
    await change(reactivatedLicense(license));
    expect((await outboxAfter(25 * 60)).sort()).toEqual(['paused', 'paused']);
    expect(await fixture.subjects()).toEqual([]);
    fixture.harness.isPaused = false;
    expect(await outboxAfter(1)).toEqual(['sent', 'sent']);
    expect(await fixture.subjects()).toEqual([KEY]);
    expect(await fixture.harness.countOutbox()).toBe(0);
  });
});
