import { randomUUID } from 'node:crypto';
import { planEntry } from '../../../shared/mail/content/planned-mail';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import type { MailStore } from '../../../shared/store/mail/mail-store';
import { listMailsTo } from '../../support/system/mails';
import { KEY, MINUTE_MS, useDeliveryFixture } from '../../support/mail/delivery-fixture';
import { expectPlannedEntry, withResendRequest } from '../../support/mail/delivery-harness';

const fixture = useDeliveryFixture();

const subjectsOf = async (address: string) => (await listMailsTo(address)).map(({ subject }) => subject);

/** Returns the license as it is stored, and with another address. */
async function states(): Promise<[LicenseRecord, LicenseRecord & { readonly email: string }]> {
  const { domainId, userId } = fixture.license;
  const license = await new LicenseStore(fixture.table).read(domainId, userId);
  if (!license) throw new Error('The test expects a license.');
  return [license, { ...license, email: `corrected-${randomUUID()}@example.com` }];
}

async function givenRefusal(): Promise<void> {
  fixture.ses.faults.push('InvalidParameterValue');
  expect(await fixture.harness.deliver(fixture.keyMail)).toBe('failed');
}

describe('a key whose address SES refused', () => {
  it('is sent once when the address is corrected', async () => {
    await givenRefusal();
    expect(await fixture.harness.readItem(fixture.keyMail)).toMatchObject({ status: 'failed', attempts: 0 });
    const [before, after] = await states();
    const [corrected, outcome] = await fixture.deliverChange(before, after);
    expect(outcome).toBe('sent');
    expect(await fixture.harness.deliver(corrected)).toBe('repeated');
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('repeated');
    expect(await subjectsOf(after.email)).toEqual([KEY]);
    expect(await fixture.subjects()).toEqual([]);
    const item = await fixture.harness.readItem(fixture.keyMail);
    expect(item).toMatchObject({ status: 'sent', to: after.email, attempts: 1 });
    expect(item?.error).toBeUndefined();
    expect((await states())[0].mailRefusal).toBeUndefined();
  });

  it('has a new day of attempts for the corrected address', async () => {
    await givenRefusal();
    fixture.harness.advance(3 * 24 * 60 * MINUTE_MS);
    const [before, after] = await states();
    fixture.ses.faults.push('unavailable', 'unavailable');
    expect((await fixture.deliverChange(before, after))[1]).toBe('delayed');
    fixture.harness.advance(MINUTE_MS);
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await subjectsOf(after.email)).toEqual([KEY]);
  });

  it('waits in the outbox if the emails of the domain are paused', async () => {
    await givenRefusal();
    fixture.harness.isPaused = true;
    const [before, after] = await states();
    expect((await fixture.deliverChange(before, after))[1]).toBe('delayed');
    fixture.harness.isPaused = false;
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await subjectsOf(after.email)).toEqual([KEY]);
  });

  it('is sent once SES accepts an address, also after the license had none', async () => {
    await givenRefusal();
    fixture.ses.faults.push('InvalidParameterValue');
    const [again, outcome] = await fixture.deliverChange(...(await states()));
    expect(outcome).toBe('failed');
    expect(await fixture.harness.deliver(again)).toBe('repeated');
    const [before, after] = await states();
    const { email: _, ...without } = before;
    expect(planEntry(before, without)).toBeUndefined();
    expect((await fixture.deliverChange(without, after))[1]).toBe('sent');
    expect(await subjectsOf(after.email)).toEqual([KEY]);
  });

  it('is not sent to a corrected address if it was sent to the refused one meanwhile', async () => {
    await givenRefusal();
    const [before] = await states();
    const requested = withResendRequest(before);
    expect((await fixture.deliverChange(before, requested))[1]).toBe('sent');
    const after = { ...requested, email: `corrected-${randomUUID()}@example.com` };
    expect((await fixture.deliverChange(requested, after))[1]).toBe('repeated');
    expect(await subjectsOf(after.email)).toEqual([]);
  });

  it('is sent to the corrected address if the correction comes before the refusal', async () => {
    const [, after] = await states();
    fixture.ses.faults.push('InvalidParameterValue');
    await fixture.store(after);
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('delayed');
    expect(fixture.harness.undeliverable).toEqual([]);
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await subjectsOf(after.email)).toEqual([KEY]);
    expect(await fixture.harness.countOutbox()).toBe(0);
  });

  /** Delivers the key at once. */
  const atOnce = (mails: MailStore) => fixture.harness.deliver(fixture.keyMail, { mails });
  /** Delivers the key from the outbox, where it has waited. */
  async function fromOutbox(mails: MailStore): Promise<void> {
    fixture.harness.isPaused = true;
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('delayed');
    fixture.harness.isPaused = false;
    expect(await fixture.harness.runOutbox({ mails })).toEqual(['failed']);
  }

  it.each([
    ['at once', atOnce],
    ['from the outbox', fromOutbox],
  ])(
    'is sent if the address is corrected before a delivery %s has stored the refusal in the email',
    async (_, deliverKey) => {
      fixture.ses.faults.push('InvalidParameterValue');
      const { mails } = fixture.harness.delivery;
      const outcomes: string[] = [];
      let address = '';
      const late = Object.assign(Object.create(mails) as typeof mails, {
        mark: async (...result: Parameters<typeof mails.mark>) => {
          const [before, after] = await states();
          address = after.email;
          await fixture.store(after);
          // The delivery of the correction finds the claim, and waits. The result comes meanwhile.
          const sleep = () => mails.mark(...result);
          outcomes.push(await fixture.harness.deliver(expectPlannedEntry(before, after), { sleep }));
        },
      });
      await deliverKey(late);
      expect(outcomes).toEqual(['sent']);
      expect(await subjectsOf(address)).toEqual([KEY]);
    },
  );
});
