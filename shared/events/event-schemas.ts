import { EVENT_SCHEMA_VERSION } from './event';
import { EVENT_TYPES, SUBJECT_TYPES, type EventType } from './event-types';

/** A JSON schema (draft 2020-12), or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A type of events, as the admin API and docs/events.md describe it. */
export interface EventTypeDescription {
  readonly type: EventType;
  readonly schemaVersion: number;
  readonly description: string;
  /** The JSON schema of its events. Unknown members may be added in the same version. */
  readonly schema: JsonSchema;
}

const text: JsonSchema = { type: 'string' };
const id = (description: string): JsonSchema => ({ type: 'string', description });
const time: JsonSchema = { type: 'string', format: 'date-time' };
const flag: JsonSchema = { type: 'boolean' };
const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const oneOf = (...names: readonly string[]): JsonSchema => ({ type: 'string', enum: names });

const object = (properties: Record<string, JsonSchema>, optional: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});

const USER_ID = id('The id of the user');
const GROUP_ID = id('The id of the group');
const STATUS = oneOf('active', 'pending', 'inactive');
const ATTRIBUTES = listOf(text);
const user = object({ userId: USER_ID });
const members = object({ groupId: GROUP_ID, userIds: listOf(USER_ID) });
const domain = object({ domainId: id('The id of the domain') });
const connection = object({ connectionId: id('The id of the connection') });

const LICENSE = {
  userId: USER_ID,
  status: STATUS,
  previousStatus: STATUS,
  activationId: id('Identifies the license key: a new key has another one'),
  previousActivationId: id('Identifies the key that is no longer valid'),
  userType: text,
  organizations: listOf(object({ organization: text, role: text }, ['role'])),
  reason: text,
};
const OPTIONAL_OF_LICENSE = ['previousStatus', 'activationId', 'previousActivationId', 'reason'];
const license = object(LICENSE, OPTIONAL_OF_LICENSE);

/** The description and the data of each type. */
const TYPES: Readonly<Record<EventType, readonly [description: string, data: JsonSchema]>> = {
  'user.created': ['A user was created.', object({ userId: USER_ID, active: flag, attributes: ATTRIBUTES })],
  'user.changed': [
    'Attributes of a user changed, other than `active` and the groups.',
    object({ userId: USER_ID, attributes: ATTRIBUTES }),
  ],
  'user.deactivated': ['A user is no longer active.', user],
  'user.reactivated': ['A user who was not active is active.', user],
  'user.deleted': ['A user was deleted.', user],
  'group.created': ['A group was created.', object({ groupId: GROUP_ID, attributes: ATTRIBUTES })],
  'group.changed': [
    'Attributes of a group changed, other than its members.',
    object({ groupId: GROUP_ID, attributes: ATTRIBUTES }),
  ],
  'group.deleted': ['A group was deleted, and with it all memberships.', object({ groupId: GROUP_ID })],
  'group.membersAdded': ['Users became members of a group.', members],
  'group.membersRemoved': ['Users are no longer members of a group.', members],
  'license.activated': ['A license became active.', license],
  'license.pending': ['A license waits for a free seat.', license],
  'license.changed': [
    'The user type or the organizations of a license changed.',
    object({ ...LICENSE, attributes: ATTRIBUTES }, OPTIONAL_OF_LICENSE),
  ],
  'license.keyReplaced': ['An active license has another key. The previous key is not valid.', license],
  'license.ended': ['A license is no longer active, or no longer waits for a seat.', license],
  'email.bounced': [
    'An email could not be delivered.',
    object(
      {
        emailId: id('The id of the email'),
        userId: id('The id of the user, of an email about a license'),
        credentialId: id('The id of the credential, of a reminder of its expiry'),
      },
      ['userId', 'credentialId'],
    ),
  ],
  'domain.created': ['A domain was created. Only subscriptions of the deployment get this event.', domain],
  'domain.switched': [
    'SCIM was enabled or disabled for a domain.',
    object({ domainId: id('The id of the domain'), scimAvailable: flag, scimEnabled: flag }),
  ],
  'domain.deleted': [
    'A domain was deleted. Only subscriptions of the deployment get this event. Events of its users, groups, and ' +
      'licenses follow as they are removed.',
    domain,
  ],
  'connection.created': ['A connection of an identity provider was created.', connection],
  'connection.revoked': ['A connection of an identity provider was revoked.', connection],
  'connection.expiring': [
    'A credential of a connection expires soon, or has expired.',
    object({
      connectionId: id('The id of the connection'),
      credentialId: id('The id of the credential'),
      expireTime: time,
    }),
  ],
};

/** Returns the JSON schema of the events of a type. */
const eventSchema = (type: EventType): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: type,
  description: TYPES[type][0],
  ...object(
    {
      id: { type: 'string', format: 'uuid', description: 'A UUIDv7. It is the same for each delivery' },
      type: { const: type },
      schemaVersion: { const: EVENT_SCHEMA_VERSION },
      time: { ...time, description: 'The time of the change' },
      domainId: id('The id of the domain'),
      subject: {
        ...object({ type: oneOf(...SUBJECT_TYPES), id: text }),
        description: 'What has changed. Events of one subject arrive in order',
      },
      sequence: {
        type: 'integer',
        minimum: 1,
        description: 'Counts the events of the subject in this feed, without gaps',
      },
      actor: {
        ...object({ kind: oneOf('scimKey', 'admin', 'system', 'unknown'), id: text, name: text }, [
          'id',
          'name',
        ]),
        description: 'Who made the change',
      },
      data: TYPES[type][1],
      before: {
        type: 'object',
        description: 'The resource before the change, if the subscription asks for it',
      },
      after: {
        type: 'object',
        description: 'The resource after the change, if the subscription asks for it',
      },
    },
    ['before', 'after'],
  ),
});

/** Returns the descriptions of all types. */
export const eventTypeDescriptions = (): EventTypeDescription[] =>
  EVENT_TYPES.map((type) => ({
    type,
    schemaVersion: EVENT_SCHEMA_VERSION,
    description: TYPES[type][0],
    schema: eventSchema(type),
  }));
