import { GROUP_SCHEMA, PATCH_OP, USER_SCHEMA } from '../../shared/scim/urns';
import { filterText, type Value } from './filter';
import type { GroupChange, IfMatchChoice, MemberInput, Operation, Ordinal, UserChange } from './operations';

/** The request of a client. `path` is relative to the base URL. */
export interface ClientRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body?: object;
}

/** The IDs and current ETags that the client knows from earlier responses. */
export interface ClientState {
  readonly idOf: (type: 'Users' | 'Groups', at: Ordinal) => string;
  readonly etagOf: (type: 'Users' | 'Groups', at: Ordinal) => string;
}

/** Returns the request of an operation. */
export function toRequest(operation: Operation, known: ClientState): ClientRequest {
  const { type } = operation;
  const query: Record<string, string> = {};
  if (operation.hide === 'memberships') query.excludedAttributes = type === 'Users' ? 'groups' : 'members';
  if (operation.hide === 'allButName') query.attributes = type === 'Users' ? 'userName' : 'displayName';
  if (operation.do === 'LIST') {
    const { filter, startIndex, count } = operation;
    const idOf = (value: Value) =>
      typeof value === 'object' ? known.idOf(value.type === 'user' ? 'Users' : 'Groups', value.at) : value;
    if (filter) query.filter = filterText(filter, idOf);
    if (startIndex !== undefined) query.startIndex = String(startIndex);
    if (count !== undefined) query.count = String(count);
    return { method: 'GET', path: `/${type}`, query, headers: {} };
  }
  const body = toBody(operation, known);
  const request = { method: operation.do, query, ...(body && { body }) };
  if (operation.do === 'POST') return { ...request, path: `/${type}`, headers: {} };
  const { at, match } = operation;
  const headers: Record<string, string> = match ? { 'if-match': etagFor(match, known.etagOf(type, at)) } : {};
  return {
    ...request,
    path: `/${type}/${known.idOf(type, at)}`,
    headers,
  };
}

const etagFor = (match: IfMatchChoice, right: string): string =>
  ({ right, wrong: 'W/"999"', '*': '*' })[match];

function toBody(operation: Exclude<Operation, { do: 'LIST' }>, known: ClientState): object | undefined {
  switch (operation.do) {
    case 'PATCH': {
      const Operations =
        operation.type === 'Users'
          ? operation.changes.map((change) => userPatch(change, known))
          : operation.changes.map((change) => groupPatch(change, known));
      return { schemas: [PATCH_OP], Operations };
    }
    case 'POST':
    case 'PUT': {
      if (operation.type === 'Users') {
        const { groups, ...attributes } = operation.body;
        return {
          schemas: [USER_SCHEMA],
          ...attributes,
          ...(groups && { groups: groupValues(groups, known) }),
        };
      }
      const { members, ...attributes } = operation.body;
      return {
        schemas: [GROUP_SCHEMA],
        ...attributes,
        ...(members && { members: memberValues(members, known) }),
      };
    }
    default:
      return undefined;
  }
}

function userPatch(change: UserChange, known: ClientState): object {
  switch (change.kind) {
    case 'emails':
      return { op: 'Replace', path: 'emails', value: change.emails };
    case 'workEmail':
      return { op: 'replace', path: 'emails[type eq "work"].value', value: change.value };
    case 'groups':
      return change.op === 'removeAll'
        ? { op: 'remove', path: 'groups' }
        : { op: change.op, path: 'groups', value: groupValues(change.groups, known) };
    default:
      return simplePatch(change);
  }
}

function groupPatch(change: GroupChange, known: ClientState): object {
  if (change.kind !== 'members') return simplePatch(change);
  const { op, form, members } = change;
  if (op === 'removeAll') return { op: 'Remove', path: 'members' };
  if (op === 'remove' && form === 'selected') {
    const terms = members.map(({ user }) => `value eq "${known.idOf('Users', user)}"`);
    return { op, path: `members[${terms.join(' or ')}]` };
  }
  const value = memberValues(members, known);
  return op !== 'remove' && form === 'pathless'
    ? { op, value: { members: value } }
    : { op, path: 'members', value };
}

function simplePatch(change: Exclude<UserChange, { kind: 'emails' | 'workEmail' | 'groups' }>): object {
  if (change.kind === 'unset') return { op: 'remove', path: change.attribute };
  const { attribute, value, pathless } = change;
  return pathless
    ? { op: 'replace', value: { [attribute]: value } }
    : { op: 'Replace', path: attribute, value };
}

const groupValues = (groups: readonly Ordinal[], known: ClientState): object[] =>
  groups.map((at) => ({ value: known.idOf('Groups', at) }));

const memberValues = (members: readonly MemberInput[], known: ClientState): unknown[] =>
  members.map(({ user, form, display }) => {
    const value = known.idOf('Users', user);
    return form === 'text' ? value : { value, ...(display && { display }) };
  });
