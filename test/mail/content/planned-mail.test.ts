import { mailForItem, planEntry } from '../../../shared/mail/content/planned-mail';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import type { MailItem } from '../../../shared/store/mail/mail-item';
import { activeLicense, endedLicense } from '../../support/mail/license-images';

const active = activeLicense();
const deactivated = endedLicense(active, 'deactivated');
const deleted = endedLicense(active, 'deleted');
const reactivated = { ...active, changeId: 'change-3', activationId: 'activation-2' };
const neverActivated: LicenseRecord = {
  ...active,
  status: 'inactive',
  changeId: undefined,
  activationId: undefined,
};
const pending: LicenseRecord = {
  ...active,
  status: 'pending',
  changeId: 'change-2',
  activationId: undefined,
};
const pendingAgain: LicenseRecord = { ...active, status: 'pending', changeId: 'change-5' };
const withdrawn: LicenseRecord = {
  ...pending,
  status: 'inactive',
  changeId: 'change-3',
  reason: 'deactivated',
};
const promoted: LicenseRecord = {
  ...pending,
  status: 'active',
  changeId: 'change-3',
  activationId: 'change-3',
};
const withNewName = (license: LicenseRecord): LicenseRecord => ({
  ...license,
  name: 'Jane Roe',
  email: 'j@example.com',
});

const withoutAddress = ({ email: _, ...license }: LicenseRecord): LicenseRecord => license;
const refused = (license: LicenseRecord, address = license.email ?? ''): LicenseRecord => ({
  ...license,
  mailRefusal: { address, at: '2026-03-01T12:00:00.000Z' },
});
const withUmlaut = (license: LicenseRecord): LicenseRecord => ({ ...license, email: 'müller@example.com' });

describe('the entry of a change of a license', () => {
  const table: [string, LicenseRecord | undefined, LicenseRecord | undefined, string][] = [
    ['new and active', undefined, active, 'license-key'],
    ['new and never active', undefined, neverActivated, 'nothing'],
    ['new and inactive, with an unknown past', undefined, deactivated, 'none'],
    ['activated for the first time', neverActivated, active, 'license-key'],
    ['deactivated', active, deactivated, 'license-deactivated: deactivated'],
    ['deleted while active', active, deleted, 'license-deactivated: deleted'],
    ['deleted after it was deactivated', deactivated, { ...deleted, changeId: 'change-4' }, 'none'],
    ['deleted and never active', neverActivated, { ...deleted, changeId: 'change-4' }, 'none'],
    ['reactivated', deactivated, reactivated, 'license-key'],
    ['created again after a deletion', deleted, reactivated, 'license-key'],
    ['activated again while active', active, reactivated, 'license-key'],
    ['active, with a renamed holder', active, withNewName(active), 'nothing'],
    ['inactive, with a renamed holder', deactivated, withNewName(deactivated), 'nothing'],
    ['never active, with a renamed holder', neverActivated, withNewName(neverActivated), 'nothing'],
    ['active, with a first address', withoutAddress(active), active, 'license-key'],
    ['active, with a first address that can get emails', withUmlaut(active), active, 'license-key'],
    ['active, with an address that cannot get emails', withoutAddress(active), withUmlaut(active), 'nothing'],
    ['active, without its address', active, withoutAddress(active), 'nothing'],
    ['active, with an address that SES refuses', active, refused(active), 'nothing'],
    [
      'active, with another address than SES refused',
      refused(active),
      withNewName(refused(active)),
      'license-key',
    ],
    [
      'active, with another name and the address that SES refused',
      refused(active),
      { ...refused(active), name: 'Jane Roe' },
      'nothing',
    ],
    [
      'active, with another address, long after SES refused one',
      refused(active, 'old@example.com'),
      withNewName(refused(active, 'old@example.com')),
      'nothing',
    ],
    [
      'inactive, with another address than SES refused',
      refused(deactivated),
      withNewName(refused(deactivated)),
      'nothing',
    ],
    ['inactive, with a first address', withoutAddress(deactivated), deactivated, 'nothing'],
    ['waiting, with a first address', withoutAddress(pending), pending, 'nothing'],
    ['new and waiting for a seat', undefined, pending, 'none'],
    ['activated, but waiting for a seat', deactivated, pendingAgain, 'none'],
    ['waiting, with a renamed holder', pending, withNewName(pending), 'nothing'],
    ['waiting, after it was active', active, pending, 'none'],
    ['promoted', pending, promoted, 'license-key'],
    ['promoted, with an unknown past', undefined, promoted, 'license-key'],
    ['deactivated while it waited', pending, withdrawn, 'none'],
    ['deleted while it waited', pendingAgain, { ...deleted, changeId: 'change-6' }, 'none'],
    ['unchanged', active, active, 'nothing'],
    ['no license', undefined, undefined, 'nothing'],
  ];
  it.each(table)('%s', (_name, before, after, expected) => {
    const entry = planEntry(before, after);
    const reason = entry?.kind === 'license-deactivated' ? `: ${entry.reason}` : '';
    expect(entry ? entry.kind + reason : 'nothing').toBe(expected);
  });
});

