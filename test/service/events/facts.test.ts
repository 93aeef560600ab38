import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import type { Consumers, EventContent } from '../../../shared/store/consumers/change-consumers';
import {
  eventsIn,
  parseEventWork,
  type EventWork,
  type RecordedChange,
} from '../../../shared/service/events/event-work';

const D = '0190a1b2-0000-7000-8000-000000000001';
const E = '0190a1b2-0000-7000-8000-000000000002';

type Item = Record<string, unknown>;
let sequence = 0;

const record = (pk: string, sk: string, before?: Item, after?: Item): DynamoDBRecord => {
  const image = (item: Item | undefined) =>
    item && (marshall({ pk, sk, ...item }, { removeUndefinedValues: true }) as never);
  return {
    eventName: before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT',
    dynamodb: {
      SequenceNumber: String(++sequence),
      ApproximateCreationDateTime: 1_790_000_000,
      Keys: { pk: { S: pk }, sk: { S: sk } },
      OldImage: image(before),
      NewImage: image(after),
    },
  };
};

const consumers = (domains: Record<string, EventContent>, ofDeployment?: EventContent): Consumers => ({
  hasMappings: () => false,
  eventsOf: (domainId) => domains[domainId],
  eventsOfDeployment: ofDeployment,
  hasDeliveries: () => true,
  subscriptionsOf: () => [],
});

let unreadable: unknown[];
beforeEach(() => {
  unreadable = [];
});

const workOf = (records: DynamoDBRecord[], known = consumers({ [D]: 'full' })): EventWork[] =>
  eventsIn(records, known, (_, error) => unreadable.push(error)).map(({ work }) =>
    parseEventWork(JSON.stringify(work)),
  );

const changesOf = (...records: DynamoDBRecord[]): RecordedChange[] =>
  workOf(records).flatMap(({ changes }) => changes);

const typesOf = (...records: DynamoDBRecord[]) => changesOf(...records).map(({ type }) => type);

const user = (data: Item, more: Item = {}): Item => ({
  nameKey: 'jane',
  data: { userName: 'jane', active: true, ...data },
  version: 1,
  created: '2026-01-01T00:00:00.000Z',
  lastModified: '2026-01-02T00:00:00.000Z',
  ...more,
});
const ofUser = (before?: Item, after?: Item) => record(`${D}#USER`, 'u', before, after);

describe('users', () => {
  it.each<[string, Item | undefined, Item | undefined, string[]]>([
    ['a creation', undefined, user({}), ['user.created']],
    ['a deletion', user({}), undefined, ['user.deleted']],
    ['a new title', user({}), user({ title: 'x' }), ['user.changed']],
    ['a new externalId', user({}), user({}, { externalId: 'x' }), ['user.changed']],
    ['a deactivation', user({}), user({ active: false }), ['user.deactivated']],
    ['a reactivation', user({ active: false }), user({}), ['user.reactivated']],
    ['both', user({}), user({ active: false, title: 'x' }), ['user.changed', 'user.deactivated']],
    ['new groups', user({}), user({}, { groupIds: new Set(['g']), version: 2 }), []],
    ['a moved name claim', user({}), user({}, { nameKey: 'JANE' }), []],
    ['the end of a creation', user({}, { creation: { hash: 'h', until: 'x' } }), user({}), []],
  ])('%s', (_, before, after, types) => {
    expect(typesOf(ofUser(before, after))).toEqual(types);
  });

  it('a creation names the attributes of the user', () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    const created = user({ [urn]: { department: 'a' } }, { externalId: 'x' });
    const [change] = changesOf(ofUser(undefined, created));
    expect(change?.data).toEqual({
      userId: 'u',
      active: true,
      attributes: ['active', 'externalId', urn, 'userName'],
    });
  });

  it('a change names its attributes, also those of extensions', () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    const [change] = changesOf(
      ofUser(
        user({ title: 'x', [urn]: { department: 'a' } }),
        user({ [urn]: { department: 'b', division: 'c' } }),
      ),
    );
    expect(change?.data).toEqual({
      userId: 'u',
      attributes: ['title', `${urn}:department`, `${urn}:division`],
    });
    expect(change).toMatchObject({ time: '2026-01-02T00:00:00.000Z', before: { title: 'x' } });
  });
});

const license = (more: Item): Item => ({
  domainId: D,
  userId: 'u',
  status: 'active',
  userName: 'jane',
  userType: 'Full User',
  changeId: 'c1',
  activationId: 'a1',
  changedAt: '2026-01-03T00:00:00.000Z',
  changedBy: { kind: 'admin', id: 'x', name: 'Ada' },
  ...more,
});
const ofLicense = (before?: Item, after?: Item) => record(`${D}#LICENSE`, 'u', before, after);
const inactive = license({
  status: 'inactive',
  changeId: 'c2',
  reason: 'deactivated',
  keptActivationId: 'a1',
});

