import { newId } from '../../../shared/id';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { mailKeyOf } from '../../../shared/store/mail/mail-item';
import { mailPartition } from '../../../shared/store/table/mail-keys';
import { keyOf } from '../../../shared/store/table/read-item';
import { KEY, MINUTE_MS, NOTICE, useDeliveryFixture } from '../../support/mail/delivery-fixture';
import {
  expectPlannedEntry,
  keptLicense,
  reactivatedLicense,
  withResendRequest,
} from '../../support/mail/delivery-harness';
import { endedLicense } from '../../support/mail/license-images';

const fixture = useDeliveryFixture();

/** Starts a test with a license whose user is older than the entries that are kept. */
const resetToOldUser = (given: Partial<LicenseRecord> = {}): Promise<void> =>
  fixture.reset({ userId: newId(new Date(Date.now() - 800 * 86_400_000)), ...given });

/** Deletes the entry of the license's activation, as DynamoDB does when it has expired. */
const expireKeyMail = () => fixture.table.delete(mailKeyOf(fixture.keyMail.ref));

/** Deletes all entries of the license. */
async function expireHistory(): Promise<void> {
  const { domainId, userId } = fixture.license;
  const { items } = await fixture.table.query({
    pk: mailPartition(domainId),
    sortKey: { beginsWith: `${userId}#` },
  });
  await fixture.table.deleteAll(items.map(keyOf));
}

/** Delivers the changes that follow the license, one by one. Returns the outcomes, and the last license. */
async function deliverChanges(
  first: LicenseRecord,
  ...changes: ((license: LicenseRecord) => LicenseRecord)[]
): Promise<[outcomes: string[], last: LicenseRecord]> {
  const outcomes: string[] = [];
  let license = first;
  for (const change of changes) {
    const next = change(license);
    outcomes.push((await fixture.deliverChange(license, next))[1]);
    license = next;
  }
  return [outcomes, license];
}

const wait = (license: LicenseRecord): LicenseRecord => ({
  ...license,
  status: 'pending',
  changeId: newId(),
});

describe('the end of a license whose key was emailed, and whose email has expired', () => {
  beforeEach(async () => {
    await resetToOldUser();
    await fixture.harness.deliver(fixture.keyMail);
    fixture.harness.isPaused = true;
  });

  const expectNotice = async (): Promise<void> => {
    fixture.harness.isPaused = false;
    await fixture.harness.runOutbox();
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  };

  it('is notified although later entries are left', async () => {
    const [outcomes, active] = await deliverChanges(fixture.license, endedLicense, keptLicense);
    expect(outcomes).toEqual(['delayed', 'unneeded']);
    await expireKeyMail();
    expect((await deliverChanges(active, endedLicense))[0]).toEqual(['delayed']);
    await expectNotice();
  });

  it('is notified after further changes, as often as they supersede the notice', async () => {
    const [, active] = await deliverChanges(fixture.license, endedLicense, keptLicense);
    await expireKeyMail();
    const [outcomes] = await deliverChanges(
      active,
      ...[endedLicense, keptLicense, endedLicense, reactivatedLicense, endedLicense],
    );
    // The user may have been told of the end, so a key is not known either.
    expect(outcomes).toEqual(['delayed', 'delayed', 'delayed', 'delayed', 'delayed']);
    await expectNotice();
  });

  it('is notified if only a resend request is left, whose email was not sent', async () => {
    await expireHistory();
    const [outcomes] = await deliverChanges(fixture.license, withResendRequest, (license) => {
      const { resendId: _, ...ended } = endedLicense(license);
      return ended;
    });
    expect(outcomes).toEqual(['delayed', 'delayed']);
    await expectNotice();
  });

  it('is notified if nothing is left when the license ends, and it becomes active and ends again', async () => {
    await expireHistory();
    const [outcomes] = await deliverChanges(fixture.license, endedLicense, keptLicense, endedLicense);
    expect(outcomes).toEqual(['delayed', 'delayed', 'delayed']);
    await expectNotice();
  });

  it('is notified if only entries of waits for a seat are left', async () => {
    const [, ended] = await deliverChanges(fixture.license, endedLicense);
    await expireHistory();
    const [outcomes] = await deliverChanges(
      ended,
      ...[wait, endedLicense, wait, reactivatedLicense, endedLicense],
    );
    expect(outcomes).toEqual(['noted', 'noted', 'noted', 'delayed', 'delayed']);
    await expectNotice();
  });

  it('costs the same after many changes', async () => {
    await expireHistory();
    let license = fixture.license;
    const query = jest.spyOn(fixture.table, 'query');
    for (let each = 0; each < 20; each++)
      [, license] = await deliverChanges(license, endedLicense, keptLicense);
    expect(query).toHaveBeenCalledTimes(40);
    query.mockRestore();
  });
});

describe('the end of a license that was never emailed is not notified', () => {
  beforeEach(async () => {
    await resetToOldUser();
    fixture.harness.delayMs = 30 * MINUTE_MS;
  });
  const inactive = (): LicenseRecord => {
    const { changeId: _, activationId: __, ...license } = fixture.license;
    return { ...license, status: 'inactive' };
  };
  const activate = (license: LicenseRecord): LicenseRecord => {
    const active = reactivatedLicense(license);
    return { ...active, changedAt: fixture.harness.now().toISOString() };
  };

  it('if its user was inactive for years', async () => {
    const [outcomes] = await deliverChanges(inactive(), activate, endedLicense);
    expect(outcomes).toEqual(['delayed', 'unneeded']);
  });

  it('if it waited for a seat for years', async () => {
    const [, waiting] = await deliverChanges(inactive(), wait);
    await expireHistory();
    const [outcomes] = await deliverChanges(waiting, activate, endedLicense);
    expect(outcomes).toEqual(['delayed', 'unneeded']);
  });
});

it('a key that was attempted is followed by a notice, although its address was removed and came back', async () => {
  fixture.harness.delayMs = MINUTE_MS;
  const license = { ...fixture.license, changedAt: fixture.harness.now().toISOString() };
  await fixture.store(license);
  await fixture.harness.deliver(expectPlannedEntry(undefined, license));
  fixture.harness.advance(MINUTE_MS);
  const failing = { send: () => Promise.reject(new Error('The response was lost.')) };
  expect(await fixture.harness.runOutbox(failing)).toEqual(['delayed']);
  const { email: _, ...without } = license;
  await fixture.store(without);
  fixture.harness.advance(MINUTE_MS);
  expect(await fixture.harness.runOutbox()).toEqual(['noAddress']);
  fixture.harness.isPaused = true;
  expect((await fixture.deliverChange(without, license))[1]).toBe('delayed');
  expect((await fixture.deliverChange(license, endedLicense(license)))[1]).toBe('delayed');
  fixture.harness.isPaused = false;
  expect(await fixture.harness.runOutbox()).toEqual(['sent']);
  expect(await fixture.subjects()).toEqual([NOTICE]);
});
