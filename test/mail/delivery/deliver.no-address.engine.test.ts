import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { KEY, MINUTE_MS, NOTICE, useDeliveryFixture } from '../../support/mail/delivery-fixture';
import { expectPlannedEntry } from '../../support/mail/delivery-harness';
import { endedLicense } from '../../support/mail/license-images';

const fixture = useDeliveryFixture();

/** The license without an address, and with one. */
const states = (): [LicenseRecord, LicenseRecord] => {
  const { email: _, ...without } = fixture.license;
  return [without, fixture.license];
};

describe('a license without an address', () => {
  it('has the status no-address, and its key is sent once when an address arrives', async () => {
    const [without, license] = states();
    await fixture.store(without);
    const activation = expectPlannedEntry(undefined, without);
    expect(await fixture.harness.deliver(activation)).toBe('noAddress');
    expect(await fixture.harness.deliver(activation)).toBe('noAddress');
    expect(await fixture.harness.readItem(activation)).toMatchObject({
      kind: 'license-key',
      status: 'no-address',
      licenseStatus: 'active',
    });
    const [arrival, outcome] = await fixture.deliverChange(without, license);
    expect(outcome).toBe('sent');
    expect(await fixture.harness.deliver(activation)).toBe('noAddress');
    expect(await fixture.harness.deliver(arrival)).toBe('repeated');
    expect(await fixture.subjects()).toEqual([KEY]);
    expect(await fixture.harness.readItem(activation)).toMatchObject({ status: 'sent', to: fixture.email });
  });

  it('does not get a key again that was emailed before', async () => {
    const [without, license] = states();
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('sent');
    await fixture.store(without);
    expect((await fixture.deliverChange(without, license))[1]).toBe('repeated');
    expect(await fixture.subjects()).toEqual([KEY]);
  });

  it('gets no notice if the key was never sent', async () => {
    const [without] = states();
    await fixture.harness.deliver(expectPlannedEntry(undefined, without));
    expect((await fixture.deliverChange(without, endedLicense(without)))[1]).toBe('unneeded');
  });

  it('has no address for the notice of a key that was sent', async () => {
    const [without, license] = states();
    await fixture.harness.deliver(fixture.keyMail);
    const [notice, outcome] = await fixture.deliverChange(without, endedLicense(without));
    expect(outcome).toBe('noAddress');
    expect(await fixture.harness.readItem(notice)).toMatchObject({ status: 'no-address' });
    const reactivated = { ...license, changeId: 'change-9', activationId: 'change-9' };
    expect((await fixture.deliverChange(endedLicense(without), reactivated))[1]).toBe('sent');
    expect(await fixture.subjects()).toEqual([KEY, KEY]);
    expect(await fixture.subjects()).not.toContain(NOTICE);
  });

  it('loses a key that waits in the outbox, until an address arrives', async () => {
    const [without, license] = states();
    fixture.harness.delayMs = MINUTE_MS;
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('delayed');
    await fixture.store(without);
    fixture.harness.advance(MINUTE_MS);
    expect(await fixture.harness.runOutbox()).toEqual(['noAddress']);
    expect(await fixture.harness.countOutbox()).toBe(0);
    fixture.harness.delayMs = 60 * MINUTE_MS;
    expect((await fixture.deliverChange(without, license))[1]).toBe('delayed');
    fixture.harness.advance(60 * MINUTE_MS);
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY]);
  });
});