describe('licenses', () => {
  it.each<[string, Item | undefined, Item | undefined, string[]]>([
    ['an activation', undefined, license({}), ['license.activated']],
    ['a license that was never active', undefined, license({ status: 'inactive', changeId: undefined }), []],
    ['a wait for a seat', undefined, license({ status: 'pending' }), ['license.pending']],
    ['a promotion', license({ status: 'pending' }), license({ changeId: 'c2' }), ['license.activated']],
    ['an end', license({}), inactive, ['license.ended']],
    ['the end of a wait', license({ status: 'pending' }), inactive, ['license.ended']],
    ['another key', license({}), license({ changeId: 'c2', activationId: 'a2' }), ['license.keyReplaced']],
    ['another user type', license({}), license({ userType: 'Basic User' }), ['license.changed']],
    [
      'other organizations',
      license({}),
      license({ organizations: [{ organization: 'x', role: 'admin', mappingId: 'm' }] }),
      ['license.changed'],
    ],
    ['both', license({}), { ...inactive, userType: 'Basic User' }, ['license.changed', 'license.ended']],
    ['another address', license({}), license({ email: 'x@example.com' }), []],
    ['a resend request', license({}), license({ resendId: 'r' }), []],
    ['the removal of an active license', license({}), undefined, ['license.ended']],
    ['the removal of an ended license', inactive, undefined, []],
  ])('%s', (_, before, after, types) => {
    expect(typesOf(ofLicense(before, after))).toEqual(types);
  });

  it('a change of status has the actor and the time of the item, and says what was before', () => {
    const [change] = changesOf(ofLicense(license({}), license({ changeId: 'c2', activationId: 'a2' })));
    expect(change).toMatchObject({
      time: '2026-01-03T00:00:00.000Z',
      actor: { kind: 'admin', id: 'x', name: 'Ada' },
      data: { status: 'active', activationId: 'a2', previousActivationId: 'a1', organizations: [] },
    });
  });
});

const ofDomain = (sk: string, before?: Item, after?: Item) => record(`DOMAIN#${D}`, sk, before, after);
const domain = (more: Item = {}): Item => ({
  domainId: D,
  name: 'Example',
  scimEnabled: true,
  ratePlan: 'unmetered',
  createdAt: '2026-01-01T00:00:00.000Z',
  usageKeyId: 'secret-id',
  usageIdentifierKey: 'secret-value',
  version: 1,
  ...more,
});
const key = (more: Item = {}): Item => ({
  keyId: 'k',
  name: 'Okta',
  hash: 'secret-hash',
  createdAt: '2026-01-01T00:00:00.000Z',
  ...more,
});
const connection = (more: Item = {}): Item => ({
  connectionId: 'c',
  name: 'Okta',
  identityProvider: 'okta',
  createdAt: '2026-01-01T00:00:00.000Z',
  version: 1,
  ...more,
});

it.each<[string, DynamoDBRecord, string[]]>([
  ['a new domain', ofDomain('DOMAIN', undefined, domain()), ['domain.created']],
  ['a switched domain', ofDomain('DOMAIN', domain(), domain({ scimEnabled: false })), ['domain.switched']],
  [
    'a domain that is no longer available',
    ofDomain('DOMAIN', domain(), domain({ scimAvailable: false })),
    ['domain.switched'],
  ],
  ['a renamed domain', ofDomain('DOMAIN', domain(), domain({ name: 'x' })), []],
  ['a deleted domain', ofDomain('DOMAIN', domain()), ['domain.deleted']],
  ['a key', ofDomain('KEY#k', undefined, key()), ['connection.created']],
  ['a key of a connection', ofDomain('KEY#k', undefined, key({ connectionId: 'c' })), []],
  ['a used key', ofDomain('KEY#k', key(), key({ lastUsedAt: 'x' })), []],
  [
    'a revoked key',
    ofDomain('KEY#k', key(), key({ revokedAt: '2026-01-04T00:00:00.000Z' })),
    ['connection.revoked'],
  ],
  [
    'a key that expires',
    ofDomain(
      'KEY#k',
      key({ expireTime: '2026-02-01T00:00:00.000Z' }),
      key({
        expireTime: '2026-02-01T00:00:00.000Z',
        expiryStage: '7',
        expiryNoticedAt: '2026-01-25T00:00:00.000Z',
      }),
    ),
    ['connection.expiring'],
  ],
  ['a connection', ofDomain('CONNECTION#c', undefined, connection()), ['connection.created']],
  ['a renamed connection', ofDomain('CONNECTION#c', connection(), connection({ name: 'x' })), []],
  [
    'a revoked connection',
    ofDomain('CONNECTION#c', connection(), connection({ revokedAt: '2026-01-04T00:00:00.000Z' })),
    ['connection.revoked'],
  ],
  ['removed keys of a deleted domain', ofDomain('KEY#k', key()), []],
  [
    'a bounce',
    record(`${D}#MAIL`, 'u#m', { status: 'sent' }, { status: 'bounced', to: 'x@example.com' }),
    ['email.bounced'],
  ],
  ['a second bounce', record(`${D}#MAIL`, 'u#m', { status: 'bounced' }, { status: 'bounced' }), []],
  ['a new member', record(`${D}#GROUP#g`, 'USER#u', undefined, {}), ['group.membersAdded']],
  ['a member with another display', record(`${D}#GROUP#g`, 'USER#u', {}, { display: 'x' }), []],
  ['a member that leaves', record(`${D}#GROUP#g`, 'USER#u', {}), ['group.membersRemoved']],
  ['a tombstone', ofDomain('COUNTS', undefined, { deletedAt: 'x' }), []],
  ['seats', record(`${D}#COUNTS`, 'SEATS', undefined, {}), []],
])('%s', (_, change, types) => {
  expect(typesOf(change)).toEqual(types);
  expect(JSON.stringify(changesOf(change))).not.toMatch(/secret-/);
});

