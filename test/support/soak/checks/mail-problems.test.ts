import type { LicenseRecord } from '../../../../shared/store/licenses/license-record';
import type { MailItem } from '../../../../shared/store/mail/mail-item';
import { notificationProblems, unsettledMails } from './mail-problems';

const ACTIVE: LicenseRecord = {
  ...{ domainId: 'd', userId: 'u', userName: 'jane', email: 'jane@example.com', userType: '' },
  ...{ status: 'active', changeId: '3', activationId: '1' },
};
const ENDED: LicenseRecord = { ...ACTIVE, status: 'inactive' };

const mail = (mailId: string, kind: MailItem['kind'], status: MailItem['status'], more = {}): MailItem => ({
  ...{ domainId: 'd', userId: 'u', mailId, changeId: mailId, licenseStatus: 'active', kind, status },
  ...(kind === 'license-key' && { activationId: '1', attempts: 1 }),
  ...more,
});
const key = (mailId: string, status: MailItem['status'], more = {}) =>
  mail(mailId, 'license-key', status, more);
const notice = (mailId: string, status: MailItem['status']) => mail(mailId, 'license-deactivated', status);
const unneeded = mail('3', 'none', 'none');

describe('notificationProblems', () => {
  it.each<[string, LicenseRecord, readonly MailItem[]]>([
    ['the key was sent', ACTIVE, [key('3', 'sent')]],
    ['the address is missing', ACTIVE, [key('3', 'no-address')]],
    ['the user kept the key', ACTIVE, [key('1', 'delivered'), notice('2', 'superseded'), unneeded]],
    ['the user complained about the key that was kept', ACTIVE, [key('1', 'complained'), unneeded]],
    ['the notice was sent', ENDED, [key('1', 'sent'), notice('3', 'sent')]],
    ['the user was never told of a key', ENDED, [key('1', 'superseded', { attempts: 0 }), unneeded]],
  ])('accepts that %s', (_, license, mails) => {
    expect(notificationProblems([license], mails)).toEqual([]);
  });

  it.each<[string, LicenseRecord, readonly MailItem[]]>([
    ['no entry of the last change', ACTIVE, [key('1', 'sent')]],
    ['a claim of a process that died', ACTIVE, [key('3', 'claimed')]],
    ['a key of another activation', ACTIVE, [key('1', 'sent', { activationId: '0' }), unneeded]],
    ['a key whose end the user was told', ACTIVE, [key('1', 'sent'), notice('2', 'sent'), unneeded]],
    ['a key that was never sent', ACTIVE, [key('1', 'superseded'), unneeded]],
    ['an end of which the user was not told', ENDED, [key('1', 'sent'), unneeded]],
  ])('finds %s', (_, license, mails) => {
    expect(notificationProblems([license], mails)).toHaveLength(1);
  });
});

describe('unsettledMails', () => {
  it('is empty if each change has its entry, and each email was sent', () => {
    expect(unsettledMails([ACTIVE], [key('3', 'sent')])).toEqual([]);
  });

  it('names changes without an entry and emails that are still to be sent, with each attempt anew', () => {
    const attempts = ['2026-03-01T00:00:00Z', '2026-03-01T00:00:20Z'];
    const [first, second] = attempts.map((claimedAt) =>
      unsettledMails([ACTIVE], [key('2', 'claimed', { claimedAt })]),
    );
    expect(first).toHaveLength(2);
    expect(second).toHaveLength(2);
    expect(first).not.toEqual(second);
  });
});
