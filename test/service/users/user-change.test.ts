import { userChange, type UserChangeDetails } from '../../../shared/service/users/user-change';
import { completeUser } from '../../../shared/scim/input/user-rules';
import type { Attributes } from '../../../shared/scim/resource';
import type { MembershipEdit } from '../../../shared/store/groups/membership';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import { AT } from '../../support/store/records';
import { createCaller } from '../../support/requests/caller';

const CALLER = createCaller();

/** A user; `active` undefined is one whose `active` a PATCH removed. */
function user(active: boolean | undefined, more: Attributes = {}): ResourceRecord {
  const attributes = completeUser({
    userName: 'ada@example.com',
    ...(active !== undefined && { active }),
    ...more,
  });
  const times = { created: AT, lastModified: AT };
  return { id: 'u-1', attributes, version: 1, ...times, groupIds: [], memberCount: 0 };
}

const change = (...args: [ResourceRecord?, ResourceRecord?, UserChangeDetails?]) =>
  userChange(CALLER, AT, args[0], args[1], args[2]);

describe('the license', () => {
  const activated = { status: 'active' };
  const deactivated = { status: 'inactive', reason: 'deactivated' };
  const deleted = { status: 'inactive', reason: 'deleted' };
  const gone = undefined;

  it.each<[string, ResourceRecord | undefined, ResourceRecord | undefined, object | undefined]>([
    ['created active', gone, user(true), activated],
    ['created inactive', gone, user(false), { status: 'inactive' }],
    ['created without active', gone, user(undefined), { status: 'inactive' }],
    ['updated, active as before', user(true), user(true), undefined],
    ['updated, inactive as before', user(false), user(false), undefined],
    ['deactivated', user(true), user(false), deactivated],
    ['updated so that active is unassigned', user(true), user(undefined), deactivated],
    ['inactive, and then active is unassigned', user(false), user(undefined), undefined],
    ['reactivated', user(false), user(true), activated],
    ['activated where active was unassigned', user(undefined), user(true), activated],
    ['deleted while active', user(true), gone, deleted],
    ['deleted while inactive', user(false), gone, undefined],
    ['deleted without active', user(undefined), gone, undefined],
  ])('of a user who is %s', (_, before, after, expected) => {
    const { license, audit } = change(before, after);
    if (expected) expect(license).toMatchObject(expected);
    else expect(license).toBeUndefined();
    const isChange = before !== undefined || isActivation(expected);
    expect(audit.license).toBe(
      expected && isChange ? (isActivation(expected) ? 'activated' : 'deactivated') : undefined,
    );
  });

  const isActivation = (expected: object | undefined) => expected === activated;

  it('names each activation anew', () => {
    const activations = [change(undefined, user(true)), change(user(false), user(true))].map(
      ({ license }) => license as { changeId: string; activationId: string },
    );
    for (const { changeId, activationId } of activations) expect(activationId).toBe(changeId);
    expect(activations[0]?.activationId).not.toBe(activations[1]?.activationId);
  });

  it.each<[string, ResourceRecord | undefined, ResourceRecord]>([
    ['created', undefined, user(true)],
    ['activated', user(false), user(true)],
  ])('of a user who is %s waits where no seat is free', (_, before, after) => {
    const { license, audit } = change(before, after, { seat: { queued: true } });
    expect(license).toEqual({ status: 'pending', changeId: expect.any(String) as string });
    expect(audit.license).toBe('pending');
  });

  it.each<[string, ResourceRecord | undefined, string]>([
    ['deactivated', user(false), 'deactivated'],
    ['deleted', undefined, 'deleted'],
  ])('of a user who is %s ends where it waited', (_, after, reason) => {
    const { license, audit } = change(user(true), after, { seat: { queuedChangeId: 'change-1' } });
    expect(license).toMatchObject({ status: 'inactive', reason, queuedChangeId: 'change-1' });
    expect(audit.license).toBe('withdrawn');
  });

  it('stays as it is, waiting or not, where the user stays active', () => {
    const { license, audit } = change(user(true), user(true), { seat: { queuedChangeId: 'change-1' } });
    expect(license).toBeUndefined();
    expect(audit.license).toBeUndefined();
  });

  it('has no change to tell of where it never was active', () => {
    expect(change(undefined, user(false)).license).toEqual({ status: 'inactive' });
  });
});

describe('the holder', () => {
  it('is told at creation and with every change of status', () => {
    const holder = { email: 'ada@example.com', userName: 'ada@example.com', userType: 'Basic User' };
    expect(change(undefined, user(true)).holder).toEqual(holder);
    expect(change(undefined, user(false)).holder).toEqual(holder);
    expect(change(user(true), user(false)).holder).toEqual(holder);
  });

  it.each<[string, Attributes]>([
    ['address', { emails: [{ value: 'new@example.com', primary: true }] }],
    ['name', { displayName: 'Ada' }],
    [
      'user type',
      { 'urn:ietf:params:scim:schemas:extension:newrelic:2.0:User': { nrUserType: 'Full User' } },
    ],
    ['userName', { userName: 'countess@example.com' }],
    ['language', { preferredLanguage: 'de' }],
  ])('is told where the %s changed', (_, attributes) => {
    expect(change(user(true), user(true, attributes)).holder).toBeDefined();
  });

  it('is not told again where nothing of it changed, nor of a user who is gone', () => {
    expect(change(user(true), user(true, { title: 'Countess' })).holder).toBeUndefined();
    expect(change(user(true), undefined).holder).toBeUndefined();
  });

  it.each<[Attributes, string | undefined]>([
    [{ displayName: 'Countess', name: { formatted: 'Ada King' } }, 'Countess'],
    [{ name: { formatted: 'Ada King', givenName: 'Ada' } }, 'Ada King'],
    [{ name: { givenName: 'Ada', familyName: 'Lovelace' } }, 'Ada Lovelace'],
    [{ name: { familyName: 'Lovelace' } }, 'Lovelace'],
    [{ name: { middleName: 'M' } }, undefined],
    [{}, undefined],
  ])('of %j is greeted as %s', (attributes, name) =>
    expect(change(undefined, user(true, attributes)).holder?.name).toBe(name),
  );
});

describe('the audit event', () => {
  it('tells who did what, and when', () => {
    expect(change(user(true), user(true, { title: 'Countess' })).audit).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      at: AT,
      action: 'user.updated',
      resourceId: 'u-1',
      resourceName: 'ada@example.com',
      requestId: 'request-1',
      actor: { kind: 'scimKey', keyId: 'key-1', keyName: 'Okta' },
      changes: [{ attribute: 'title', after: 'Countess' }],
    });
    expect(change(undefined, user(true)).audit.action).toBe('user.created');
    expect(change(user(true), undefined).audit).toMatchObject({ action: 'user.deleted', resourceId: 'u-1' });
  });

  it('tells which groups the user entered and left, and which there are not', () => {
    const edit = (kind: MembershipEdit['kind'], groupId: string): MembershipEdit => ({
      kind,
      groupId,
      userId: 'u-1',
    });
    const left = `x${'\ud800'}`.repeat(300);
    const { audit } = change(user(true), user(true), {
      memberships: [edit('add', 'new'), edit('remove', 'old')],
      unknownGroups: [edit('add', 'gone'), edit('add', left)],
    });
    expect(audit.changes).toEqual([{ attribute: 'groups', before: ['old'], after: ['new'] }]);
    expect(audit.leftOut).toEqual(['gone', 'x\ufffd'.repeat(50)]);
  });
});
