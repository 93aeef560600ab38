import { takeCapacity } from '../../../shared/logging/consumed-capacity';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { newId } from '../../../shared/id';
import { KEY, MINUTE_MS, NOTICE, useDeliveryFixture } from '../../support/mail/delivery-fixture';
import { keptLicense, reactivatedLicense } from '../../support/mail/delivery-harness';
import { endedLicense } from '../../support/mail/license-images';

const fixture = useDeliveryFixture();

/** Stores the changed license and delivers the change. Returns the read units of the delivery. */
async function readUnitsOf(before: LicenseRecord, after: LicenseRecord): Promise<number> {
  takeCapacity();
  await fixture.deliverChange(before, after);
  return takeCapacity().read;
}

const wait = (license: LicenseRecord): LicenseRecord => ({
  ...license,
  status: 'pending',
  changeId: newId(),
});

describe('a change of a license costs the same after many changes', () => {
  /**
   * Lets the license end and become active again. Returns the read units of both changes, and the active
   * license.
   */
  async function flip(
    active: LicenseRecord,
    reactivate: (ended: LicenseRecord) => LicenseRecord,
  ): Promise<[units: number[], active: LicenseRecord]> {
    const ended = endedLicense(active);
    const next = reactivate(ended);
    return [[await readUnitsOf(active, ended), await readUnitsOf(ended, next)], next];
  }

  it.each([
    ['keeps its key', 500, keptLicense],
    ['gets a new key', 50, reactivatedLicense],
  ])('if the emails of its domain are paused, and it %s each time', async (_, flips, reactivate) => {
    await fixture.harness.deliver(fixture.keyMail);
    fixture.harness.isPaused = true;
    let active: LicenseRecord = fixture.license;
    const units: number[][] = [];
    for (let each = 0; each < flips; each++) {
      const [ofFlip, next] = await flip(active, reactivate);
      units.push(ofFlip);
      active = next;
    }
    expect(units.at(-1)).toEqual(units[5]);
    expect(Math.max(...units.flat())).toBeLessThan(12);

    const end = endedLicense(active);
    await fixture.deliverChange(active, end);
    fixture.harness.isPaused = false;
    await fixture.harness.runOutbox();
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  });

  it('if its user never heard of it, because its emails are delayed', async () => {
    fixture.harness.delayMs = 30 * MINUTE_MS;
    let active: LicenseRecord = { ...fixture.license, changedAt: fixture.harness.now().toISOString() };
    await fixture.harness.deliver(fixture.keyMail);
    const units: number[][] = [];
    for (let each = 0; each < 60; each++) {
      const [ofFlip, next] = await flip(active, keptLicense);
      units.push(ofFlip);
      active = next;
    }
    expect(units.at(-1)).toEqual(units[5]);
    expect(await fixture.subjects()).toEqual([]);
  });
});

it('the entries of a license that waits for a seat again and again are read once', async () => {
  await fixture.harness.deliver(fixture.keyMail);
  let license = endedLicense(fixture.license);
  await fixture.deliverChange(fixture.license, license);
  for (let each = 0; each < 100; each++) {
    const waiting = wait(license);
    const ended = endedLicense(waiting);
    expect((await fixture.deliverChange(license, waiting))[1]).toBe('noted');
    expect((await fixture.deliverChange(waiting, ended))[1]).toBe('noted');
    license = ended;
  }
  const active = keptLicense(license);
  const [once, again] = [await readUnitsOf(license, active), await readUnitsOf(active, endedLicense(active))];
  expect(await fixture.subjects()).toHaveLength(4);
  expect(again).toBeLessThan(once / 2);
});

describe('an email knows what an earlier one told the user, although changes without emails lie between them', () => {
  it('the key is not sent again', async () => {
    await fixture.harness.deliver(fixture.keyMail);
    fixture.harness.isPaused = true;
    let license: LicenseRecord = fixture.license;
    for (let each = 0; each < 10; each++) {
      const end = endedLicense(license);
      expect((await fixture.deliverChange(license, end))[1]).toBe('delayed');
      license = keptLicense(end);
      expect((await fixture.deliverChange(end, license))[1]).toBe('unneeded');
    }
    fixture.harness.isPaused = false;
    expect(await fixture.harness.runOutbox()).toEqual([]);
    expect(await fixture.subjects()).toEqual([KEY]);
  });

  it('the key is sent again after a notice that SES refused', async () => {
    await fixture.harness.deliver(fixture.keyMail);
    fixture.ses.faults.push('MessageRejected');
    const end = endedLicense(fixture.license);
    expect((await fixture.deliverChange(fixture.license, end))[1]).toBe('failed');
    fixture.harness.isPaused = true;
    let license = keptLicense(end);
    expect((await fixture.deliverChange(end, license))[1]).toBe('delayed');
    for (let each = 0; each < 5; each++) {
      const ended = endedLicense(license);
      // SES may have sent the key, and the user was not told of its end.
      expect((await fixture.deliverChange(license, ended))[1]).toBe('delayed');
      license = keptLicense(ended);
      expect((await fixture.deliverChange(ended, license))[1]).toBe('delayed');
    }
    fixture.harness.isPaused = false;
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await fixture.subjects()).toHaveLength(2);
  });
});
