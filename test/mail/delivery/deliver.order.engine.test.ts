import { setTimeout as sleep } from 'node:timers/promises';
import { listMailsTo } from '../../support/system/mails';
import { KEY, MINUTE_MS, NOTICE, useDeliveryFixture } from '../../support/mail/delivery-fixture';
import {
  expectPlannedEntry,
  reactivatedLicense,
  withResendRequest,
} from '../../support/mail/delivery-harness';
import { endedLicense } from '../../support/mail/license-images';

const fixture = useDeliveryFixture();

describe('a late email', () => {
  it('is still sent before the email of the next change', async () => {
    const end = endedLicense(fixture.license);
    await fixture.store(end);
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('sent');
    expect(await fixture.harness.deliver(expectPlannedEntry(fixture.license, end))).toBe('sent');
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  });

  it('is not sent after it', async () => {
    const [, outcome] = await fixture.deliverChange(fixture.license, endedLicense(fixture.license));
    expect(outcome).toBe('sent');
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('superseded');
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('repeated');
    expect(await fixture.subjects()).toEqual([NOTICE]);
  });

  it('is not sent if it is a notice and the key of a reactivation was sent', async () => {
    const end = endedLicense(fixture.license);
    await fixture.deliverChange(end, reactivatedLicense(end));
    expect(await fixture.harness.deliver(expectPlannedEntry(fixture.license, end))).toBe('superseded');
  });
});

describe('a notice', () => {
  it('is sent after a key that SES failed to accept, because the key may have been sent', async () => {
    fixture.ses.faults.push('Throttling', 'Throttling');
    await fixture.harness.deliver(fixture.keyMail);
    fixture.harness.advance(MINUTE_MS);
    expect((await fixture.deliverChange(fixture.license, endedLicense(fixture.license)))[1]).toBe('sent');
    expect(await fixture.harness.readItem(fixture.keyMail)).toMatchObject({
      status: 'superseded',
      attempts: 1,
    });
    expect(await fixture.harness.runOutbox()).toEqual([]);
    expect(await fixture.subjects()).toEqual([NOTICE]);
  });

  it('waits for a key that is being sent, and is sent after it', async () => {
    fixture.harness.delayMs = MINUTE_MS;
    await fixture.harness.deliver(fixture.keyMail);
    fixture.harness.advance(MINUTE_MS);
    let finishSend = (): void => {};
    const slowSend = {
      send: async (...mail: Parameters<typeof fixture.harness.delivery.send>) => {
        await new Promise<void>((resolve) => (finishSend = resolve));
        return fixture.harness.delivery.send(...mail);
      },
    };
    const running = fixture.harness.runOutbox(slowSend);
    while ((await fixture.harness.readItem(fixture.keyMail))?.status !== 'claimed') await sleep(5);
    const end = endedLicense(fixture.license);
    await fixture.store(end);
    const finishWhileWaiting = { sleep: async () => (finishSend(), void (await running)) };
    expect(await fixture.harness.deliver(expectPlannedEntry(fixture.license, end), finishWhileWaiting)).toBe(
      'sent',
    );
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  });

  it('is not lost if the activation is delivered again after it', async () => {
    await fixture.harness.deliver(fixture.keyMail);
    fixture.ses.faults.push('Throttling', 'Throttling');
    const end = endedLicense(fixture.license);
    expect((await fixture.deliverChange(fixture.license, end))[1]).toBe('delayed');
    // The user was deleted in the meantime; the stream has not delivered this change yet.
    await fixture.store(endedLicense(end, 'deleted'));
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('repeated');
    fixture.harness.advance(MINUTE_MS);
    await fixture.harness.runOutbox();
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  });

  it('is sent if the emails of the activation are unknown', async () => {
    expect((await fixture.deliverChange(fixture.license, endedLicense(fixture.license)))[1]).toBe('sent');
  });
});

describe('a resend request', () => {
  it('sends one more email with the same key each time', async () => {
    await fixture.harness.deliver(fixture.keyMail);
    const once = withResendRequest(fixture.license);
    const twice = withResendRequest(once);
    expect((await fixture.deliverChange(fixture.license, once))[1]).toBe('sent');
    expect((await fixture.deliverChange(once, twice))[1]).toBe('sent');
    const mails = await listMailsTo(fixture.email);
    expect(mails).toHaveLength(3);
    expect(new Set(mails.map(({ body }) => body.text)).size).toBe(1);
  });

  it('sends one email, however often the stream delivers it', async () => {
    await fixture.harness.deliver(fixture.keyMail);
    const resent = withResendRequest(fixture.license);
    const [entry] = await fixture.deliverChange(fixture.license, resent);
    expect(await fixture.harness.deliver(entry)).toBe('repeated');
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('repeated');
    expect(await fixture.subjects()).toHaveLength(2);
  });

  it('sends nothing if the license has changed and the user was notified', async () => {
    await fixture.harness.deliver(fixture.keyMail);
    const resent = withResendRequest(fixture.license);
    await fixture.deliverChange(resent, endedLicense(fixture.license));
    expect(await fixture.harness.deliver(expectPlannedEntry(fixture.license, resent))).toBe('superseded');
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  });
});
