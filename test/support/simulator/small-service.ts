import { randomUUID } from 'node:crypto';
import { sendJson, listen, type Listening } from '../../../local/host/http';

/** The mistakes that the service can make. Each one was seen in a real service. */
export interface Faults {
  /** A search without a result returns 404. */
  readonly notFoundForNoResult?: boolean;
  /** A filter is ignored, so a search returns everybody. */
  readonly ignoresFilter?: boolean;
  /** A change of `active` is accepted and not stored. */
  readonly keepsActive?: boolean;
  /** "False" is stored as text, which is true. */
  readonly storesActiveAsText?: boolean;
  /** A removal with a list of members empties the group. */
  readonly emptiesGroup?: boolean;
  /** A second user with the same name is created. */
  readonly allowsDuplicates?: boolean;
  /** The search does not show inactive users. */
  readonly hidesInactive?: boolean;
  /** A response to a creation has no id. */
  readonly omitsId?: boolean;
  /** The connection breaks off after the headers of the response to a creation. */
  readonly breaksOffCreations?: boolean;
  /** Every PATCH is refused with 501. */
  readonly refusesPatch?: boolean;
  /** Returns whether an `Authorization` header is accepted. Others get 401. @default - all are accepted */
  readonly accepts?: (authorization: string | undefined) => boolean;
  /** The response to each request, whatever it is. */
  readonly always?: {
    readonly status: number;
    readonly type?: string;
    readonly body?: string;
    readonly location?: string;
  };
}

interface Stored {
  id: string;
  [name: string]: unknown;
}

interface Operation {
  readonly op: string;
  readonly path?: string;
  readonly value?: unknown;
}

type Values = Record<string, unknown>;

export interface SmallService extends Listening {
  /** The users and groups that exist. */
  readonly resources: Readonly<Record<'Users' | 'Groups', Map<string, Stored>>>;
}

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** Starts a SCIM service that supports only what the simulator sends, and that makes some mistakes. */
export async function serveSmallService(faults: Faults = {}): Promise<SmallService> {
  const resources = { Users: new Map<string, Stored>(), Groups: new Map<string, Stored>() };
  const server = await listen(async (request, response) => {
    const { always } = faults;
    const text = Buffer.concat(await request.toArray()).toString();
    if (always) {
      const headers = {
        'content-type': always.type ?? 'text/html',
        ...(always.location && { location: always.location }),
      };
      return void response.writeHead(always.status, headers).end(always.body ?? '');
    }
    if (faults.accepts?.(request.headers.authorization) === false)
      return sendJson(response, 401, { detail: 'The credential is not accepted.' });
    const url = new URL((request.url ?? '').replace(/^\/+/, '/'), 'http://small');
    const [, kind = '', id] = url.pathname.split('/');
    if (kind === 'ServiceProviderConfig') return sendJson(response, 200, { patch: { supported: true } });
    const store = resources[kind as 'Users' | 'Groups'];
    const body = (text === '' ? {} : JSON.parse(text)) as Values;
    const name = kind === 'Users' ? 'userName' : 'displayName';
    const same = (attribute: string, value: unknown) => (each: Stored) =>
      String(each[attribute]).toLowerCase() === String(value).toLowerCase();
    const respond = (status: number, stored: Stored) =>
      sendJson(response, status, faults.omitsId && status === 201 ? { ...stored, id: undefined } : stored);
    if (request.method === 'POST') {
      if (!faults.allowsDuplicates && [...store.values()].some(same(name, body[name])))
        return sendJson(response, 409, { detail: 'The name is taken.' });
      const stored = { ...body, id: randomUUID(), ...(kind === 'Users' && { active: true }) };
      store.set(stored.id, stored);
      if (faults.breaksOffCreations)
        return void response
          .writeHead(201, { 'content-type': 'application/scim+json', 'content-length': 100 })
          .write('{', () => response.destroy());
      return respond(201, stored);
    }
    if (id === undefined) {
      const filter = /^(\w+) (eq|sw) "(.*)"$/.exec(url.searchParams.get('filter') ?? '');
      const [, attribute = '', operator, value = ''] = filter ?? [];
      const found = [...store.values()].filter((each) =>
        !filter || faults.ignoresFilter
          ? true
          : operator === 'eq'
            ? same(attribute, value)(each) && !(faults.hidesInactive && each.active === false)
            : String(each[attribute]).startsWith(value),
      );
      if (found.length === 0 && faults.notFoundForNoResult)
        return sendJson(response, 404, { detail: 'Nothing.' });
      return sendJson(response, 200, { schemas: [LIST], totalResults: found.length, Resources: found });
    }
    const stored = store.get(id);
    if (!stored) return sendJson(response, 404, { detail: 'It does not exist.' });
    switch (request.method) {
      case 'DELETE':
        store.delete(id);
        return void response.writeHead(204).end();
      case 'PUT':
        assign(stored, body, faults);
        return respond(200, stored);
      case 'PATCH':
        if (faults.refusesPatch) return sendJson(response, 501, { detail: 'PATCH is not implemented.' });
        for (const operation of body.Operations as Operation[]) apply(stored, operation, faults);
        return respond(200, stored);
      default:
        return respond(200, stored);
    }
  }, 0);
  return { ...server, resources };
}

function assign(stored: Stored, values: Values, faults: Faults): void {
  for (const [name, value] of Object.entries(values)) {
    if (name === 'id') continue;
    if (name !== 'active') setAt(stored, pathOf(name), value);
    else if (faults.storesActiveAsText) stored.active = value;
    else if (!faults.keepsActive) stored.active = value === true || /^true$/i.test(String(value));
  }
}

function apply(stored: Stored, { op, path = '', value }: Operation, faults: Faults): void {
  const parsed = typeof value === 'string' && value.startsWith('{') ? (JSON.parse(value) as unknown) : value;
  if (path.startsWith('members')) return applyMembers(stored, op.toLowerCase(), path, value, faults);
  assign(stored, path === '' ? (parsed as Values) : { [path]: parsed }, faults);
}

function applyMembers(stored: Stored, op: string, path: string, value: unknown, faults: Faults): void {
  const members = (stored.members ?? []) as { value: string }[];
  const named = ((value ?? []) as { value: string }[]).map((each) => each.value);
  const selected = /value eq "([^"]+)"\]$/.exec(path)?.[1];
  if (op === 'replace') stored.members = value;
  else if (op === 'add')
    stored.members = [...members.filter((each) => !named.includes(each.value)), ...(value as object[])];
  else
    stored.members = members.filter(
      (each) =>
        each.value !== selected && !named.includes(each.value) && !(faults.emptiesGroup && named.length > 0),
    );
}

/** Splits the paths that the simulator sends. A value path is its attribute with the type that it selects. */
function pathOf(path: string): string[] {
  const urn = /^(urn:.*:User):(\w+)$/.exec(path);
  if (urn) return urn.slice(1);
  const typed = /^(\w+)\[type eq "(\w+)"\]\.(\w+)$/.exec(path);
  return typed ? typed.slice(1) : path.startsWith('urn:') ? [path] : path.split('.');
}

function setAt(stored: Values, [first = '', second, third]: readonly string[], value: unknown): void {
  if (third !== undefined) stored[first] = [{ type: second, [third]: value }];
  else if (second === undefined) stored[first] = value;
  else stored[first] = { ...(stored[first] as Values | undefined), [second]: value };
}
