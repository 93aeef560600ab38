import document from '../../../docs/admin-api.openapi.json';
import { session } from '../system/system';
import type { Draw } from './draw';
import type { FuzzRequest } from './fuzz-request';
import { bodyOf, encoded } from './scim-requests';
import type { AdminRole, World } from './world';

interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly queries: readonly string[];
  readonly body?: JsonSchema;
}

interface OperationObject {
  readonly parameters?: readonly { readonly in?: string; readonly name?: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
}

/** The operations of the admin API, without those that would end the run: they take the domain away. */
const OPERATIONS: readonly Operation[] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item as Readonly<Record<string, unknown>>)
    .filter(([method]) => method !== 'parameters')
    .filter(([method]) => !(method === 'delete' && path === '/domains/{domainId}'))
    .map(([method, operation]) => {
      const { parameters = [], requestBody } = operation as OperationObject;
      const queries = parameters.flatMap((each) => (each.in === 'query' && each.name ? [each.name] : []));
      const body = requestBody?.content['application/json']?.schema;
      return { method: method.toUpperCase(), path, queries, ...(body && { body }) };
    }),
);

const OF_SUBSCRIPTIONS = OPERATIONS.filter(({ path }) =>
  path.startsWith('/domains/{domainId}/subscriptions/'),
);
const OF_SETUP_LINKS = OPERATIONS.filter(({ path }) => path.startsWith('/setup-links/'));

type Role = AdminRole | 'none';
const ROLES: readonly Role[] = ['owner', 'owner', 'owner', 'viewer', 'operator', 'setup', 'none'];

/** Draws a request to the admin API, by its document. */
export const adminRequest = (draw: Draw, world: World): FuzzRequest =>
  requestOf(draw, world, { kind: 'admin', operations: OPERATIONS, roles: ROLES });

/** Draws a request about a subscription: its secrets, deliveries, retries, replays, and dead letters. */
export const subscriptionRequest = (draw: Draw, world: World): FuzzRequest =>
  requestOf(draw, world, { kind: 'subscription', operations: OF_SUBSCRIPTIONS, roles: ROLES });

/**
 * Draws a request of somebody with a setup link: with the token of the browser, or with the secret and a
 * code.
 */
export const setupRequest = (draw: Draw, world: World): FuzzRequest =>
  draw.chance(0.7)
    ? requestOf(draw, world, { kind: 'setup', operations: OPERATIONS, roles: ['setup'] })
    : requestOf(draw, world, { kind: 'setup link', operations: OF_SETUP_LINKS, roles: ['none'] });

interface Drawn {
  readonly kind: string;
  readonly operations: readonly Operation[];
  readonly roles: readonly Role[];
}

function requestOf(draw: Draw, world: World, { kind, operations, roles }: Drawn): FuzzRequest {
  const { method, path, queries, body: schema } = draw.oneOf(operations);
  const role = draw.oneOf(roles);
  const body = schema && bodyOf(draw, world, fromSchema(draw, world, schema));
  const used = queries.filter(() => draw.chance(0.3));
  const text = used.map((name) => `${name}=${encoded(queryValue(draw, world, name))}`).join('&');
  return {
    about: `${kind} ${method} ${path}`,
    method,
    url: session().adminUrl + fillPath(draw, world, path) + (text === '' ? '' : `?${text}`),
    headers: {
      ...(role !== 'none' && { authorization: `Bearer ${world.adminTokens[role]}` }),
      ...(body !== undefined && { 'content-type': draw.chance(0.95) ? 'application/json' : 'text/plain' }),
      ...(draw.chance(0.1) && { 'if-match': draw.oneOf(['*', '"x"', 'W/"1"', '1']) }),
    },
    ...(body !== undefined && { body }),
    isOperator: role === 'operator',
  };
}

const fillPath = (draw: Draw, world: World, path: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const known: readonly string[] = (world.ids as Readonly<Record<string, readonly string[]>>)[name] ?? [];
    const id =
      draw.chance(0.8) && known.length > 0
        ? draw.oneOf(known)
        : draw.oneOf([...world.ids.foreign, ...world.ids.odd]);
    return encoded(id);
  });

const queryValue = (draw: Draw, world: World, name: string): string =>
  draw.oneOf([
    ...(name === 'limit' ? ['1', '100', '0', '-1', '1e3', 'x'] : []),
    ...(name === 'from' || name === 'to' || name === 'since' ? ['2026-01-01T00:00:00Z', 'yesterday'] : []),
    ...(name === 'cursor' || name === 'after' ? ['0', '1', '-1', '9999999999', 'eyJ4IjoxfQ'] : []),
    ...['', 'a', world.mark, world.ids.userId[0] ?? '', '\u0000', 'x'.repeat(3_000)],
  ]);

/** Draws a value that mostly fits a schema of the document. */
function fromSchema(draw: Draw, world: World, schema: JsonSchema): unknown {
  if (schema.$ref) return fromSchema(draw, world, resolve(schema.$ref));
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return draw.oneOf(schema.enum);
  if (schema.oneOf) return fromSchema(draw, world, draw.oneOf(schema.oneOf));
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['object']);
  const type = draw.oneOf(types);
  const { minimum = 0, maximum = 1_000, properties = {}, required = [], items = {} } = schema;
  if (type === 'object')
    return Object.fromEntries(
      Object.entries(properties)
        .filter(([name]) => required.includes(name) || draw.chance(0.5))
        .map(([name, value]) => [name, knownValue(draw, world, name) ?? fromSchema(draw, world, value)]),
    );
  if (type === 'array')
    return Array.from({ length: draw.integer(0, 3) }, () => fromSchema(draw, world, items));
  if (type === 'integer' || type === 'number')
    return draw.oneOf([
      minimum,
      maximum,
      minimum - 1,
      maximum + 1,
      draw.integer(minimum, Math.min(maximum, 1e6)),
    ]);
  if (type === 'boolean') return draw.chance(0.5);
  if (type === 'null') return null;
  return text(draw, world, schema);
}

/** Returns an ID, a secret, a code, or the IDs of tokens that a member with this name could have. */
function knownValue(draw: Draw, { ids, values }: World, name: string): unknown {
  if (name === 'ack') return draw.chance(0.7) ? values.ack.slice(0, 2) : undefined;
  const known: Readonly<Record<string, readonly string[]>> = { ...ids, ...values };
  const candidates = known[name] ?? [];
  return candidates.length > 0 && draw.chance(0.7) ? draw.oneOf(candidates) : undefined;
}

function text(draw: Draw, world: World, { format }: JsonSchema): string {
  if (format === 'date-time')
    return draw.oneOf(['2036-01-01T00:00:00Z', '2020-01-01T00:00:00Z', '2036-13-01']);
  if (format === 'uri')
    return draw.oneOf(['https://idp.example.com/keys', 'http://169.254.169.254/', 'https://[::1]/', 'x']);
  return draw.oneOf([
    ...[`${world.mark}@example.com`, `Name ${world.mark}`, 'https://hooks.example.com/x', 'userName', 'work'],
    ...[...world.ids.userId, ...world.ids.groupId, ...world.ids.foreign, ...world.ids.odd],
  ]);
}

const resolve = (reference: string): JsonSchema =>
  (document.components.schemas as unknown as Readonly<Record<string, JsonSchema>>)[
    reference.replace('#/components/schemas/', '')
  ] ?? {};
