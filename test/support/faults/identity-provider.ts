import { setTimeout as sleep } from 'node:timers/promises';
import { retryBulk } from './retry-bulk';
import { jsonOf, sendOverHttp, type WireRequest, type WireResponse } from './wire';

/** The statuses after which a client sends a request again. */
const RETRIED = new Set([429, 500, 502, 503, 504]);
const MAX_ATTEMPTS = 15;
/** The pause after a connection that failed, in seconds. */
const CONNECTION_PAUSE = 1;

/** The observations of an identity provider. */
export interface Observations {
  requests: number;
  retries: number;
  /** The number of responses with each status. */
  readonly statuses: Record<string, number>;
  /** A sentence for each response that did not say when to retry. */
  readonly withoutRetryAfter: string[];
}

export const noObservations = (): Observations => ({
  requests: 0,
  retries: 0,
  statuses: {},
  withoutRetryAfter: [],
});

/**
 * Sends requests as identity providers do. It sends a request again after a 429, a 5xx, or a lost connection,
 * and waits as long as `Retry-After` says. A creation that conflicts with its own earlier attempt finds its
 * resource.
 */
export class IdentityProvider {
  /** The URLs of resources that were deleted before, and of resources that were created. */
  private readonly deleted = new Set<string>();
  private readonly created = new Set<string>();

  constructor(
    readonly observed: Observations,
    /** Multiplies the pauses of `Retry-After`, so that a test does not only wait. */
    private readonly pauseFactor = 1,
    /** Is called with the response to each attempt. @default nothing is called */
    private readonly onResponse: (request: WireRequest, response: WireResponse) => void = () => undefined,
  ) {}

  async exchange(request: WireRequest): Promise<WireResponse> {
    for (let attempt = 1; ; attempt++) {
      const response = await this.attempt(request);
      if (response && !RETRIED.has(response.status)) {
        const settled = attempt > 1 ? await this.afterRetry(request, response) : response;
        if (request.method === 'DELETE') this.deleted.add(request.url);
        if (settled.status === 201) this.created.add(settled.headers.location ?? '');
        return retryBulk(
          request,
          { ...settled, attempts: attempt },
          (again) => this.exchange(again),
          (seconds) => this.pause(seconds),
        );
      }
      if (attempt === MAX_ATTEMPTS) {
        if (response) return { ...response, attempts: attempt };
        throw new Error(`${request.method} ${request.url}: the connection failed ${MAX_ATTEMPTS} times.`);
      }
      this.observed.retries += 1;
      await this.pause(response ? Number(response.headers['retry-after'] ?? 0) : CONNECTION_PAUSE);
    }
  }

  /** Returns undefined if the connection fails. */
  private async attempt(request: WireRequest): Promise<WireResponse | undefined> {
    const { statuses } = this.observed;
    const count = (outcome: string | number) => (statuses[outcome] = (statuses[outcome] ?? 0) + 1);
    this.observed.requests += 1;
    try {
      const response = await sendOverHttp(request);
      count(response.status);
      this.onResponse(request, response);
      this.observed.withoutRetryAfter.push(...missingRetryAfter(request, response));
      return response;
    } catch {
      count('connection');
      return undefined;
    }
  }

  /** An earlier attempt whose response was lost may have succeeded. */
  private async afterRetry(request: WireRequest, response: WireResponse): Promise<WireResponse> {
    const { method, url, headers } = request;
    if (method === 'DELETE' && response.status === 404 && this.existed(url))
      return { ...response, status: 204, body: '' };
    const filter = response.status === 409 ? filterOf(request) : undefined;
    if (filter === undefined) return response;
    const query = `${url.split('?')[0]}?filter=${encodeURIComponent(filter)}`;
    const { authorization = '' } = headers;
    const list = jsonOf(await this.exchange({ method: 'GET', url: query, headers: { authorization } }));
    const [found] = (list?.Resources ?? []) as {
      meta: { location: string; version: string };
    }[];
    // A resource that another request created is the reason for a genuine conflict.
    if (!found || this.created.has(found.meta.location)) return response;
    return {
      status: 201,
      headers: { ...response.headers, location: found.meta.location, etag: found.meta.version },
      body: JSON.stringify(found),
    };
  }

  /** Returns whether this client knows that there was a resource at a URL until its current request. */
  private existed(url: string): boolean {
    const isOfAdminApi = /\/(domains|keys)\/[\w-]+(\?|$)/.test(url);
    return !this.deleted.has(url) && (isOfAdminApi || this.created.has(url));
  }

  private async pause(seconds: number): Promise<void> {
    await sleep(seconds * 1_000 * this.pauseFactor);
  }
}

/** Returns the filter that finds the resource that a POST creates. */
function filterOf({ method, url, body = '' }: WireRequest): string | undefined {
  if (method !== 'POST') return undefined;
  const { userName, displayName } = jsonOf({ body }) ?? {};
  const [path = ''] = url.toLowerCase().split('?');
  if (path.endsWith('/users')) return `userName eq ${JSON.stringify(userName)}`;
  return path.endsWith('/groups') ? `displayName eq ${JSON.stringify(displayName)}` : undefined;
}

/**
 * Returns the failures in a response that do not say when to retry, including those of single bulk
 * operations.
 */
function missingRetryAfter({ method, url }: WireRequest, response: WireResponse): string[] {
  const { status, headers, body } = response;
  const hasHeader = /^[1-9]\d*$/.test(headers['retry-after'] ?? '');
  if (RETRIED.has(status)) return hasHeader ? [] : [`${method} ${url}: ${status} ${body.slice(0, 300)}`];
  const operations = (jsonOf(response)?.Operations ?? []) as {
    status?: string;
    response?: { detail?: string };
  }[];
  return operations
    .filter((each) => RETRIED.has(Number(each.status)))
    .filter((each) => !hasHeader || !/Retry after \d+ second/.test(each.response?.detail ?? ''))
    .map((each) => `${method} ${url}: operation ${JSON.stringify(each)}`);
}
