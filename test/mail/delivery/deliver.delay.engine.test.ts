import { randomUUID } from 'node:crypto';
import { KEY, MINUTE_MS, useDeliveryFixture } from '../../support/mail/delivery-fixture';
import {
  expectPlannedEntry,
  reactivatedLicense,
  withResendRequest,
} from '../../support/mail/delivery-harness';
import { endedLicense } from '../../support/mail/license-images';

const fixture = useDeliveryFixture();

describe('the first email of an activation', () => {
  beforeEach(() => {
    fixture.harness.delayMs = 30 * MINUTE_MS;
  });

  it('waits for the delay of the domain and is sent to the address that the license then has', async () => {
    const changedAt = fixture.harness.now().toISOString();
    expect(
      await fixture.harness.deliver(expectPlannedEntry(undefined, { ...fixture.license, changedAt })),
    ).toBe('delayed');
    expect(await fixture.harness.readItem(fixture.keyMail)).toMatchObject({
      status: 'due',
      dueAt: new Date(Date.parse(changedAt) + fixture.harness.delayMs).toISOString(),
    });
    fixture.email = `mailbox-${randomUUID()}@example.com`;
    await fixture.store({ ...fixture.license, email: fixture.email });
    fixture.harness.advance(29 * MINUTE_MS);
    expect(await fixture.harness.runOutbox()).toEqual([]);
    fixture.harness.advance(MINUTE_MS);
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY]);
    expect(await fixture.harness.readItem(fixture.keyMail)).toMatchObject({
      status: 'sent',
      to: fixture.email,
    });
  });

  it('is sent immediately if the delay has passed when the stream delivers the change', async () => {
    const changedAt = new Date(fixture.harness.now().getTime() - fixture.harness.delayMs).toISOString();
    expect(
      await fixture.harness.deliver(expectPlannedEntry(undefined, { ...fixture.license, changedAt })),
    ).toBe('sent');
  });

  it('is superseded if the license ends during the delay, and the user gets no notice', async () => {
    await fixture.harness.deliver(fixture.keyMail);
    const [notice, outcome] = await fixture.deliverChange(fixture.license, endedLicense(fixture.license));
    expect(outcome).toBe('unneeded');
    expect(await fixture.harness.readItem(fixture.keyMail)).toMatchObject({ status: 'superseded' });
    expect(await fixture.harness.readItem(notice)).toMatchObject({
      kind: 'none',
      status: 'none',
      licenseStatus: 'inactive',
    });
    expect(await fixture.harness.countOutbox()).toBe(0);
    expect(await fixture.harness.deliver(notice)).toBe('unneeded');
    fixture.harness.advance(60 * MINUTE_MS);
    expect(await fixture.harness.runOutbox()).toEqual([]);
    expect(await fixture.subjects()).toEqual([]);
  });

  it('waits again if the license ends and is activated again during the delay', async () => {
    await fixture.harness.deliver(fixture.keyMail);
    const end = endedLicense(fixture.license);
    await fixture.deliverChange(fixture.license, end);
    const [entry, outcome] = await fixture.deliverChange(end, reactivatedLicense(end));
    expect(outcome).toBe('delayed');
    fixture.harness.advance(30 * MINUTE_MS);
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY]);
    expect(await fixture.harness.readItem(entry)).toMatchObject({ status: 'sent' });
  });

  it('is sent once, immediately, if a resend is requested during the delay', async () => {
    await fixture.harness.deliver(fixture.keyMail);
    const resent = withResendRequest(fixture.license);
    expect((await fixture.deliverChange(fixture.license, resent))[1]).toBe('sent');
    fixture.harness.advance(60 * MINUTE_MS);
    expect(await fixture.harness.runOutbox()).toEqual([]);
    expect(await fixture.subjects()).toEqual([KEY]);
    // The user knows the key now, so the notice of its end is sent.
    expect((await fixture.deliverChange(resent, endedLicense(fixture.license)))[1]).toBe('sent');
  });
});
