import { newId } from '../../../shared/id';
import type { RedriveResult } from '../../../shared/service/mail/mail-redrive';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { KEY, NOTICE } from '../../support/mail/delivery-fixture';
import { expectPlannedEntry, reactivatedLicense } from '../../support/mail/delivery-harness';
import { activeLicense, endedLicense, putLicense } from '../../support/mail/license-images';
import { useRedriveFixture } from '../../support/mail/redrive-fixture';

const HOUR_MS = 3_600_000;

const fixture = useRedriveFixture();

describe('an email that SES refused for a day', () => {
  beforeEach(async () => {
    await fixture.harness.deliver(expectPlannedEntry(undefined, fixture.license), fixture.failing);
    fixture.harness.advance(23 * HOUR_MS);
    expect(await fixture.harness.runOutbox(fixture.failing)).toEqual(['delayed']);
    fixture.harness.advance(HOUR_MS + HOUR_MS / 2);
    expect(await fixture.harness.runOutbox(fixture.failing)).toEqual(['givenUp']);
  });

  it('has failed, and its message is in the queue', async () => {
    expect(await fixture.harness.readItem(expectPlannedEntry(undefined, fixture.license))).toMatchObject({
      status: 'failed',
      error: 'Error: SES is down.',
    });
    const { domainId, userId, changeId } = fixture.license;
    expect(fixture.mailFailures).toEqual([
      { domainId, userId, mailId: changeId, error: 'Error: SES is down.' },
    ]);
    expect(await fixture.harness.countOutbox()).toBe(0);
  });

  it('is sent once, however often the redrive is repeated', async () => {
    expect(await fixture.redrive()).toEqual({ mails: 1, messages: 1, left: 0, finished: true });
    await fixture.reporting.reportFailure(
      expectPlannedEntry(undefined, fixture.license).ref,
      'reported twice',
    );
    expect(await fixture.redrive()).toEqual({ mails: 0, messages: 1, left: 0, finished: true });
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    await fixture.reporting.reportFailure(
      expectPlannedEntry(undefined, fixture.license).ref,
      'reported again',
    );
    expect(await fixture.redrive()).toEqual({ mails: 0, messages: 1, left: 0, finished: true });
    expect(await fixture.harness.runOutbox()).toEqual([]);
    expect(await fixture.subjects()).toEqual([KEY]);
    expect(fixture.mailFailures).toEqual([]);
  });

  it('is retried for another day', async () => {
    await fixture.redrive();
    expect(await fixture.harness.runOutbox(fixture.failing)).toEqual(['delayed']);
    expect(fixture.mailFailures).toEqual([]);
  });

  it('is superseded if the license has changed', async () => {
    await putLicense(fixture.table, endedLicense(fixture.license));
    await fixture.redrive();
    expect(await fixture.harness.runOutbox()).toEqual(['superseded']);
    expect(await fixture.subjects()).toEqual([]);
  });
});

it('sends a rejected email to the current address of the license', async () => {
  fixture.ses.faults.push('MessageRejected');
  const former = { ...fixture.license, email: 'old@example.com' };
  await putLicense(fixture.table, former);
  await fixture.harness.deliver(expectPlannedEntry(undefined, former), fixture.reporting);
  await putLicense(fixture.table, fixture.license);
  expect(fixture.mailFailures).toHaveLength(1);
  await fixture.redrive();
  expect(await fixture.harness.runOutbox()).toEqual(['sent']);
  expect(await fixture.subjects()).toHaveLength(1);
});

