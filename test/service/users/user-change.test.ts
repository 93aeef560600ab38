import { userChange, type UserChangeDetails } from '../../../shared/service/users/user-change';
import { completeUser } from '../../../shared/scim/input/user-rules';
import type { Attributes } from '../../../shared/scim/resource';
import type { MembershipEdit } from '../../../shared/store/groups/membership';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import { AT } from '../../support/store/records';
import { createCaller } from '../../support/requests/caller';
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';

const CALLER = createCaller();

/** Creates a user. If `active` is undefined, a PATCH has removed it. */
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
  const none = undefined;

  it.each<[string, ResourceRecord | undefined, ResourceRecord | undefined, object | undefined]>([
    ['created active', none, user(true), activated],
    ['created inactive', none, user(false), { status: 'inactive' }],
    ['created without active', none, user(undefined), { status: 'inactive' }],
    ['updated, active as before', user(true), user(true), undefined],
    ['updated, inactive as before', user(false), user(false), undefined],
    ['deactivated', user(true), user(false), deactivated],
    ['updated so that active is unassigned', user(true), user(undefined), deactivated],
    ['inactive, and then active is unassigned', user(false), user(undefined), undefined],
    ['reactivated', user(false), user(true), activated],
    ['activated after active was unassigned', user(undefined), user(true), activated],
    ['deleted while active', user(true), none, deleted],
    ['deleted while inactive', user(false), none, undefined],
    ['deleted without active', user(undefined), none, undefined],
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

  it('gives each activation a new id', () => {
    const activations = [change(undefined, user(true)), change(user(false), user(true))].map(
      ({ license }) => license as { changeId: string; activationId: string },
    );
    for (const { changeId, activationId } of activations) expect(activationId).toBe(changeId);
    expect(activations[0]?.activationId).not.toBe(activations[1]?.activationId);
  });

  it('carries the assumption about its key, but not if the user is new', () => {
    const grace = { cutoff: AT, keepsKey: true };
    for (const seat of [{}, { queued: true }]) {
      expect(change(user(false), user(true), { seat, grace }).license).toMatchObject({ grace });
      expect(change(undefined, user(true), { seat, grace }).license).not.toHaveProperty('grace');
      expect(change(user(true), user(false), { seat, grace }).license).not.toHaveProperty('grace');
    }
  });

  it.each<[string, ResourceRecord | undefined, ResourceRecord]>([
    ['created', undefined, user(true)],
    ['activated', user(false), user(true)],
  ])('of a user who is %s is queued if no seat is free', (_, before, after) => {
    const { license, audit } = change(before, after, { seat: { queued: true } });
    expect(license).toEqual({ status: 'pending', changeId: expect.any(String) as string });
    expect(audit.license).toBe('pending');
  });

  it.each<[string, ResourceRecord | undefined, string]>([
    ['deactivated', user(false), 'deactivated'],
    ['deleted', undefined, 'deleted'],
  ])('of a user who is %s is withdrawn if it was queued', (_, after, reason) => {
    const { license, audit } = change(user(true), after, { seat: { queuedChangeId: 'change-1' } });
    expect(license).toMatchObject({ status: 'inactive', reason, queuedChangeId: 'change-1' });
    expect(audit.license).toBe('withdrawn');
  });

  it('does not change, queued or not, if the user stays active', () => {
    const { license, audit } = change(user(true), user(true), { seat: { queuedChangeId: 'change-1' } });
    expect(license).toBeUndefined();
    expect(audit.license).toBeUndefined();
  });

  it('has no changeId if it was never active', () => {
    expect(change(undefined, user(false)).license).toEqual({ status: 'inactive' });
  });
});

describe('the holder', () => {
  it('is written at the creation and with each change of status', () => {
    const holder = { email: 'ada@example.com', userName: 'ada@example.com', userType: 'Basic User' };
    expect(change(undefined, user(true)).holder).toEqual(holder);
    expect(change(undefined, user(false)).holder).toEqual(holder);
    expect(change(user(true), user(false)).holder).toEqual(holder);
    expect(change(user(false), user(true)).holder).toEqual(holder);
  });

  it.each<[string, Attributes]>([
    ['address', { emails: [{ value: 'new@example.com', primary: true }] }],
    ['name', { displayName: 'Ada' }],
    ['user type', { [PRODUCT_USER_SCHEMA]: { nrUserType: 'Full User' } }],
    ['userName', { userName: 'countess@example.com' }],
    ['language', { preferredLanguage: 'de' }],
  ])('is written if the %s changes', (_, attributes) => {
    expect(change(user(true), user(true, attributes)).holder).toBeDefined();
  });

  it('keeps its address and names in a request that leaves the user inactive', () => {
    const renamed = {
      userName: 'x@example.com',
      displayName: 'X',
      emails: [{ value: 'x@example.com', primary: true }],
      preferredLanguage: 'de',
    };
    expect(change(user(true), user(false, renamed)).holder).toEqual({
      email: 'ada@example.com',
      userName: 'ada@example.com',
      userType: 'Basic User',
      language: 'de',
    });
    expect(change(user(false), user(false, renamed)).holder).toBeUndefined();
    expect(change(user(false), user(true, renamed)).holder).toMatchObject({ email: 'x@example.com' });
  });

  it('is not written if it does not change, or the user is deleted', () => {
    expect(change(user(true), user(true, { title: 'Countess' })).holder).toBeUndefined();
    expect(change(user(true), undefined).holder).toBeUndefined();
  });

  it.each<[Attributes, string | undefined]>([
    [{ displayName: 'Countess', name: { formatted: 'Ada King' } }, 'Countess'],
    [{ name: { formatted: 'Ada King', givenName: 'Ada' } }, 'Ada King'],
    [{ name: { givenName: 'Ada', familyName: 'Larsen' } }, 'Ada Larsen'],
    [{ name: { familyName: 'Larsen' } }, 'Larsen'],
    [{ name: { middleName: 'M' } }, undefined],
    [{}, undefined],
  ])('of %j has the name %s', (attributes, name) =>
    expect(change(undefined, user(true, attributes)).holder?.name).toBe(name),
  );
});

describe('the audit event', () => {
  it('has the actor, the action, the time, and the changes', () => {
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

  it('lists the groups that the user joined and left, and the unknown ones', () => {
    const edit = (kind: MembershipEdit['kind'], groupId: string): MembershipEdit => ({
      kind,
      groupId,
      userId: 'u-1',
    });
    const longId = `x${'\ud800'}`.repeat(300);
    const { audit } = change(user(true), user(true), {
      memberships: [edit('add', 'new'), edit('remove', 'old')],
      unknownGroups: [edit('add', 'gone'), edit('add', longId)],
    });
    expect(audit.changes).toEqual([{ attribute: 'groups', before: ['old'], after: ['new'] }]);
    expect(audit.leftOut).toEqual(['gone', 'x\ufffd'.repeat(50)]);
  });
});
