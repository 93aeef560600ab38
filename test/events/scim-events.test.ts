import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import schema from '../../docs/scim-events.schema.json';
import type { ChangeEvent } from '../../shared/events/event';
import { EVENT_TYPES, type EventType } from '../../shared/events/event-types';
import { hasScimEvent, SCIM_EVENT_URIS, scimEventOf } from '../../shared/events/scim-events';
import { parsePatchPath } from '../../shared/scim/patch/path';
import examples from '../fixtures/rfc9967/examples.json';

const PREFIX = 'urn:ietf:params:scim:event:prov:';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const TIME = '2026-12-01T12:00:00.000Z';
const META = { created: TIME, lastModified: TIME };

const isValid = new Ajv2020({ strict: false }).compile(schema);

const event = (type: EventType, data: object, more: object = {}): ChangeEvent => {
  const [kind = ''] = type.split('.');
  const subject = type.includes('members') ? 'groupMembers' : kind;
  const common = { id: 'e', schemaVersion: 1, time: TIME, domainId: 'd', sequence: 1 };
  return {
    ...common,
    type,
    subject: { type: subject, id: 'x' },
    actor: { kind: 'unknown' },
    data,
    ...more,
  } as unknown as ChangeEvent;
};

// Figure 1 has no events, and figures 12 and 13 are HTTP messages. Figure 3 has a comma too many in the RFC.
describe('the schema', () => {
  it.each(Object.entries(examples))('accepts figure %s of RFC 9967', (_, example) => {
    expect(isValid(example)).toBe(true);
  });

  const figure = examples['4: Create (Full)'];
  const withEvents = (events: object) => ({ ...figure, events });
  it.each<[string, unknown]>([
    ['no jti', { ...figure, jti: undefined }],
    ['no events', withEvents({})],
    ['a subject in sub', { ...figure, sub: 'x' }],
    ['a subject of another format', { ...figure, sub_id: { format: 'email', email: 'jdoe@example.com' } }],
    ['a subject without a path', { ...figure, sub_id: { format: 'scim', uri: 'x' } }],
    ['a subject in the event', withEvents({ [`${PREFIX}delete`]: { sub_id: figure.sub_id } })],
    ['data in a notice', withEvents({ [`${PREFIX}put:notice`]: { attributes: [], data: {} } })],
    ['no data in the full form', withEvents({ [`${PREFIX}put:full`]: { attributes: ['title'] } })],
    ['neither data nor attributes', withEvents({ [`${PREFIX}patch:notice`]: {} })],
    ['no form', withEvents({ [`${PREFIX}create`]: { attributes: [] } })],
    ['the form of an event that has none', withEvents({ [`${PREFIX}delete:notice`]: {} })],
    ['data in a deletion', withEvents({ [`${PREFIX}delete`]: { data: {} } })],
  ])('refuses %s', (_, claims) => {
    expect(isValid(JSON.parse(JSON.stringify(claims)))).toBe(false);
  });
});

const after = { id: 'x', userName: 'jane', externalId: 'e-1', [ENTERPRISE]: { department: 'a' }, meta: META };
const group = { id: 'x', displayName: 'Admins', meta: META };
const patchOp = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'] };

