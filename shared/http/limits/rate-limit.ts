import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { RateLimit, RatePlans } from '../../rate-plan';
import { ScimError } from '../../scim/error';
import type { RateCounter, RateUse } from '../../store/limits/rate-counter';
import type { Middleware } from '../chain/request';
import { principalOf } from '../chain/request';

export interface RateLimitOptions {
  readonly plans: () => RatePlans;
  readonly counter: () => RateCounter;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The counter could not be reached: the request goes on. */
  readonly onUnavailable: (error: unknown) => void;
  readonly onRefused: () => void;
}

export interface RateLimiter extends Middleware {
  /** Has a request that went through count as so many instead of as one; throws 429 where those do not fit. */
  readonly chargeRequests: (event: APIGatewayProxyEvent, requests: number) => Promise<void>;
}

/**
 * Counts the request against its domain's plan and tells the client where it stands, in the headers of the IETF draft
 * (draft-ietf-httpapi-ratelimit-headers) and in the older `X-RateLimit-*`. Past the limit: 429 with `Retry-After`.
 */
export function rateLimit(options: RateLimitOptions): RateLimiter {
  const headersOf = new WeakMap<object, Record<string, string>>();

  const count = async (event: APIGatewayProxyEvent, requests: number): Promise<void> => {
    const { domainId, ratePlan } = principalOf(event);
    const limit = options.plans()[ratePlan];
    if (!limit) return;
    const now = options.now();
    let use: RateUse;
    try {
      use = await options.counter().count(domainId, limit, new Date(now), requests);
    } catch (error) {
      options.onUnavailable(error);
      return;
    }
    const windows = rateWindows(limit, use, now);
    headersOf.set(event, rateHeaders(windows));
    if (use.allowed) return;
    options.onRefused();
    const { minute, tenSeconds } = windows;
    const full = minute.remaining < requests ? minute : tenSeconds;
    throw ScimError.tooManyRequests(
      `This connection may send ${full.limit} requests in ${full.seconds} seconds` +
        `${requests > 1 ? `, and this one counts as ${requests} more` : ''}. ` +
        `Wait ${full.reset} seconds, or ask for another rate plan.`,
      full.reset,
    );
  };

  const after: Middleware['after'] = (request) => {
    const headers = headersOf.get(request.event);
    if (headers && request.response) request.response.headers = { ...request.response.headers, ...headers };
  };

  return {
    before: ({ event }) => count(event, 1),
    after,
    onError: after,
    chargeRequests: async (event, requests) => {
      if (requests > 1) await count(event, requests - 1);
    },
  };
}

interface RateWindow {
  readonly limit: number;
  readonly remaining: number;
  /** The length of the window, and whole seconds until the next one. */
  readonly seconds: number;
  readonly reset: number;
}

function rateWindows(
  limit: RateLimit,
  use: RateUse,
  now: number,
): { minute: RateWindow; tenSeconds: RateWindow } {
  const window = (seconds: number, max: number, used: number): RateWindow => ({
    limit: max,
    remaining: Math.max(0, max - used),
    seconds,
    reset: Math.ceil(seconds - ((now / 1000) % seconds)),
  });
  return {
    minute: window(60, limit.perMinute, use.inMinute),
    tenSeconds: window(10, limit.perTenSeconds, use.inTenSeconds),
  };
}

function rateHeaders({ minute, tenSeconds }: ReturnType<typeof rateWindows>): Record<string, string> {
  return {
    'ratelimit-policy': `"minute";q=${minute.limit};w=60, "burst";q=${tenSeconds.limit};w=10`,
    ratelimit: `"minute";r=${minute.remaining};t=${minute.reset}, "burst";r=${tenSeconds.remaining};t=${tenSeconds.reset}`,
    'x-ratelimit-limit': String(minute.limit),
    'x-ratelimit-remaining': String(minute.remaining),
    'x-ratelimit-reset': String(minute.reset),
  };
}
