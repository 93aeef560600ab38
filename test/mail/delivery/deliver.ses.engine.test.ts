import { metricOf } from '../../../shared/mail/delivery/delivery';
import { RETRY_WINDOW_MS } from '../../../shared/mail/delivery/retry-delay';
import { KEY, MINUTE_MS, useDeliveryFixture } from '../../support/mail/delivery-fixture';
import { expectPlannedEntry } from '../../support/mail/delivery-harness';
import { activeLicense, endedLicense } from '../../support/mail/license-images';
import type { SesFault } from '../../support/mail/ses-proxy';

const fixture = useDeliveryFixture();

describe('a failure of SES', () => {
  class TimeoutError extends Error {
    override readonly name = 'TimeoutError';
  }
  const failTwice = (fault: SesFault) => () => void fixture.ses.faults.push(fault, fault);
  const timingOut = { send: () => Promise.reject(new TimeoutError('No response in time.')) };

  it.each<[string, () => void, object, RegExp]>([
    ['throttling', failTwice('Throttling'), {}, /^Throttling: /],
    ['a 5xx response', failTwice('unavailable'), {}, /^\w+: /],
    ['a timeout', () => {}, timingOut, /^TimeoutError: /],
  ])('(%s) postpones the email, and the outbox sends it', async (_, fail, parts, error) => {
    fail();
    expect(await fixture.harness.deliver(fixture.keyMail, parts)).toBe('delayed');
    expect(await fixture.harness.readItem(fixture.keyMail)).toMatchObject({
      status: 'due',
      attempts: 1,
      error: expect.stringMatching(error) as string,
    });
    expect(await fixture.subjects()).toEqual([]);
    expect(await fixture.harness.runOutbox()).toEqual([]);
    fixture.harness.advance(MINUTE_MS);
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY]);
    const item = await fixture.harness.readItem(fixture.keyMail);
    expect(item).toMatchObject({ status: 'sent', attempts: 2 });
    expect(item?.error).toBeUndefined();
    expect(fixture.harness.reportedFailures).toEqual([]);
  });

  it('postpones the emails of the next seconds without calling SES, after two failures', async () => {
    fixture.ses.faults.push('unavailable', 'unavailable', 'unavailable', 'unavailable');
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('delayed');
    const others = [activeLicense({ email: fixture.email }), activeLicense({ email: fixture.email })];
    for (const other of others) {
      await fixture.store(other);
      expect(await fixture.harness.deliver(expectPlannedEntry(undefined, other))).toBe('delayed');
    }
    expect(fixture.ses.faults).toEqual([]);
    fixture.harness.advance(MINUTE_MS);
    expect(await fixture.harness.runOutbox()).toEqual(['sent', 'sent', 'sent']);
    expect(await fixture.subjects()).toHaveLength(3);
  });

  it('tries an email again within seconds if only the rate of SES was reached, and sends others meanwhile', async () => {
    fixture.ses.faults.push(...Array.from({ length: 4 }, () => 'Throttling' as const));
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('delayed');
    const other = activeLicense({ email: fixture.email });
    await fixture.store(other);
    expect(await fixture.harness.deliver(expectPlannedEntry(undefined, other))).toBe('delayed');
    const third = activeLicense({ email: fixture.email });
    await fixture.store(third);
    expect(await fixture.harness.deliver(expectPlannedEntry(undefined, third))).toBe('sent');
    fixture.harness.advance(1_000);
    expect(await fixture.harness.runOutbox()).toEqual(['sent', 'sent']);
  });

  it('keeps an email that SES accepts only after an operator acts, for as long as that takes', async () => {
    fixture.ses.faults.push('AccessDenied');
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('delayed');
    for (const fault of ['AccountSendingPausedException', 'ConfigurationSetDoesNotExist'] as const) {
      fixture.harness.advance(2 * RETRY_WINDOW_MS);
      fixture.ses.faults.push(fault);
      expect(await fixture.harness.runOutbox()).toEqual(['delayed']);
      const item = await fixture.harness.readItem(fixture.keyMail);
      expect(item).toMatchObject({ status: 'due', attempts: 0 });
      expect(item?.error).toMatch(new RegExp(`^${fault}`));
    }
    expect(fixture.harness.reportedFailures).toEqual([]);

    // The first failure of another kind begins the day of retries.
    fixture.harness.advance(MINUTE_MS);
    fixture.ses.faults.push('unavailable', 'unavailable');
    expect(await fixture.harness.runOutbox()).toEqual(['delayed']);
    fixture.harness.advance(MINUTE_MS);
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY]);
  });

  it('causes no notice if SES accepted no email since the activation', async () => {
    fixture.ses.faults.push('AccountSendingPausedException');
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('delayed');
    const [, outcome] = await fixture.deliverChange(fixture.license, endedLicense(fixture.license));
    expect(outcome).toBe('unneeded');
    fixture.harness.advance(MINUTE_MS);
    await fixture.harness.runOutbox();
    expect(await fixture.subjects()).toEqual([]);
  });

  it('counts an email that waits for an operator apart from delays', () => {
    const delayed = { outcome: 'delayed', dueAt: '', error: 'x' } as const;
    expect(metricOf(delayed)).toBe('MailDelayed');
    expect(metricOf({ ...delayed, block: 'account' })).toBe('MailBlocked');
  });

  it('ends an email that SES rejects, and reports it to the operator, who can fix the cause', async () => {
    fixture.ses.faults.push('MessageRejected');
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('failed');
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('repeated');
    expect(await fixture.subjects()).toEqual([]);
    expect(await fixture.harness.readItem(fixture.keyMail)).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('not verified') as string,
    });
    expect(fixture.harness.reportedFailures).toEqual([
      { ...fixture.keyMail.ref, error: expect.stringContaining('MessageRejected') as string },
    ]);
  });

  it('causes no notice if SES rejected the key, because nobody received it', async () => {
    fixture.ses.faults.push('MessageRejected');
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('failed');
    const [, outcome] = await fixture.deliverChange(fixture.license, endedLicense(fixture.license));
    expect(outcome).toBe('unneeded');
    expect(await fixture.subjects()).toEqual([]);
  });

  it.each([
    ['an invalid address, without calling SES', 'jane@example.com\r\nBcc: all@example.com', [], 'noAddress'],
    ['an address that SES finds invalid', 'jane@example.com', ['InvalidParameterValue'] as const, 'failed'],
  ])(
    '(%s) ends the email, and is reported to the domain, not to the operator',
    async (_, address, faults, outcome) => {
      fixture.ses.faults.push(...faults);
      const license = { ...fixture.license, email: address };
      await fixture.store(license);
      const undeliverable = expectPlannedEntry(undefined, license);
      expect(await fixture.harness.deliver(undeliverable)).toBe(outcome);
      const status = outcome === 'failed' ? 'failed' : 'no-address';
      expect(await fixture.harness.readItem(undeliverable)).toMatchObject({ status });
      expect(fixture.harness.reportedFailures).toEqual([]);
      expect(fixture.harness.undeliverable).toEqual([
        { ...undeliverable.ref, email: address, error: expect.any(String) as string },
      ]);
    },
  );
});
