import type { CollectionRequest } from '../collection-files';
import { adminErrors, withAdministrator } from './admin-errors';
import { type ExampleCase, unchanged, withBody, withHeader, withoutHeader, withPath } from './example-case';
import { scimErrors } from './scim-errors';

/** The APIs of the collection. The local mailbox is not part of the service, so it has no usual errors. */
export type Api = 'scim' | 'token' | 'admin' | 'license' | 'mailbox';

const API_OF_VARIABLE: Readonly<Record<string, Api>> = {
  scimUrl: 'scim',
  domainScimUrl: 'scim',
  tokenUrl: 'token',
  adminUrl: 'admin',
  licenseUrl: 'license',
  mailUrl: 'mailbox',
};

const NO_LICENSE_KEY: ExampleCase = {
  name: 'No key',
  status: 400,
  when: 'before',
  show: withoutHeader('license-key'),
};
const TOO_MANY_CHECKS: ExampleCase = {
  name: 'Too many requests',
  status: 429,
  description: 'Wait for as many seconds as Retry-After says.',
  when: 'end',
  show: unchanged,
};

const TOKEN_ERRORS: readonly ExampleCase[] = [
  { name: 'Unknown grant', status: 400, when: 'before', show: withBody('grant_type=password') },
  {
    name: 'Wrong secret',
    status: 401,
    when: 'before',
    show: withHeader('authorization', `Basic ${Buffer.from('unknown:wrong').toString('base64')}`),
  },
];

/** Returns the API of a request, and its path below the base URL, without the query. */
export function apiOf({ request: { url } }: CollectionRequest): { api: Api; path: string } {
  const [, variable = '', path = ''] = /^\{\{(\w+)\}\}([^?]*)/.exec(url) ?? [];
  const api = API_OF_VARIABLE[variable];
  if (!api) throw new Error(`The URL ${url} does not begin with the base URL of an API.`);
  return { api, path };
}

const EXISTS = 'The administrator exists.';

/**
 * The success of a request that itself gets an error. No run of the collection changes real administrators.
 */
const SUCCESSES: Readonly<Record<string, ExampleCase>> = {
  'admin/6-mail/clear': {
    name: 'No Content',
    status: 204,
    description: 'Emails to the address bounced before.',
    when: 'after',
    show: unchanged,
    send: (request, { bounced: { domainId, address } }) =>
      withPath(
        /\/domains\/.*$/,
        `/domains/${domainId}/suppressed-addresses/${encodeURIComponent(address)}`,
      )(request),
  },
  'admin/3-administrators/change-role': withAdministrator(
    { name: 'OK', status: 200, description: EXISTS },
    ({ owned: { domainId, viewerId } }) => `/domains/${domainId}/administrators/${viewerId}`,
  ),
  'admin/3-administrators/remove': withAdministrator(
    { name: 'No Content', status: 204, description: EXISTS },
    ({ owned: { domainId, viewerId } }) => `/domains/${domainId}/administrators/${viewerId}`,
  ),
  'admin/3-administrators/remove-operator': withAdministrator(
    { name: 'No Content', status: 204, description: EXISTS },
    ({ operatorId }) => `/administrators/${operatorId}`,
  ),
};

/**
 * Returns the examples of a request besides the response to the request itself: its usual errors. A request
 * that is there to show one error has no others.
 */
export function casesOf(file: CollectionRequest): ExampleCase[] {
  const success = SUCCESSES[file.path];
  if (success) return [success, ...errorsOf(file)];
  return file.showsSuccess ? errorsOf(file) : [];
}

function errorsOf(file: CollectionRequest): ExampleCase[] {
  const { api, path } = apiOf(file);
  switch (api) {
    case 'scim':
      return scimErrors(file.request, path);
    case 'token':
      return [...TOKEN_ERRORS];
    case 'admin':
      return adminErrors(file.request, path);
    case 'license':
      return path === '/jwks' ? [TOO_MANY_CHECKS] : [NO_LICENSE_KEY, TOO_MANY_CHECKS];
    case 'mailbox':
      return [];
  }
}
