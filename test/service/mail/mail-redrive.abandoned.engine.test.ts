import { newId } from '../../../shared/id';
import { CLAIM_LEASE_MS } from '../../../shared/mail/delivery/delivery';
import type { PlannedEntry } from '../../../shared/mail/content/planned-mail';
import { KEY, NOTICE } from '../../support/mail/delivery-fixture';
import { expectPlannedEntry, keptLicense, withResendRequest } from '../../support/mail/delivery-harness';
import { endedLicense, putLicense } from '../../support/mail/license-images';
import { useRedriveFixture } from '../../support/mail/redrive-fixture';

const fixture = useRedriveFixture();

/** Simulates a process that dies at this call. */
const crash = (): Promise<never> => Promise.reject(new Error('The process died.'));

const keyMail = (): PlannedEntry => expectPlannedEntry(undefined, fixture.license);

describe('an email that was claimed, and whose change the stream abandoned', () => {
  const claimAndDie = async (): Promise<void> => {
    await expect(fixture.harness.deliver(keyMail(), { beforeSend: [crash] })).rejects.toThrow('died');
    await fixture.sendAbandonedRecords();
  };

  it('is sent after its claim has expired', async () => {
    await claimAndDie();
    fixture.harness.advance(CLAIM_LEASE_MS);
    expect(await fixture.redrive()).toEqual({ mails: 1, messages: 1, left: 0, finished: true });
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY]);
    expect(await fixture.harness.countOutbox()).toBe(0);
  });

  it('waits for the claim to expire if it has not yet, and is given to the outbox once', async () => {
    await claimAndDie();
    expect(await fixture.redrive()).toMatchObject({ mails: 1, messages: 1, left: 0 });
    expect(await fixture.harness.runOutbox()).toEqual(['held']);
    await fixture.sendAbandonedRecords();
    expect(await fixture.redrive()).toMatchObject({ mails: 0, messages: 1, left: 0 });
    fixture.harness.advance(CLAIM_LEASE_MS);
    expect(await fixture.harness.deliver(keyMail())).toBe('repeated');
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY]);
  });

  it('is not sent again if its sender is alive', async () => {
    const { send } = fixture.harness.delivery;
    const slow: typeof send = async (...mail) => {
      await fixture.sendAbandonedRecords();
      await fixture.redrive();
      return send(...mail);
    };
    expect(await fixture.harness.deliver(keyMail(), { send: slow })).toBe('sent');
    expect(await fixture.harness.runOutbox()).toEqual(['repeated']);
    expect(await fixture.subjects()).toEqual([KEY]);
    expect(await fixture.harness.countOutbox()).toBe(0);
  });

  it('waits in the outbox once if its sender is alive, and SES fails', async () => {
    const fail = async (): Promise<never> => {
      await fixture.sendAbandonedRecords();
      await fixture.redrive();
      throw new Error('SES is down.');
    };
    expect(await fixture.harness.deliver(keyMail(), { send: fail })).toBe('delayed');
    fixture.harness.advance(60_000);
    expect((await fixture.harness.runOutbox()).sort()).toEqual(['repeated', 'sent']);
    expect(await fixture.subjects()).toEqual([KEY]);
  });

  it('is settled even if the license has changed since', async () => {
    await claimAndDie();
    fixture.harness.advance(CLAIM_LEASE_MS);
    const { domainId, userId } = fixture.license;
    const waiting = await fixture.abandon({ ...fixture.license, status: 'pending', changeId: newId() });
    const noted = { changeId: waiting.changeId ?? '', licenseStatus: 'pending' as const };
    const ref = { domainId, userId, mailId: noted.changeId };
    await fixture.harness.delivery.mails.recordEntry(ref, noted, fixture.harness.now());
    expect(await fixture.redrive()).toMatchObject({ mails: 1 });
    expect(await fixture.harness.runOutbox()).toEqual(['superseded']);
    expect(await fixture.harness.readItem(keyMail())).toMatchObject({ status: 'superseded' });
  });

  it('has another day of attempts', async () => {
    await claimAndDie();
    fixture.harness.advance(25 * 3_600_000);
    await fixture.redrive();
    expect(await fixture.harness.runOutbox(fixture.failing)).toEqual(['delayed']);
  });
});

describe('the end of a license whose activation the stream has not delivered yet', () => {
  it('is not notified, and the key is not sent anymore', async () => {
    await fixture.abandon(endedLicense(fixture.license));
    expect(await fixture.redrive()).toMatchObject({ mails: 0, messages: 1 });
    expect(await fixture.harness.deliver(keyMail())).toBe('superseded');
    expect(await fixture.harness.runOutbox()).toEqual([]);
    expect(await fixture.subjects()).toEqual([]);
  });

  it('is notified if the key is sent during the redrive', async () => {
    await fixture.abandon(endedLicense(fixture.license));
    const { mails } = fixture.harness.delivery;
    const claim = mails.claim.bind(mails);
    mails.claim = async (...mail) => {
      mails.claim = claim;
      expect(await fixture.harness.deliver(keyMail())).toBe('sent');
      return claim(...mail);
    };
    expect(await fixture.redrive()).toMatchObject({ mails: 1, messages: 1 });
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  });
});

