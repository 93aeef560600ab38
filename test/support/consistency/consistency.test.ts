import type { AuditEvent } from '../../../shared/store/audit/audit';
import type { Attributes } from '../../../shared/scim/resource';
import { findInconsistencies } from './consistency';
import type { DomainData } from './domain-data';
import { findUnsweptReferences } from './unswept';
import { PRODUCT_USER_SCHEMA } from '../scim/product';

const attributes: Attributes = {
  userName: 'Ada@example.com',
  active: true,
  title: 'Countess',
  emails: [{ value: 'ada@example.com', primary: true }, { value: 'Ada@Home.example' }],
  [PRODUCT_USER_SCHEMA]: { nrUserType: 'Core User' },
};
const timestamps = { created: '2026-01-01T00:00:00.000Z', lastModified: '2026-01-01T00:00:00.000Z' };
const event = {
  at: timestamps.created,
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
  ...timestamps,
};

/** A user who was created, received a title, and joined a group. */
const CONSISTENT_DOMAIN: DomainData = {
  counts: { users: 1, groups: 1, activeLicenses: 1, pendingLicenses: 0, seatPolicy: 'refuse' },
  users: [{ id: 'ada', attributes, version: 3, groupIds: ['team'], memberCount: 0, ...timestamps }],
  groups: [team],
  heads: [{ groupId: 'team', existing: 16, expected: 16 }],
  claims: [
    { kind: 'GROUP', name: 'team', ownerId: 'team' },
    { kind: 'USER', name: 'ada@example.com', ownerId: 'ada' },
  ],
  addressItems: [{ pk: 'd#EMAIL#ada@home.example', sk: 'ada' }],
  indexesAddresses: true,
  memberships: [{ groupId: 'team', userId: 'ada' }],
  licenses: [license],
  pendingQueue: [],
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
const [user] = CONSISTENT_DOMAIN.users;
const [, titleEvent] = CONSISTENT_DOMAIN.audit;

/** The same user with a pending license. */
const DOMAIN_WITH_PENDING_LICENSE: DomainData = {
  ...CONSISTENT_DOMAIN,
  counts: { ...CONSISTENT_DOMAIN.counts, activeLicenses: 0, pendingLicenses: 1, seats: 0 },
  licenses: [{ ...license, status: 'pending' }],
  pendingQueue: [{ changeId: '1', userId: 'ada' }],
  audit: CONSISTENT_DOMAIN.audit.map((each) => (each.license ? { ...each, license: 'pending' } : each)),
};
const PROMOTION_EVENT = { ...event, id: '4', action: 'license.promoted', license: 'activated' } as const;

describe('findInconsistencies', () => {
  it('finds nothing in data that the service writes', () => {
    expect(findInconsistencies(CONSISTENT_DOMAIN)).toEqual([]);
  });

  it('finds nothing if an earlier version did not index an address', () => {
    expect(findInconsistencies({ ...CONSISTENT_DOMAIN, addressItems: [], indexesAddresses: false })).toEqual(
      [],
    );
  });

  it('finds nothing for a pending license, and for a promoted one', () => {
    expect(findInconsistencies(DOMAIN_WITH_PENDING_LICENSE)).toEqual([]);
    expect(
      findInconsistencies({
        ...CONSISTENT_DOMAIN,
        audit: [...DOMAIN_WITH_PENDING_LICENSE.audit, PROMOTION_EVENT],
      }),
    ).toEqual([]);
  });

  it.each<[string, Partial<DomainData>]>([
    [
      'pendingLicenses are counted as 0',
      { counts: { ...DOMAIN_WITH_PENDING_LICENSE.counts, pendingLicenses: 0 } },
    ],
    ['pending license 1 of ada is not in the queue', { pendingQueue: [] }],
    ['is in the queue without a pending license', { pendingQueue: [{ changeId: '0', userId: 'ada' }] }],
    ['still exists without its user as pending', { users: [] }],
    [
      'is pending, but active by its history',
      { audit: [...DOMAIN_WITH_PENDING_LICENSE.audit, PROMOTION_EVENT] },
    ],
    [
      'is pending, but inactive by its history',
      {
        audit: [
          ...DOMAIN_WITH_PENDING_LICENSE.audit,
          { ...event, id: '4', action: 'user.updated', license: 'withdrawn' },
        ],
      },
    ],
    [
      'but 1 times active and 1 times pending by its history',
      {
        audit: [
          ...DOMAIN_WITH_PENDING_LICENSE.audit,
          { ...event, id: '4', action: 'user.updated', license: 'activated' },
        ],
      },
    ],
  ])('reports for a pending license: %s', (sentence, change) => {
    expect(findInconsistencies({ ...DOMAIN_WITH_PENDING_LICENSE, ...change })).toContainEqual(
      expect.stringContaining(sentence),
    );
  });

  describe('after the deletion of a group', () => {
    const unswept: DomainData = {
      ...CONSISTENT_DOMAIN,
      counts: { ...CONSISTENT_DOMAIN.counts, groups: 0 },
      groups: [],
      claims: CONSISTENT_DOMAIN.claims.slice(1),
      audit: [...CONSISTENT_DOMAIN.audit, { ...event, id: '4', action: 'group.deleted', resourceId: 'team' }],
    };
    const swept: DomainData = {
      ...unswept,
      users: [{ ...user!, groupIds: [], version: 4 }],
      memberships: [],
    };

    it('finds nothing before the sweep, which changes the version of the user, and after it', () => {
      expect(findInconsistencies(unswept)).toEqual([]);
      expect(findInconsistencies(swept)).toEqual([]);
      expect(findInconsistencies({ ...swept, users: [{ ...user!, groupIds: [] }] })).toHaveLength(1);
    });

    it('finds nothing if the events of concurrent requests are not in the order of their commits', () => {
      const move = (id: string, change: { before: string[] } | { after: string[] }): AuditEvent => ({
        ...{ ...event, id, action: 'group.updated', resourceId: 'team' },
        changes: [{ attribute: 'members', ...change }],
      });
      const moves = [
        move('31', { before: ['ada'] }),
        move('32', { after: ['ada'] }),
        move('33', { before: ['ada'] }),
      ] as const;
      const users = [{ ...user!, groupIds: [], version: 6 }];
      for (const order of [moves, [moves[0], moves[2], moves[1]]]) {
        const audit = [...unswept.audit, ...order];
        expect(findInconsistencies({ ...unswept, users, memberships: [], audit })).toEqual([]);
      }
    });

    it('findUnsweptReferences finds the remaining references', () => {
      expect(findUnsweptReferences(CONSISTENT_DOMAIN)).toEqual([]);
      expect(findUnsweptReferences(unswept)).toEqual(['membership of ada in team', 'group team of ada']);
      expect(findUnsweptReferences(swept)).toEqual([]);
    });
  });

  it.each<[string, Partial<DomainData>]>([
    ['users are counted as 2', { counts: { ...CONSISTENT_DOMAIN.counts, users: 2 } }],
    ['activeLicenses are counted as 0', { counts: { ...CONSISTENT_DOMAIN.counts, activeLicenses: 0 } }],
    ['is not claimed', { claims: CONSISTENT_DOMAIN.claims.slice(0, 1) }],
    [
      'is claimed without a resource',
      { claims: [...CONSISTENT_DOMAIN.claims, { kind: 'USER', name: 'old@example.com', ownerId: 'ada' }] },
    ],
    ['ada@home.example of ada is not indexed', { addressItems: [] }],
    [
      'old@home.example of ada is indexed without a user',
      {
        addressItems: [...CONSISTENT_DOMAIN.addressItems, { pk: 'd#EMAIL#old@home.example', sk: 'ada' }],
        indexesAddresses: false,
      },
    ],
    [
      'many addresses of ada is not indexed',
      {
        users: [
          {
            ...user!,
            attributes: {
              ...attributes,
              emails: Array.from({ length: 21 }, (_, at) => ({ value: `${at}@home.example` })),
            },
          },
        ],
      },
    ],
    ["is on the user's side only", { memberships: [] }],
    ['has 16 heads and counts 0', { heads: [{ groupId: 'gone', existing: 16, expected: 0 }] }],
    ['has 1 members and counts 2', { groups: [{ ...team, memberCount: 2 }] }],
    [
      "is on the group's side only",
      { memberships: [...CONSISTENT_DOMAIN.memberships, { groupId: 'team', userId: 'bob' }] },
    ],
    ['has no license', { licenses: [] }],
    ['status is inactive, not active', { licenses: [{ ...license, status: 'inactive' }] }],
    ['email is x@example.com', { licenses: [{ ...license, email: 'x@example.com' }] }],
    ['without an activation', { licenses: [{ ...license, activationId: undefined }] }],
    [
      'keeps a key that is not its last',
      { licenses: [{ ...license, keptActivationId: '1', endedAt: timestamps.created }] },
    ],
    [
      'lacks the kept key, or the time of its end',
      { licenses: [{ ...license, endedAt: timestamps.created }] },
    ],
    ['has no changedBy', { licenses: [{ ...license, changedBy: undefined }] }],
    ['still exists without its user', { users: [] }],
    ['has the history ', { audit: [] }],
    ['but inactive by its history', { audit: [{ ...event, id: '1', action: 'user.created' }] }],
    ['is at version 4 after 3 changes', { users: [{ ...user!, version: 4 }] }],
    [
      'title is not the value of its last change',
      {
        audit: [
          ...CONSISTENT_DOMAIN.audit,
          { ...titleEvent!, id: '4', changes: [{ attribute: 'title', after: 'Enchantress' }] },
        ],
      },
    ],
  ])('reports: %s', (sentence, change) => {
    expect(findInconsistencies({ ...CONSISTENT_DOMAIN, ...change })).toContainEqual(
      expect.stringContaining(sentence),
    );
  });
});