describe('an abandoned change of a license', () => {
  it('is replayed once from the license, and other licenses of that time are not', async () => {
    const other = activeLicense({ email: fixture.license.email, changedAt: fixture.license.changedAt });
    await putLicense(fixture.table, other);
    await fixture.harness.deliver(expectPlannedEntry(undefined, other));
    await fixture.sendAbandonedRecords();
    await fixture.sendAbandonedRecords();
    expect(await fixture.redrive()).toEqual({ mails: 1, messages: 2, left: 0, finished: true });
    await fixture.sendAbandonedRecords();
    expect(await fixture.redrive()).toEqual({ mails: 0, messages: 1, left: 0, finished: true });
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await fixture.subjects()).toHaveLength(2);
    expect(await fixture.harness.deliver(expectPlannedEntry(undefined, fixture.license))).toBe('repeated');
  });

  it('does not replay changes of another time', async () => {
    await putLicense(fixture.table, {
      ...fixture.license,
      changedAt: new Date(fixture.harness.now().getTime() - HOUR_MS).toISOString(),
    });
    await fixture.sendAbandonedRecords();
    expect(await fixture.redrive()).toEqual({ mails: 0, messages: 1, left: 0, finished: true });
  });

  it('sends the notice of a license whose key was emailed', async () => {
    await fixture.harness.deliver(expectPlannedEntry(undefined, fixture.license));
    await putLicense(fixture.table, {
      ...endedLicense(fixture.license),
      changedAt: fixture.harness.now().toISOString(),
    });
    await fixture.sendAbandonedRecords();
    expect(await fixture.redrive()).toMatchObject({ mails: 1 });
    await fixture.harness.runOutbox();
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  });

  it('writes only an entry of the history if the user was never sent a key', async () => {
    const queued = expectPlannedEntry(undefined, { ...fixture.license, status: 'pending' });
    await fixture.harness.deliver(queued);
    const withdrawn = {
      ...endedLicense({ ...fixture.license, status: 'pending' }),
      changedAt: fixture.harness.now().toISOString(),
    };
    await putLicense(fixture.table, withdrawn);
    await fixture.sendAbandonedRecords();
    expect(await fixture.redrive()).toMatchObject({ mails: 0, messages: 1 });
    expect(await fixture.harness.readItem(expectPlannedEntry(fixture.license, withdrawn))).toMatchObject({
      kind: 'none',
      status: 'none',
    });
  });
});

describe('a notice that failed', () => {
  const failNotice = async (): Promise<LicenseRecord> => {
    await fixture.harness.deliver(expectPlannedEntry(undefined, fixture.license));
    fixture.ses.faults.push('MessageRejected');
    const ended = fixture.changedNow(endedLicense(fixture.license));
    await putLicense(fixture.table, ended);
    const notice = expectPlannedEntry(fixture.license, ended);
    expect(await fixture.harness.deliver(notice, fixture.reporting)).toBe('failed');
    return ended;
  };

  it('is not sent after a later notice', async () => {
    const [active] = await fixture.deliverChange(await failNotice(), reactivatedLicense(fixture.license));
    expect((await fixture.deliverChange(active, endedLicense(active)))[1]).toBe('sent');
    expect(await fixture.redrive()).toMatchObject({ messages: 1 });
    expect(await fixture.harness.runOutbox()).toEqual(['superseded']);
    expect(await fixture.subjects()).toEqual([KEY, KEY, NOTICE]);
  });

  it('is sent although the license has waited for a seat since', async () => {
    const ended = await failNotice();
    const [waiting] = await fixture.deliverChange(ended, { ...ended, status: 'pending', changeId: newId() });
    await fixture.deliverChange(waiting, endedLicense(waiting));
    await fixture.redrive();
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  });
});

it('keeps the message of a claimed email, whose failure is reported before it is marked', async () => {
  const entry = expectPlannedEntry(undefined, fixture.license);
  fixture.ses.faults.push('MessageRejected');
  const { mails } = fixture.harness.delivery;
  const mark = mails.mark.bind(mails);
  let during: RedriveResult | undefined;
  mails.mark = async (...marked) => {
    during = await fixture.redrive();
    await mark(...marked);
  };
  expect(await fixture.harness.deliver(entry, fixture.reporting)).toBe('failed');
  expect(during).toEqual({ mails: 0, messages: 0, left: 1, finished: true });
  expect(fixture.mailFailures).toHaveLength(1);
});

it('keeps malformed messages, and counts them', async () => {
  await fixture.sendMailFailure({ hello: 'world' });
  await fixture.sendChangeFailure('hello');
  expect(await fixture.redrive()).toEqual({ mails: 0, messages: 0, left: 2, finished: true });
  expect([fixture.mailFailures, fixture.changeFailures]).toEqual([[{ hello: 'world' }], ['hello']]);
});
