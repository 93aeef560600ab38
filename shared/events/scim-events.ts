import type { ChangeEvent, EventResource } from './event';
import type { EventType } from './event-types';

const PROVISIONING = 'urn:ietf:params:scim:event:prov:';
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/**
 * The events of RFC 9967 §7.4 that the service sends. A feed contains all users and groups of its scope, so
 * none ever joins or leaves it (`feed:add`, `feed:remove`), and no request is completed later
 * (`misc:asyncresp`).
 */
export const SCIM_EVENT_URIS: readonly string[] = [
  ...['create', 'patch', 'put'].flatMap((name) => ['notice', 'full'].map((form) => `${name}:${form}`)),
  ...['delete', 'activate', 'deactivate'],
].map((name) => PROVISIONING + name);

/** The subject of a SET: a resource of SCIM (RFC 9967 §2.1). */
export interface ScimSubject {
  readonly format: 'scim';
  /** The path of the resource below the base URL. */
  readonly uri: string;
  /** Only in the full form, because it may be personal. */
  readonly externalId?: string;
}

/** An event as RFC 9967 describes it. */
export interface ScimEvent {
  readonly subject: ScimSubject;
  /** The payloads by URI. */
  readonly events: Readonly<Record<string, object>>;
}

/** Whether an event says what has changed (`notice`), or also contains the data (`full`). */
type Form = 'notice' | 'full';

/** An operation of a SCIM PATCH (RFC 7644 §3.5.2). */
interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
}

/** Returns the payload of a creation or a change. Without data, it is a notice, whatever was asked for. */
const payload = (
  name: 'create' | 'put' | 'patch',
  attributes: readonly string[],
  data: object | undefined,
): ScimEvent['events'] =>
  data
    ? { [`${PROVISIONING}${name}:full`]: { data } }
    : { [`${PROVISIONING}${name}:notice`]: { attributes } };

/** Returns the payload of an event that has none (RFC 9967 §2.4.4 to §2.4.6). */
const bare = (name: 'delete' | 'activate' | 'deactivate'): ScimEvent['events'] => ({
  [PROVISIONING + name]: {},
});

type Describe<T extends EventType> = (
  event: Extract<ChangeEvent, { readonly type: T }>,
  form: Form,
) => ScimEvent['events'];

/**
 * How each type of event is described. The stream does not tell a PUT from a PATCH. `put` is for users,
 * because the event has the whole user, and `patch` for groups, because it does not have the members. The
 * types that are absent have no equivalent in SCIM.
 */
const DESCRIPTIONS: { readonly [T in EventType]?: Describe<T> } = {
  'user.created': ({ data: { attributes }, after }, form) =>
    payload('create', ['id', ...attributes], form === 'full' ? resource('User', after) : undefined),
  'user.changed': ({ data: { attributes }, after }, form) =>
    payload('put', attributes, form === 'full' ? resource('User', after) : undefined),
  'user.deactivated': () => bare('deactivate'),
  'user.reactivated': () => bare('activate'),
  'user.deleted': () => bare('delete'),
  'group.created': ({ data: { attributes }, after }, form) =>
    payload('create', ['id', ...attributes], form === 'full' ? resource('Group', after) : undefined),
  'group.changed': ({ data: { attributes }, after }, form) =>
    payload(
      'patch',
      attributes,
      form === 'full' && after ? patch(attributes.map((path) => changeOf(after, path))) : undefined,
    ),
  'group.membersAdded': ({ data: { userIds } }, form) => {
    const value = userIds.map((id) => ({ value: id, $ref: `/Users/${id}` }));
    return members(form, [{ op: 'add', path: 'members', value }]);
  },
  'group.membersRemoved': ({ data: { userIds } }, form) =>
    members(
      form,
      userIds.map((id) => ({ op: 'remove', path: `members[value eq "${id}"]` })),
    ),
  'group.deleted': () => bare('delete'),
};

const members = (form: Form, operations: readonly PatchOperation[]): ScimEvent['events'] =>
  payload('patch', ['members'], form === 'full' ? patch(operations) : undefined);

/** Returns whether events of a type are sent as SETs. */
export const hasScimEvent = (type: EventType): boolean => Object.hasOwn(DESCRIPTIONS, type);

/** Returns what RFC 9967 calls an event; undefined if SCIM has nothing like it. */
export function scimEventOf(event: ChangeEvent, form: Form): ScimEvent | undefined {
  const describe = DESCRIPTIONS[event.type] as Describe<EventType> | undefined;
  if (!describe) return undefined;
  const { subject, before, after } = event;
  const externalId = form === 'full' ? (after ?? before)?.externalId : undefined;
  return {
    subject: {
      format: 'scim',
      uri: `/${subject.type === 'user' ? 'Users' : 'Groups'}/${subject.id}`,
      ...(typeof externalId === 'string' && { externalId }),
    },
    events: describe(event, form),
  };
}

/**
 * Returns a resource in the form of SCIM, without what another resource owns: the members, and the groups.
 */
function resource(resourceType: 'User' | 'Group', stored: EventResource | undefined): object | undefined {
  if (!stored) return undefined;
  const { meta, ...attributes } = stored;
  const extensions = Object.keys(attributes).filter((name) => name.startsWith('urn:'));
  return {
    schemas: [CORE + resourceType, ...extensions],
    ...attributes,
    meta: { resourceType, ...(meta as object | undefined) },
  };
}

const patch = (operations: readonly PatchOperation[]): object => ({
  schemas: [PATCH_OP],
  Operations: operations,
});

/** Returns the operation that gives an attribute the value that it has in a resource. */
function changeOf(resource: EventResource, path: string): PatchOperation {
  const value = valueAt(resource, path);
  return value === undefined ? { op: 'remove', path } : { op: 'replace', path, value };
}

/** Returns the value of an attribute. The name of one of an extension follows its URN. */
function valueAt(resource: EventResource, path: string): unknown {
  if (!path.startsWith('urn:')) return resource[path];
  const end = path.lastIndexOf(':');
  return (resource[path.slice(0, end)] as EventResource | undefined)?.[path.slice(end + 1)];
}