describe('the events of SCIM', () => {
  it.each<[EventType, object, object, string, object]>([
    ['user.created', { attributes: ['userName'] }, {}, 'create:notice', { attributes: ['id', 'userName'] }],
    ['user.changed', { attributes: ['title'] }, {}, 'put:notice', { attributes: ['title'] }],
    ['user.deactivated', {}, {}, 'deactivate', {}],
    ['user.reactivated', {}, {}, 'activate', {}],
    ['user.deleted', {}, {}, 'delete', {}],
    [
      'group.created',
      { attributes: ['displayName'] },
      {},
      'create:notice',
      { attributes: ['id', 'displayName'] },
    ],
    ['group.changed', { attributes: ['displayName'] }, {}, 'patch:notice', { attributes: ['displayName'] }],
    ['group.membersAdded', { userIds: ['u'] }, {}, 'patch:notice', { attributes: ['members'] }],
    ['group.membersRemoved', { userIds: ['u'] }, {}, 'patch:notice', { attributes: ['members'] }],
    ['group.deleted', {}, {}, 'delete', {}],
  ])('%s as a notice', (type, data, more, name, payload) => {
    // What the event has besides stays here.
    const described = scimEventOf(event(type, data, { before: after, after, ...more }), 'notice');
    const uri = type.startsWith('user') ? '/Users/x' : '/Groups/x';
    expect(described).toEqual({ subject: { format: 'scim', uri }, events: { [PREFIX + name]: payload } });
  });

  it.each<[string, ChangeEvent, string, object]>([
    [
      'a new user',
      event('user.created', { attributes: ['userName'] }, { after }),
      'create:full',
      {
        data: {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
          ...after,
          meta: { resourceType: 'User', ...META },
        },
      },
    ],
    [
      'a new group',
      event('group.created', { attributes: ['displayName'] }, { after: group }),
      'create:full',
      {
        data: {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
          ...group,
          meta: { resourceType: 'Group', ...META },
        },
      },
    ],
    [
      'a renamed group that has lost a value',
      event('group.changed', { attributes: ['displayName', 'externalId'] }, { after: group }),
      'patch:full',
      {
        data: {
          ...patchOp,
          Operations: [
            { op: 'replace', path: 'displayName', value: 'Admins' },
            { op: 'remove', path: 'externalId' },
          ],
        },
      },
    ],
    [
      'new members',
      event('group.membersAdded', { userIds: ['u', 'v'] }),
      'patch:full',
      {
        data: {
          ...patchOp,
          Operations: [
            {
              op: 'add',
              path: 'members',
              value: [
                { value: 'u', $ref: '/Users/u' },
                { value: 'v', $ref: '/Users/v' },
              ],
            },
          ],
        },
      },
    ],
    [
      'former members',
      event('group.membersRemoved', { userIds: ['u'] }),
      'patch:full',
      { data: { ...patchOp, Operations: [{ op: 'remove', path: 'members[value eq "u"]' }] } },
    ],
    ['a deletion', event('user.deleted', {}, { before: after }), 'delete', {}],
    // The resource was too large, or was not recorded.
    [
      'a change without the resource',
      event('user.changed', { attributes: ['title'] }),
      'put:notice',
      { attributes: ['title'] },
    ],
  ])('%s in the full form', (_, change, name, payload) => {
    expect(scimEventOf(change, 'full')?.events).toEqual({ [PREFIX + name]: payload });
  });

  it('only the full form has the externalId, also of a deleted resource', () => {
    const deleted = event('user.deleted', {}, { before: after });
    expect(scimEventOf(deleted, 'notice')?.subject).toEqual({ format: 'scim', uri: '/Users/x' });
    expect(scimEventOf(deleted, 'full')?.subject).toMatchObject({ externalId: 'e-1' });
  });

  it('an attribute of an extension has its value', () => {
    const change = event(
      'group.changed',
      { attributes: [`${ENTERPRISE}:department`] },
      { after: { [ENTERPRISE]: { department: 'b' } } },
    );
    expect(JSON.stringify(scimEventOf(change, 'full'))).toContain('"value":"b"');
  });

  it('other types are not sent', () => {
    const others = EVENT_TYPES.filter((type) => !hasScimEvent(type));
    expect(others.every((type) => /^(license|email|domain|connection)\./.test(type))).toBe(true);
    expect(others.map((type) => scimEventOf(event(type, {}), 'full'))).toEqual(others.map(() => undefined));
  });
});

const ids = fc.array(fc.uuid(), { minLength: 1, maxLength: 5 });
const name = fc.constantFrom('userName', 'title', 'emails', `${ENTERPRISE}:department`);
const stored = fc.option(
  fc.record({ id: fc.uuid(), userName: fc.string(), externalId: fc.string() }, { requiredKeys: ['id'] }),
  { nil: undefined },
);

it('every event of users and groups is valid, names an advertised URI, and has paths of PATCH', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...EVENT_TYPES.filter(hasScimEvent)),
      fc.constantFrom('notice' as const, 'full' as const),
      fc.record({ attributes: fc.uniqueArray(name, { minLength: 1 }), userIds: ids }),
      fc.record({ before: stored, after: stored }),
      (type, form, data, resources) => {
        const described = scimEventOf(event(type, data, resources), form);
        const claims = { iss: 'i', iat: 1, jti: 'j', sub_id: described?.subject, events: described?.events };
        expect(isValid(JSON.parse(JSON.stringify(claims)))).toBe(true);
        for (const [uri, { attributes = [], data: full }] of Object.entries<Payload>(
          described?.events ?? {},
        )) {
          expect(SCIM_EVENT_URIS).toContain(uri);
          const paths = [...attributes, ...(full?.Operations ?? []).map(({ path }) => path)];
          for (const path of paths) expect(() => parsePatchPath(path)).not.toThrow();
        }
      },
    ),
  );
});

interface Payload {
  readonly attributes?: readonly string[];
  readonly data?: { readonly Operations?: readonly { readonly path: string }[] };
}
