import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { RateLimit, RatePlans } from '../../limits/rate-plan';
import { ScimError } from '../../scim/error';
import type { RateCounter, RateUse } from '../../store/limits/rate-counter';
import type { Clock } from '../chain/clock';
import { hasPrincipal, type Middleware, principalOf } from '../chain/request';
import { pluralize } from '../../pluralize';

export interface RateLimitOptions {
  readonly plans: () => RatePlans;
  readonly counter: () => RateCounter;
  readonly now: Clock;
  /** Called if the counter is unavailable. The request continues. */
  readonly onUnavailable: (error: unknown) => void;
  readonly onRefused: () => void;
}

export interface RateLimiter extends Middleware {
  /** Charges a request that was allowed as this many instead of one. Throws 429 if they exceed the limit. */
  readonly chargeRequests: (event: APIGatewayProxyEvent, requests: number) => Promise<void>;
}

/**
 * Counts each request against the rate plan of its domain. The response has the headers of the IETF draft
 * (draft-ietf-httpapi-ratelimit-headers) and the older `X-RateLimit-*`. Above the limit, it is 429 with
 * `Retry-After`.
 */
export function rateLimit(options: RateLimitOptions): RateLimiter {
  const headersOf = new WeakMap<object, Record<string, string>>();

  const count = async (event: APIGatewayProxyEvent, requests: number): Promise<void> => {
    const { domainId, connectionId, ratePlan } = principalOf(event);
    const limit = options.plans()[ratePlan];
    if (!limit) return;
    const now = options.now();
    let use: RateUse;
    try {
      use = await options.counter().count(domainId, limit, new Date(now), requests, connectionId);
    } catch (error) {
      options.onUnavailable(error);
      return;
    }
    const windows = rateWindows(limit, use, now);
    headersOf.set(event, rateHeaders(windows));
    if (use.allowed) return;
    options.onRefused();
    const { minute, tenSeconds } = windows;
    const exceeded = minute.remaining < requests ? minute : tenSeconds;
    throw ScimError.tooManyRequests(
      `This connection may send ${exceeded.limit} requests in ${exceeded.seconds} seconds` +
        `${requests > 1 ? `, and this request counts as ${requests} more` : ''}. ` +
        `Wait ${pluralize(exceeded.reset, 'second')}, or ask for a higher rate plan.`,
      exceeded.reset,
    );
  };

  const after: Middleware['after'] = (request) => {
    const headers = headersOf.get(request.event);
    if (headers && request.response) request.response.headers = { ...request.response.headers, ...headers };
  };

  return {
    // A request without a credential belongs to no domain. API Gateway limits it.
    before: ({ event }) => (hasPrincipal(event) ? count(event, 1) : undefined),
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
  /** Length of the window. */
  readonly seconds: number;
  /** Seconds until the next window, rounded up. */
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