it('has the holder after the change, and the change before it', () => {
  const { domainId, userId, changeId } = deactivated;
  expect(planEntry(active, withNewName(deactivated))).toMatchObject({
    ref: { domainId, userId, mailId: changeId },
    event: { changeId, licenseStatus: 'inactive', reason: 'deactivated' },
    holder: { email: 'j@example.com', userName: 'jane.doe', name: 'Jane Roe', userType: 'Full User' },
    previousChangeId: active.changeId,
  });
});

it('carries the key of the new activation', () => {
  expect(planEntry(deactivated, reactivated)).toMatchObject({ activationId: 'activation-2' });
});

it('has the actor and the time of the change', () => {
  const changedBy = { kind: 'scimKey', id: 'key-1', name: 'Okta' } as const;
  const changedAt = '2026-03-01T12:00:00.000Z';
  expect(planEntry(undefined, { ...active, changedBy, changedAt })?.event).toMatchObject({
    by: changedBy,
    changedAt,
  });
});

it('throws for an active license without an activation, because no key can be derived', () => {
  expect(() => planEntry(undefined, { ...active, activationId: undefined })).toThrow('activationId');
});

describe('the change of the key', () => {
  const kept = { ...active, changeId: 'change-3' };
  const replaced: LicenseRecord = {
    ...active,
    changeId: 'change-3',
    activationId: 'change-3',
    replacedActivationId: active.activationId,
  };

  it.each<[string, LicenseRecord | undefined, LicenseRecord, string | undefined]>([
    ['activated for the first time', neverActivated, active, undefined],
    ['reactivated with the same key', deactivated, kept, 'kept'],
    ['reactivated with a new key', deactivated, { ...kept, activationId: 'change-3' }, undefined],
    ['promoted with a new key', pending, promoted, undefined],
    ['promoted with the same key', pendingAgain, kept, 'kept'],
    ['replaced', active, replaced, 'replaced'],
    ['deactivated after its key was replaced', replaced, { ...deactivated, changeId: 'change-4' }, undefined],
  ])('of a license that is %s is in the history', (_, before, after, expected) => {
    const entry = planEntry(before, after);
    expect(entry?.event.keyChange).toBe(expected);
    if (after.status === 'active')
      expect(entry).toMatchObject({ kind: 'license-key', activationId: after.activationId });
  });

  it('stays the same if the email is sent again', () => {
    expect(planEntry(replaced, { ...replaced, resendId: 'resend-1' })?.event.keyChange).toBe('replaced');
  });
});

describe('a resend request', () => {
  const by = { kind: 'admin', id: 'operator' } as const;
  const resent = { ...active, resendId: 'resend-1', resentBy: by, resentAt: '2026-03-02T12:00:00.000Z' };

  it('has the email that matches the license, and the actor who requested it', () => {
    expect(planEntry(active, resent)).toMatchObject({
      kind: 'license-key',
      ref: { mailId: 'resend-1' },
      event: { changeId: active.changeId, by, changedAt: '2026-03-02T12:00:00.000Z' },
      activationId: active.activationId,
      isResend: true,
    });
    const { resendId } = resent;
    expect(planEntry(deactivated, { ...deactivated, resendId })).toMatchObject({
      kind: 'license-deactivated',
      reason: 'deactivated',
    });
  });

  it('is not repeated if only the holder changes afterward', () => {
    expect(planEntry(resent, withNewName(resent))).toBeUndefined();
  });
});

describe('the email of a due item', () => {
  const { domainId, userId, changeId = '' } = active;
  const keyItem: MailItem = {
    ...{ domainId, userId, mailId: changeId, changeId },
    kind: 'license-key',
    status: 'due',
    licenseStatus: 'active',
  };
  const noticeItem: MailItem = {
    ...keyItem,
    kind: 'license-deactivated',
    mailId: deleted.changeId ?? '',
    changeId: deleted.changeId ?? '',
    licenseStatus: 'inactive',
    reason: 'deleted',
  };

  it.each<[string, MailItem, LicenseRecord | undefined, string | undefined]>([
    ['the current key of the license', keyItem, active, 'license-key'],
    ['a key of a license that ended', keyItem, deactivated, undefined],
    ['a key of an activation before this one', keyItem, reactivated, undefined],
    ['a key with a later resend request', keyItem, { ...active, resendId: 'resend-1' }, undefined],
    [
      'the key of the last resend request',
      { ...keyItem, mailId: 'resend-1' },
      { ...active, resendId: 'resend-1' },
      'license-key',
    ],
    ['a key of a license that does not exist', keyItem, undefined, undefined],
    ['a notice of a license that is inactive', noticeItem, deleted, 'license-deactivated'],
    ['a notice of a license that waits for a seat again', noticeItem, pendingAgain, 'license-deactivated'],
    ['a notice of a license that is active again', noticeItem, reactivated, undefined],
  ])('%s', (_, item, license, kind) => {
    expect(mailForItem(item, license)?.kind).toBe(kind);
  });

  it('has the current holder and the reason of its own change', () => {
    expect(mailForItem(noticeItem, withNewName(pendingAgain))).toMatchObject({
      ref: { mailId: noticeItem.mailId },
      holder: { email: 'j@example.com' },
      reason: 'deleted',
    });
  });
});