describe('an abandoned notice', () => {
  beforeEach(() => fixture.harness.deliver(keyMail()));

  it('is sent by the next redrive if one dies after it has claimed it', async () => {
    const ended = await fixture.abandon(endedLicense(fixture.license));
    const { outbox } = fixture.harness.delivery;
    const postpone = outbox.postpone.bind(outbox);
    outbox.postpone = crash;
    await expect(fixture.redrive()).rejects.toThrow('died');
    outbox.postpone = postpone;
    expect(await fixture.harness.readItem(expectPlannedEntry(fixture.license, ended))).toMatchObject({
      status: 'claimed',
    });
    await fixture.sendAbandonedRecords();
    expect(await fixture.redrive()).toMatchObject({ mails: 1 });
    fixture.harness.advance(CLAIM_LEASE_MS);
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  });

  it('is not sent if the earlier notice, which waits, is still true', async () => {
    fixture.harness.isPaused = true;
    const [ended] = await fixture.deliverChange(fixture.license, endedLicense(fixture.license));
    const [waiting] = await fixture.deliverChange(ended, { ...ended, status: 'pending', changeId: newId() });
    await fixture.abandon(endedLicense(waiting));
    await fixture.redrive();
    fixture.harness.isPaused = false;
    await fixture.harness.runOutbox();
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  });

  it('waits for an earlier notice that is being sent, and is not sent after it', async () => {
    const ended = fixture.changedNow(endedLicense(fixture.license));
    await putLicense(fixture.table, ended);
    const { send } = fixture.harness.delivery;
    const slow: typeof send = async (...mail) => {
      await fixture.abandon(endedLicense({ ...ended, status: 'pending' }));
      // The outbox sends the earlier notice if its sender dies.
      expect(await fixture.redrive()).toEqual({ mails: 1, messages: 0, left: 1, finished: true });
      return send(...mail);
    };
    const notice = expectPlannedEntry(fixture.license, ended);
    expect(await fixture.harness.deliver(notice, { send: slow })).toBe('sent');
    expect(fixture.changeFailures).toHaveLength(1);
    // The message that was left is hidden for some seconds, so this is another one.
    await fixture.sendAbandonedRecords();
    expect(await fixture.redrive()).toEqual({ mails: 0, messages: 1, left: 0, finished: true });
    expect(await fixture.harness.runOutbox()).toEqual(['repeated']);
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  });

  it('is sent again if an administrator has requested it', async () => {
    const [ended] = await fixture.deliverChange(fixture.license, endedLicense(fixture.license));
    await fixture.abandon({ ...withResendRequest(ended), resentAt: fixture.harness.now().toISOString() });
    expect(await fixture.redrive()).toMatchObject({ mails: 1 });
    await fixture.harness.runOutbox();
    expect(await fixture.subjects()).toEqual([KEY, NOTICE, NOTICE]);
  });
});

describe('an abandoned key', () => {
  it('is not sent if the user has it', async () => {
    await fixture.harness.deliver(keyMail());
    fixture.harness.isPaused = true;
    const [ended] = await fixture.deliverChange(fixture.license, endedLicense(fixture.license));
    const kept = await fixture.abandon(keptLicense(ended));
    expect(await fixture.redrive()).toMatchObject({ mails: 0, messages: 1 });
    fixture.harness.isPaused = false;
    await fixture.harness.runOutbox();
    expect(await fixture.subjects()).toEqual([KEY]);
    expect(await fixture.harness.readItem(expectPlannedEntry(ended, kept))).toMatchObject({ kind: 'none' });
  });

  it('is known afterward', async () => {
    await fixture.sendAbandonedRecords();
    await fixture.redrive();
    await fixture.harness.runOutbox();
    fixture.harness.isPaused = true;
    const [ended] = await fixture.deliverChange(fixture.license, endedLicense(fixture.license));
    expect((await fixture.deliverChange(ended, keptLicense(ended)))[1]).toBe('unneeded');
  });

  it('is sent to a corrected address that SES did not refuse', async () => {
    fixture.ses.faults.push('MessageRejected');
    const former = { ...fixture.license, email: 'old@example.com' };
    await putLicense(fixture.table, former);
    expect(await fixture.harness.deliver(expectPlannedEntry(undefined, former))).toBe('failed');
    const mailRefusal = { address: former.email, at: former.changedAt ?? '', detail: 'refused' };
    await fixture.abandon({ ...fixture.license, mailRefusal });
    expect(await fixture.redrive()).toMatchObject({ mails: 1 });
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([KEY]);
  });
});
