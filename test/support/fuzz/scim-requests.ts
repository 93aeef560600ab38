import { BULK_REQUEST, SEARCH_REQUEST } from '../../../shared/scim/urns';
import { session } from '../system/system';
import type { Draw } from './draw';
import type { FuzzRequest } from './fuzz-request';
import { mutate } from './mutate';
import { attributePath, filter, patch, resource } from './scim-values';
import type { World } from './world';

type Kind = 'Users' | 'Groups';

const OTHER_PATHS = [
  'ServiceProviderConfig',
  'Schemas',
  'ResourceTypes',
  'Roles',
  'Entitlements',
  'Licenses',
  'Me',
];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const MEDIA_TYPES = [
  'application/json',
  'text/plain',
  'application/xml',
  'application/scim+json; charset=latin1',
  '',
];

/** Draws a request of an identity provider. */
export function scimRequest(draw: Draw, world: World): FuzzRequest {
  const kind = draw.oneOf<Kind>(['Users', 'Users', 'Groups']);
  const target = draw.oneOf([idPath, idPath, listPath, searchPath, bulkPath, otherPath])(draw, world, kind);
  const method = draw.chance(0.85) ? draw.oneOf(target.methods) : draw.oneOf(METHODS);
  const body = method === 'GET' || method === 'HEAD' ? undefined : bodyOf(draw, world, target.body(method));
  return {
    about: `SCIM ${method} /${target.about}`,
    method,
    url: `${session().baseUrl}/${target.path}${query(draw, world, kind)}`,
    headers: headers(draw, world, body !== undefined),
    ...(body !== undefined && { body }),
  };
}

interface Target {
  readonly about: string;
  readonly path: string;
  readonly methods: readonly string[];
  readonly body: (method: string) => unknown;
}

function idPath(draw: Draw, world: World, kind: Kind): Target {
  const ids = kind === 'Users' ? world.ids.userId : world.ids.groupId;
  return {
    about: `${kind}/{id}`,
    path: `${kind}/${encoded(draw.oneOf([...ids, ...world.ids.foreign, ...world.ids.odd]))}`,
    methods: ['GET', 'PUT', 'PATCH', 'PATCH', 'DELETE'],
    body: (method) => (method === 'PATCH' ? patch(draw, world, kind) : resource(draw, world, kind)),
  };
}

const listPath = (draw: Draw, world: World, kind: Kind): Target => ({
  about: kind,
  path: kind,
  methods: ['GET', 'POST'],
  body: () => resource(draw, world, kind),
});

const searchPath = (draw: Draw, world: World, kind: Kind): Target => ({
  about: '.search',
  path: draw.oneOf([`${kind}/.search`, '.search']),
  methods: ['POST'],
  body: () => ({
    schemas: [SEARCH_REQUEST],
    filter: filter(draw, world, kind),
    ...(draw.chance(0.5) && { attributes: [attributePath(draw, kind)] }),
    ...(draw.chance(0.3) && { sortBy: attributePath(draw, kind), sortOrder: 'descending' }),
    ...(draw.chance(0.3) && { startIndex: draw.integer(-1, 5), count: draw.integer(-1, 300) }),
  }),
});

const bulkPath = (draw: Draw, world: World, kind: Kind): Target => ({
  about: 'Bulk',
  path: 'Bulk',
  methods: ['POST'],
  body: () => ({
    schemas: [BULK_REQUEST],
    ...(draw.chance(0.3) && { failOnErrors: draw.integer(-1, 3) }),
    Operations: Array.from({ length: draw.integer(0, 4) }, (_, at) => {
      const method = draw.oneOf(['POST', 'PUT', 'PATCH', 'DELETE', 'GET']);
      const id = draw.oneOf([...world.ids.userId, ...world.ids.foreign, `bulkId:b${draw.integer(0, 4)}`]);
      const data = method === 'PATCH' ? patch(draw, world, kind) : resource(draw, world, kind);
      return { method, path: method === 'POST' ? `/${kind}` : `/${kind}/${id}`, bulkId: `b${at}`, data };
    }),
  }),
});

function otherPath(draw: Draw, world: World): Target {
  const path = draw.oneOf(OTHER_PATHS);
  return {
    about: path,
    path: draw.oneOf([path, path.toLowerCase(), `${path}/`, `${path}/${encoded(draw.oneOf(world.ids.odd))}`]),
    methods: ['GET'],
    body: () => ({}),
  };
}

function query(draw: Draw, world: World, kind: Kind): string {
  if (draw.chance(0.5)) return '';
  const values: readonly (readonly [string, () => string])[] = [
    ['filter', () => filter(draw, world, kind)],
    ['attributes', () => `${attributePath(draw, kind)},${attributePath(draw, kind)}`],
    ['excludedAttributes', () => attributePath(draw, kind)],
    ['sortBy', () => attributePath(draw, kind)],
    ['sortOrder', () => draw.oneOf(['ascending', 'descending', 'up'])],
    ['startIndex', () => draw.oneOf(['1', '0', '-1', '2', '99999999999999999999', 'x', ''])],
    ['count', () => draw.oneOf(['0', '1', '100', '-1', '1000000', '1.5', ''])],
    ['cursor', () => draw.oneOf(['', 'x', 'AAAA', world.mark])],
    [draw.oneOf(['Filter', 'COUNT', 'unknown', '']), () => draw.oneOf(world.ids.odd)],
  ];
  const chosen = values.filter(() => draw.chance(0.25));
  return `?${chosen.map(([name, value]) => `${name}=${encoded(value())}`).join('&')}`;
}

/** Returns a value for a query. A lone surrogate has no UTF-8 form. */
export const encoded = (value: string): string => encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, ''));

/** Returns a document as text, sometimes changed, and sometimes no longer JSON. */
export function bodyOf(draw: Draw, { mark }: World, document: unknown): string {
  const text = JSON.stringify(draw.chance(0.3) ? document : mutate(draw, document, mark)) ?? '';
  if (draw.chance(0.93)) return text;
  const broken = [
    text.slice(0, -1),
    `${text},`,
    '',
    'null',
    '[]',
    '"x"',
    text.replace(/"/, "'"),
    `\ufeff${text}`,
  ];
  return draw.oneOf([...broken, text.replace('{', '{"id":1,"id":2,'), '{"a":1e400}', '{"a":-}']);
}

function headers(draw: Draw, { scimKey, mark, foreign }: World, hasBody: boolean): Record<string, string> {
  const token = draw.chance(0.95) ? scimKey : draw.oneOf(['', 'x', `${scimKey}x`, foreign.revokedKey]);
  const mediaType = draw.chance(0.9) ? 'application/scim+json' : draw.oneOf(MEDIA_TYPES);
  return {
    authorization: draw.chance(0.97) ? `Bearer ${token}` : draw.oneOf([token, 'Basic eDp5', 'Bearer']),
    ...(hasBody && mediaType !== '' && { 'content-type': mediaType }),
    ...(draw.chance(0.15) && { 'if-match': draw.oneOf(['*', 'W/"1"', '"x"', mark, 'W/"1", W/"2"']) }),
    ...(draw.chance(0.1) && { 'if-none-match': draw.oneOf(['*', 'W/"1"', 'x']) }),
    ...(draw.chance(0.1) && { accept: draw.oneOf(['application/json', 'text/html', '*/*;q=0', 'x']) }),
    ...(draw.chance(0.05) && { prefer: draw.oneOf(['return=minimal', 'respond-async', 'x']) }),
  };
}
