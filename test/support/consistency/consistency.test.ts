import type { Attributes } from '../../../shared/scim/resource';
import { PRODUCT_USER_SCHEMA } from '../../../shared/scim/urns';
import { contradictions } from './consistency';
import type { DomainData } from './domain-data';
import { leftBehind } from './unswept';

const attributes: Attributes = {
  userName: 'Ada@example.com',
  active: true,
  title: 'Countess',
  emails: [{ value: 'ada@example.com', primary: true }],
  [PRODUCT_USER_SCHEMA]: { nrUserType: 'Core User' },
};
const times = { created: '2026-01-01T00:00:00.000Z', lastModified: '2026-01-01T00:00:00.000Z' };
const event = {
  at: times.created,
  requestId: 'r',
  actor: { kind: 'scimKey' as const, keyId: 'k' },
  resourceId: 'ada',
};
const license = {
  domainId: 'd',
  userId: 'ada',
  status: 'active',
  changeId: '1',
  activationId: '1',
  email: 'ada@example.com',
  userName: 'Ada@example.com',
  userType: 'Core User',
  changedBy: { kind: 'scimKey', id: 'k' },
} as const;

const team = {
  id: 'team',
  attributes: { displayName: 'Team' },
  version: 1,
  groupIds: [],
  memberCount: 1,
  ...times,
};

/** A user who was created, got a title and entered a group. */
const WHOLE: DomainData = {
  counts: { users: 1, groups: 1, activeLicenses: 1, pendingLicenses: 0, seatPolicy: 'refuse' },
  users: [{ id: 'ada', attributes, version: 3, groupIds: ['team'], memberCount: 0, ...times }],
  groups: [team],
  claims: [
    { kind: 'GROUP', name: 'team', ownerId: 'team' },
    { kind: 'USER', name: 'ada@example.com', ownerId: 'ada' },
  ],
  memberships: [{ groupId: 'team', userId: 'ada' }],
  licenses: [license],
  waiting: [],
  audit: [
    { ...event, id: '1', action: 'user.created', license: 'activated' },
    {
      ...event,
      id: '2',
      action: 'user.updated',
      changes: [
        { attribute: 'title', after: 'Countess' },
        { attribute: `${PRODUCT_USER_SCHEMA}:nrUserType`, before: 'Basic User', after: 'Core User' },
      ],
    },
    {
      ...event,
      id: '3',
      action: 'group.created',
      resourceId: 'team',
      changes: [{ attribute: 'members', after: ['ada'] }],
    },
  ],
};
const [user] = WHOLE.users;
const [, titled] = WHOLE.audit;

/** The same user, whose license waits for a seat. */
const WAITING: DomainData = {
  ...WHOLE,
  counts: { ...WHOLE.counts, activeLicenses: 0, pendingLicenses: 1, seats: 0 },
  licenses: [{ ...license, status: 'pending' }],
  waiting: [{ changeId: '1', userId: 'ada' }],
  audit: WHOLE.audit.map((each) => (each.license ? { ...each, license: 'pending' } : each)),
};
const PROMOTED = { ...event, id: '4', action: 'license.promoted', license: 'activated' } as const;

describe('the consistency of a domain', () => {
  it('holds for what a service writes', () => {
    expect(contradictions(WHOLE)).toEqual([]);
  });

  it('holds for a license that waits for a seat, and for one that got it', () => {
    expect(contradictions(WAITING)).toEqual([]);
    expect(contradictions({ ...WHOLE, audit: [...WAITING.audit, PROMOTED] })).toEqual([]);
  });

  it.each<[string, Partial<DomainData>]>([
    ['pendingLicenses are counted as 0', { counts: { ...WAITING.counts, pendingLicenses: 0 } }],
    ['wait 1 of ada is not in the queue', { waiting: [] }],
    ['is in the queue of nobody who waits', { waiting: [{ changeId: '0', userId: 'ada' }] }],
    ['outlived its user as pending', { users: [] }],
    ['is pending, by its history active', { audit: [...WAITING.audit, PROMOTED] }],
    [
      'is pending, by its history inactive',
      { audit: [...WAITING.audit, { ...event, id: '4', action: 'user.updated', license: 'withdrawn' }] },
    ],
    [
      'by its history 1 times active and 1 times waiting',
      { audit: [...WAITING.audit, { ...event, id: '4', action: 'user.updated', license: 'activated' }] },
    ],
  ])('notices of a license that waits what %s', (sentence, change) => {
    expect(contradictions({ ...WAITING, ...change })).toContainEqual(expect.stringContaining(sentence));
  });

  describe('of a group that was deleted', () => {
    const unswept: DomainData = {
      ...WHOLE,
      counts: { ...WHOLE.counts, groups: 0 },
      groups: [],
      claims: WHOLE.claims.slice(1),
      audit: [...WHOLE.audit, { ...event, id: '4', action: 'group.deleted', resourceId: 'team' }],
    };
    const swept: DomainData = {
      ...unswept,
      users: [{ ...user!, groupIds: [], version: 4 }],
      memberships: [],
    };

    it('holds before the sweep, in which the user gets another version, and after it', () => {
      expect(contradictions(unswept)).toEqual([]);
      expect(contradictions(swept)).toEqual([]);
      expect(contradictions({ ...swept, users: [{ ...user!, groupIds: [] }] })).toHaveLength(1);
    });

    it('tells what is left of it', () => {
      expect(leftBehind(WHOLE)).toEqual([]);
      expect(leftBehind(unswept)).toEqual(['membership of ada in team', 'group team of ada']);
      expect(leftBehind(swept)).toEqual([]);
    });
  });

  it.each<[string, Partial<DomainData>]>([
    ['users are counted as 2', { counts: { ...WHOLE.counts, users: 2 } }],
    ['activeLicenses are counted as 0', { counts: { ...WHOLE.counts, activeLicenses: 0 } }],
    ['is not claimed', { claims: WHOLE.claims.slice(0, 1) }],
    [
      'is claimed by nothing',
      { claims: [...WHOLE.claims, { kind: 'USER', name: 'old@example.com', ownerId: 'ada' }] },
    ],
    ["is on the user's side only", { memberships: [] }],
    ['has 1 members and counts 2', { groups: [{ ...team, memberCount: 2 }] }],
    [
      "is on the group's side only",
      { memberships: [...WHOLE.memberships, { groupId: 'team', userId: 'bob' }] },
    ],
    ['has no license', { licenses: [] }],
    ['status is inactive, not active', { licenses: [{ ...license, status: 'inactive' }] }],
    ['email is x@example.com', { licenses: [{ ...license, email: 'x@example.com' }] }],
    ['without an activation', { licenses: [{ ...license, activationId: undefined }] }],
    ['was changed by nobody', { licenses: [{ ...license, changedBy: undefined }] }],
    ['outlived its user', { users: [] }],
    ['has the history ', { audit: [] }],
    ['by its history inactive', { audit: [{ ...event, id: '1', action: 'user.created' }] }],
    ['is at version 4 after 3 changes', { users: [{ ...user!, version: 4 }] }],
    [
      'title is not what its last change made it',
      {
        audit: [
          ...WHOLE.audit,
          { ...titled!, id: '4', changes: [{ attribute: 'title', after: 'Enchantress' }] },
        ],
      },
    ],
  ])('notices what %s', (sentence, change) => {
    expect(contradictions({ ...WHOLE, ...change })).toContainEqual(expect.stringContaining(sentence));
  });
});
