import type { HttpRequest } from '../bru-file';
import {
  type ExampleCase,
  forbiddenCredential,
  tooManyRequests,
  unchanged,
  withBody,
  withHeader,
  withMembers,
  withPath,
  withQuery,
  wrongCredential,
} from './example-case';

const WRONG_KEY = wrongCredential('Wrong key', 'scim_wrong');

const SCIM_DISABLED = forbiddenCredential(
  'SCIM is disabled',
  'SCIM is disabled for the domain of the key.',
  (_, { disabledKey }) => disabledKey,
);

const TOO_MANY_REQUESTS = tooManyRequests(
  'The rate plan of the domain is used up. Wait for as many seconds as Retry-After says.',
);

const UNKNOWN_ID: ExampleCase = {
  name: 'Unknown id',
  status: 404,
  when: 'before',
  show: withPath(/\/[^/]+$/, '/unknown'),
};

const OUTDATED_VERSION: ExampleCase = {
  name: 'Outdated version',
  status: 412,
  description: 'Somebody else has changed the resource since you read it.',
  when: 'before',
  show: withHeader('if-match', 'W/"0"'),
};

const BODY_IS_NO_JSON: ExampleCase = {
  name: 'Body that is not JSON',
  status: 400,
  when: 'before',
  show: withBody('{ "schemas": [ }'),
};

const INVALID_FILTER: ExampleCase = {
  name: 'Invalid filter',
  status: 400,
  when: 'before',
  show: withQuery('filter', 'id eq'),
};

const INVALID_SEARCH: ExampleCase = { ...INVALID_FILTER, show: withMembers({ filter: 'id eq' }) };

/** RFC 9865, section 2.1. */
const INVALID_CURSOR: ExampleCase = {
  name: 'Invalid cursor',
  status: 400,
  description: 'The cursor has expired, or it belongs to another list.',
  when: 'before',
  show: withQuery('cursor', 'wrong'),
};

const UNKNOWN_OPERATION: ExampleCase = {
  name: 'Unknown operation',
  status: 400,
  when: 'before',
  show: withMembers({ Operations: [{ op: 'rename', path: 'displayName', value: 'Ada' }] }),
};

const NO_OPERATIONS: ExampleCase = {
  name: 'No operations',
  status: 400,
  when: 'before',
  show: withMembers({ Operations: undefined }),
};

const NO_FREE_SEAT: ExampleCase = {
  name: 'No free seat',
  status: 403,
  description: 'All seats of the domain are taken, and its seat policy is to refuse.',
  when: 'before',
  show: unchanged,
  send: (request, { fullKey }) => withHeader('authorization', `Bearer ${fullKey}`)(request),
};

const DUPLICATE: ExampleCase = {
  name: 'Name is taken',
  status: 409,
  when: 'after',
  show: unchanged,
};

/** The two types of resources, with the values in which their cases differ. */
const TYPES = [
  {
    endpoint: 'Users',
    nameless: withMembers({ userName: '' }),
    taken: { userName: 'grace.{{run}}@example.com' },
    onCreate: [NO_FREE_SEAT],
  },
  {
    endpoint: 'Groups',
    nameless: withMembers({ displayName: '' }),
    // The recorder creates this group.
    taken: { displayName: 'Reviewers {{run}}' },
    onCreate: [],
  },
] as const;

const namelessCase = (show: ExampleCase['show']): ExampleCase => ({
  name: 'No name',
  status: 400,
  when: 'before',
  show,
});

const takenCase = (show: ExampleCase['show']): ExampleCase => ({ ...DUPLICATE, when: 'before', show });

const renaming = (value: object) => withMembers({ Operations: [{ op: 'replace', value }] });

const onEachType = TYPES.flatMap(({ endpoint, nameless, taken, onCreate }): [RegExp, ExampleCase[]][] => [
  [new RegExp(`^POST /${endpoint}$`), [namelessCase(nameless), BODY_IS_NO_JSON, ...onCreate, DUPLICATE]],
  [new RegExp(`^(GET|PUT|PATCH|DELETE) /${endpoint}/[^/]+$`), [UNKNOWN_ID]],
  [new RegExp(`^PUT /${endpoint}/[^/]+$`), [namelessCase(nameless), takenCase(withMembers(taken))]],
  [new RegExp(`^PATCH /${endpoint}/[^/]+$`), [UNKNOWN_OPERATION, takenCase(renaming(taken))]],
  [new RegExp(`^(PUT|PATCH|DELETE) /${endpoint}/[^/]+$`), [OUTDATED_VERSION]],
]);

/**
 * The usual errors of SCIM requests, from RFC 7644 (sections 3.3 to 3.7, 3.12, and 3.14), RFC 6750 (401), and
 * RFC 6585 (429). The pattern matches the method, and the path below the base URL.
 */
const SCIM_ERRORS: readonly (readonly [RegExp, readonly ExampleCase[]])[] = [
  [/^/, [WRONG_KEY, SCIM_DISABLED]],
  ...onEachType,
  [/^GET \/(Roles|Entitlements|Licenses)\/[^/]+$/, [UNKNOWN_ID]],
  [/^GET (\/Users|\/Groups|\/Roles|\/Entitlements|\/Licenses)?$/, [INVALID_FILTER]],
  [/^POST (\/Users|\/Groups)?\/\.search$/, [INVALID_SEARCH]],
  [/^POST \/Bulk$/, [NO_OPERATIONS, BODY_IS_NO_JSON]],
  [/^GET \/(Schemas|ResourceTypes)\/[^/]+$/, [UNKNOWN_ID]],
];

/** Returns the usual errors of a SCIM request. `path` is below the base URL, and has no query. */
export function scimErrors({ method, url }: HttpRequest, path: string): ExampleCase[] {
  const usual = SCIM_ERRORS.filter(([pattern]) => pattern.test(`${method} ${path}`));
  const ofCursor = /[?&]cursor=/.test(url) ? [INVALID_CURSOR] : [];
  return [...usual.flatMap(([, cases]) => cases), ...ofCursor, TOO_MANY_REQUESTS];
}
