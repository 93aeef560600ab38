import { plannedMail } from '../../shared/mail/planned-mail';
import type { LicenseRecord } from '../../shared/store/license-record';
import { activeLicense, ended } from './license-images';

const active = activeLicense();
const deactivated = ended(active, 'deactivated');
const deleted = ended(active, 'deleted');
const reactivated = { ...active, changeId: 'change-3', activationId: 'activation-2' };
const unused: LicenseRecord = { ...active, status: 'inactive', changeId: undefined, activationId: undefined };
const renamed = (license: LicenseRecord): LicenseRecord => ({
  ...license,
  name: 'Jane Roe',
  email: 'j@example.com',
});

describe('a change of a license calls for', () => {
  const table: [string, LicenseRecord | undefined, LicenseRecord | undefined, string][] = [
    ['new and active', undefined, active, 'license-key'],
    ['new and never active', undefined, unused, 'none'],
    ['new and inactive, nothing known of before', undefined, deactivated, 'none'],
    ['activated for the first time', unused, active, 'license-key'],
    ['deactivated', active, deactivated, 'license-deactivated: deactivated'],
    ['deleted while active', active, deleted, 'license-deactivated: deleted'],
    ['deleted after it was deactivated', deactivated, { ...deleted, changeId: 'change-4' }, 'none'],
    ['deleted and never active', unused, { ...deleted, changeId: 'change-4' }, 'none'],
    ['reactivated', deactivated, reactivated, 'license-key'],
    ['created again after a deletion', deleted, reactivated, 'license-key'],
    ['activated anew while active', active, reactivated, 'license-key'],
    ['active, the holder renamed', active, renamed(active), 'none'],
    ['inactive, the holder renamed', deactivated, renamed(deactivated), 'none'],
    ['never active, the holder renamed', unused, renamed(unused), 'none'],
    ['unchanged', active, active, 'none'],
    ['no license', undefined, undefined, 'none'],
  ];
  it.each(table)('%s', (_name, before, after, expected) => {
    const mail = plannedMail(before, after);
    const reason = mail?.kind === 'license-deactivated' ? `: ${mail.reason}` : '';
    expect(mail ? mail.kind + reason : 'none').toBe(expected);
  });
});

it('goes to the holder as the change left them', () => {
  const { change, holder } = plannedMail(active, renamed(deactivated)) ?? {};
  expect(change).toEqual({
    domainId: active.domainId,
    userId: active.userId,
    changeId: deactivated.changeId,
  });
  expect(holder).toEqual({
    email: 'j@example.com',
    userName: 'jane.doe',
    name: 'Jane Roe',
    userType: 'Full User',
  });
});

it('carries the key of the new activation', () => {
  expect(plannedMail(deactivated, reactivated)).toMatchObject({ activationId: 'activation-2' });
});

it('refuses an active license without an activation: no key can be derived', () => {
  expect(() => plannedMail(undefined, { ...active, activationId: undefined })).toThrow('activationId');
});
