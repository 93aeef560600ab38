import type { HttpRequest } from '../bru-file';
import type { Fixtures } from '../fixtures';

type Edit = (request: HttpRequest) => HttpRequest;

/** One way in which a request is usually refused. */
export interface ExampleCase {
  readonly name: string;
  readonly status: number;
  /** Explains the circumstances that the request does not show. */
  readonly description?: string;
  /**
   * When the recorder sends it: before or after the request itself, or after the whole run, because it uses
   * up a rate limit.
   */
  readonly when: 'before' | 'after' | 'end';
  /** Makes the refused request out of the one in the collection. The example shows it. */
  readonly show: Edit;
  /** Makes what is sent out of what `show` returned, if a credential or another resource must differ. */
  readonly send?: (request: HttpRequest, fixtures: Fixtures) => HttpRequest | Promise<HttpRequest>;
}

export const unchanged: Edit = (request) => request;

/** Returns the case of a request with a credential that does not exist. */
export const wrongCredential = (name: string, credential: string): ExampleCase => ({
  name,
  status: 401,
  when: 'before',
  show: withHeader('authorization', `Bearer ${credential}`),
});

/**
 * Returns the case of a request whose credential may not make it. The example does not show the credential.
 */
export const forbiddenCredential = (
  name: string,
  description: string,
  credential: (request: HttpRequest, fixtures: Fixtures) => string | Promise<string>,
): ExampleCase => ({
  ...{ name, status: 403, description, when: 'before', show: unchanged },
  send: async (request, fixtures) =>
    withHeader('authorization', `Bearer ${await credential(request, fixtures)}`)(request),
});

/** Returns the case of a request above a rate limit. */
export const tooManyRequests = (description: string): ExampleCase => ({
  ...{ name: 'Too many requests', status: 429, description, when: 'end', show: unchanged },
});

export const withHeader =
  (name: string, value: string): Edit =>
  (request) => ({ ...request, headers: { ...request.headers, [name]: value } });

export const withoutHeader =
  (name: string): Edit =>
  (request) => ({
    ...request,
    headers: Object.fromEntries(Object.entries(request.headers).filter(([each]) => each !== name)),
  });

export const withBody =
  (body: string): Edit =>
  (request) => ({ ...request, body });

/** Changes members of a JSON body. */
export const withMembers =
  (members: object): Edit =>
  (request) => ({
    ...request,
    body: JSON.stringify({ ...(JSON.parse(request.body ?? '{}') as object), ...members }, null, 2),
  });

/** Sets a parameter of the query. */
export const withQuery =
  (name: string, value: string): Edit =>
  (request) => {
    const [path = '', query = ''] = request.url.split(/\?(.*)/s);
    const others = query.split('&').filter((part) => part !== '' && !part.startsWith(`${name}=`));
    return { ...request, url: `${path}?${[...others, `${name}=${value}`].join('&')}` };
  };

/** Replaces the last segment of the path that `pattern` matches. */
export const withPath =
  (pattern: RegExp, replacement: string): Edit =>
  (request) => {
    const [path = '', query] = request.url.split(/\?(.*)/s);
    const url = path.replace(pattern, replacement);
    return { ...request, url: query === undefined ? url : `${url}?${query}` };
  };
