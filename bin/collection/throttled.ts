import { HANG_LIMIT_MS, until } from '../../local/host/processes/until';
import type { Session } from '../../local/product/session';
import type { HttpRequest } from './bru-file';
import type { Api } from './cases/cases-of';
import { withHeader } from './cases/example-case';
import type { Fixtures } from './fixtures';
import { type HttpResponse, send } from './http';

/** A rate limit that is used up. */
interface Limit {
  /** This request, sent `count` times, uses up the limit. */
  readonly flood: HttpRequest;
  readonly count: number;
  /** Whether the limit stays used up for seconds, so that other requests can be sent after the flood. */
  readonly isSlow: boolean;
  /** The number of requests that the limit refuses before another one refuses them. */
  readonly refusals: number;
  /** Makes a request count against this limit. */
  readonly counting: (request: HttpRequest) => HttpRequest;
  readonly isRefusal: (response: HttpResponse) => boolean;
}

const isTooMany = ({ status }: HttpResponse): boolean => status === 429;

async function limitOf(
  api: Exclude<Api, 'mailbox' | 'token'>,
  { newLimitedKey }: Fixtures,
  { baseUrl, adminUrl, adminToken, licenseCheckUrl }: Session,
): Promise<Limit> {
  const get = (url: string, headers: Record<string, string> = {}) => ({ method: 'GET', url, headers });
  const others = { isSlow: false, refusals: Infinity, counting: (request: HttpRequest) => request };
  switch (api) {
    case 'scim': {
      const counting = withHeader('authorization', `Bearer ${await newLimitedKey()}`);
      return {
        flood: counting(get(`${baseUrl}/ResourceTypes`)),
        // 20 requests in ten seconds.
        count: 20,
        isSlow: true,
        // API Gateway's own limit, which says less, allows 40.
        refusals: 15,
        counting,
        isRefusal: (response) => isTooMany(response) && 'ratelimit-policy' in response.headers,
      };
    }
    case 'admin': {
      const flood = get(`${adminUrl}/me`, { authorization: `Bearer ${adminToken}` });
      // A burst of 100 requests, and 50 more for each second that they take.
      return { ...others, flood, count: 200, isRefusal: isTooMany };
    }
    case 'license':
      // A burst of 50 requests, and 5 more for each second.
      return { ...others, flood: get(licenseCheckUrl), count: 60, isRefusal: isTooMany };
  }
}

/**
 * Sends requests while the rate limit of an API is used up, until each has been refused. A request may get
 * through first, so this must be the last thing that happens on a system.
 */
export async function throttledResponses(
  api: Exclude<Api, 'mailbox' | 'token'>,
  requests: readonly HttpRequest[],
  fixtures: Fixtures,
  session: Session,
): Promise<HttpResponse[]> {
  const refused = new Map<HttpRequest, HttpResponse>();
  await until(`the rate limit of the ${api} API`, HANG_LIMIT_MS, async () => {
    const limit = await limitOf(api, fixtures, session);
    const flooded = Promise.all(Array.from({ length: limit.count }, () => send(limit.flood)));
    if (limit.isSlow) await flooded;
    const waiting = requests.filter((request) => !refused.has(request)).slice(0, limit.refusals);
    const sent = waiting.map(async (request) => {
      const response = await send(limit.counting(request));
      if (limit.isRefusal(response)) refused.set(request, response);
    });
    await Promise.all([flooded, ...sent]);
    return refused.size === requests.length;
  });
  return requests.map((request) => refused.get(request) as HttpResponse);
}