it('a change goes to the feed of its domain and to that of the deployment, with what each asks for', () => {
  const change = ofUser(undefined, user({}));
  const both = workOf([change], consumers({ [D]: 'notice' }, 'full'));
  expect(both.map(({ domainId }) => domainId)).toEqual([D, 'DEPLOYMENT']);
  expect(both.map(({ changes: [each] }) => each && 'after' in each)).toEqual([false, true]);
  expect(workOf([change], consumers({ [E]: 'full' }))).toEqual([]);
  expect(workOf([change], consumers({}, 'notice')).map(({ domainId }) => domainId)).toEqual(['DEPLOYMENT']);
});

it('a record that can never be read holds up no others', () => {
  const broken = record(`${D}#LICENSE`, 'u', undefined, { status: 'strange' });
  expect(typesOf(broken, ofUser(undefined, user({})))).toEqual(['user.created']);
  expect(unreadable).toHaveLength(1);
});

it('messages are small enough, and no record is in two of them', () => {
  const records = Array.from({ length: 100 }, (_, at) =>
    record(`${D}#USER`, `u${at}`, user({}), user({ active: false, title: 'x'.repeat(2_000 * (at % 20)) })),
  );
  const messages = eventsIn(records, consumers({ [D]: 'full' }), () => {});
  for (const { work } of messages) {
    expect(Buffer.byteLength(JSON.stringify(work))).toBeLessThan(262_144);
    expect((work as EventWork).changes.length).toBeLessThanOrEqual(30);
  }
  expect(new Set(messages.map(({ last }) => last)).size).toBe(messages.length);
  expect(messages.flatMap(({ work }) => (work as EventWork).changes)).toHaveLength(200);
});

it('resources that are too large are left out, and the event is kept', () => {
  const [change] = changesOf(ofUser(undefined, user({ title: 'x'.repeat(200_000) })));
  expect(change?.type).toBe('user.created');
  expect(change).not.toHaveProperty('after');
});

it('no feed gets the change of another domain, whatever changes and whoever subscribes', () => {
  const domains = [D, E, '0190a1b2-0000-7000-8000-000000000003'];
  const kinds: readonly ((d: string) => readonly [pk: string, sk: string, item: Item])[] = [
    (d) => [`${d}#USER`, 'u', user({})],
    // The id of the user is that of another domain.
    (d) => [`${d}#USER`, D, user({})],
    (d) => [`${d}#GROUP`, E, { ...user({ displayName: 'x' }), memberCount: 0 }],
    (d) => [`${d}#GROUP#${E}`, `USER#${D}`, {}],
    (d) => [`${d}#LICENSE`, 'u', license({ domainId: d })],
    (d) => [`${d}#MAIL`, `${D}#${E}`, { status: 'bounced' }],
    (d) => [`DOMAIN#${d}`, 'DOMAIN', domain({ domainId: d })],
    (d) => [`DOMAIN#${d}`, `KEY#${E}`, key({ keyId: E })],
    (d) => [`DOMAIN#${d}`, `CONNECTION#${E}`, connection({ connectionId: E })],
  ];
  const content = fc.constantFrom<EventContent | undefined>(undefined, 'notice', 'full');
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...domains), fc.constantFrom(...kinds), fc.boolean()), {
        maxLength: 60,
      }),
      fc.tuple(content, content, content),
      content,
      (changes, contents, ofDeployment) => {
        const subscribed = Object.fromEntries(
          domains.flatMap((each, at) => (contents[at] ? [[each, contents[at]]] : [])),
        ) as Record<string, EventContent>;
        const records = changes.map(([d, kind, isRemoved]) => {
          const [pk, sk, item] = kind(d);
          return isRemoved ? record(pk, sk, item) : record(pk, sk, undefined, item);
        });
        for (const { domainId: scope, changes: sent } of workOf(
          records,
          consumers(subscribed, ofDeployment),
        )) {
          const wanted = scope === 'DEPLOYMENT' ? ofDeployment : subscribed[scope];
          expect(wanted).toBeDefined();
          for (const each of sent) {
            if (scope !== 'DEPLOYMENT') expect(each.domainId).toBe(scope);
            if (wanted === 'notice') expect('before' in each || 'after' in each).toBe(false);
          }
        }
      },
    ),
  );
  expect(unreadable).toEqual([]);
});
