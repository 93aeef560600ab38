import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { readRatePlans, type RatePlans } from '../../limits/rate-plan';
import { ScimError } from '../../scim/error';
import type { Json } from '../../scim/resource';
import { DiagnosticsStore } from '../../store/diagnostics/diagnostics-store';
import { RateCounter } from '../../store/limits/rate-counter';
import { openTable } from '../../store/table/table';
import { identityProviderOf } from '../../logging/identity-provider';
import { countMetric, logger, reportFailure } from '../../logging/telemetry';
import { auditScimRefusal } from '../diagnostics/audit-scim-refusal';
import { diagnosticsMiddleware, type DiagnosticsMiddleware } from '../diagnostics/diagnostics-middleware';
import { HourlyDeduplicator } from '../diagnostics/hourly-deduplicator';
import { WriteShare } from '../diagnostics/write-share';
import { rateLimit, type RateLimiter } from '../limits/rate-limit';
import { recordRequests } from '../requests/record-requests';
import { openRequestRecorder } from '../requests/request-recorder';
import type { Clock } from './clock';
import {
  hasPrincipal,
  type Middleware,
  scimPathOf,
  principalOf,
  toAnonymousRequest,
  toScimRequest,
} from './request';
import { requestLog } from './request-log';
import { toProxyResult } from './response';
import { scimErrors } from './scim-errors';
import { findScimRoute, scimBody, type ScimRoute, type ScimRouteMatch } from './scim-route';

export type ScimHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/**
 * Creates the handler of a resource Lambda. All of them share this chain and differ only by their route
 * table. `wireRoutes` is called once, on the first request. `identify` finds the principal of requests that
 * come without an authorizer.
 */
export function scimHandler(
  wireRoutes: (now: Clock) => readonly ScimRoute[],
  now: Clock = Date.now,
  identify: Middleware = { before: () => undefined },
): ScimHandler {
  let routes: readonly ScimRoute[] | undefined;
  const findRoute = (event: APIGatewayProxyEvent): ScimRouteMatch =>
    findScimRoute((routes ??= wireRoutes(now)), event.httpMethod, scimPathOf(event));
  const matches = new WeakMap<object, ScimRouteMatch>();
  const rates = createRateLimiter(now);
  const diagnostics = recordDiagnostics(matches, now);
  const requests = recordRequests(openRequestRecorder(now), now);

  const dispatch = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const { route, parameters } = matches.get(event) as ScimRouteMatch;
    const body = (event.body ?? undefined) as Json | undefined;
    if (route.access === 'anyone')
      return toProxyResult(await route.handle(toAnonymousRequest(event, parameters, body)));
    const request = toScimRequest(event, parameters, body, {
      chargeRequests: (requests) => rates.chargeRequests(event, requests),
      diagnostics: diagnostics.forEvent(event),
    });
    const response = await route.handle(request);
    requests.noteOperations(event, response.operations);
    return toProxyResult(response, request.headers['accept-encoding']);
  };

  // The first is the outermost: its `before` runs first, its `after` and `onError` last.
  return middy({ timeoutEarlyInMillis: 0 })
    .use(requestLog('request', logFields(matches)))
    .use(requests)
    .use(diagnostics)
    .use(identify)
    .use(requirePrincipal(findRoute))
    .use(rates)
    .use(scimErrors(reportFailure))
    .use(refuseExpiredKey(now))
    .use(routing(findRoute, matches))
    .use(scimBody((event) => matches.get(event)?.route.body))
    .handler(dispatch);
}

function createRateLimiter(now: Clock): RateLimiter {
  let plans: RatePlans | undefined;
  let counter: RateCounter | undefined;
  return rateLimit({
    plans: () => (plans ??= readRatePlans()),
    counter: () => (counter ??= new RateCounter(openTable())),
    now,
    onUnavailable: (error) => {
      logger.error('The rate counter is unavailable. The request continues without a limit.', error as Error);
      countMetric('RateCounterUnavailable');
    },
    onRefused: () => countMetric('RateLimited'),
  });
}

function recordDiagnostics(matches: WeakMap<object, ScimRouteMatch>, now: Clock): DiagnosticsMiddleware {
  let store: DiagnosticsStore | undefined;
  const options = {
    store: () => (store ??= new DiagnosticsStore(openTable())),
    deduplicator: new HourlyDeduplicator(),
    share: new WriteShare(),
    now,
    onFailed: (error: unknown) => logger.warn('A diagnostic was not written.', error as Error),
    audit: auditScimRefusal(openTable, now),
  };
  return diagnosticsMiddleware(options, (event) => matches.get(event));
}

/** Refuses a key that has expired since API Gateway cached the authorizer's result. */
function refuseExpiredKey(now: Clock): Middleware {
  return {
    before: ({ event }) => {
      if (!hasPrincipal(event)) return;
      const { expireTime } = principalOf(event);
      if (expireTime !== undefined && Date.parse(expireTime) <= now()) {
        throw ScimError.unauthorized(
          'The SCIM key has expired. Generate a new key and enter it in your identity provider.',
        );
      }
    },
  };
}

/** Refuses a request without a credential, unless its route is for anyone. An unknown path is for nobody. */
function requirePrincipal(findRoute: (event: APIGatewayProxyEvent) => ScimRouteMatch): Middleware {
  const isForAnyone = (event: APIGatewayProxyEvent): boolean => {
    try {
      return findRoute(event).route.access === 'anyone';
    } catch (error) {
      if (error instanceof ScimError) return false;
      throw error;
    }
  };
  return {
    before: ({ event }) => {
      if (!hasPrincipal(event) && !isForAnyone(event)) principalOf(event);
    },
  };
}

/**
 * Finds the route. It runs before the body is read, so that a wrong path or method is reported whatever the
 * body is.
 */
function routing(
  findRoute: (event: APIGatewayProxyEvent) => ScimRouteMatch,
  matches: WeakMap<object, ScimRouteMatch>,
): Middleware {
  return {
    before: ({ event }) => {
      matches.set(event, findRoute(event));
    },
  };
}

const MAX_USER_AGENT_LENGTH = 200;

const logFields = (matches: WeakMap<object, ScimRouteMatch>) => (event: APIGatewayProxyEvent) => {
  const { authorizer, identity } = event.requestContext;
  const { domainId, keyId, keyName } = (authorizer ?? {}) as Readonly<Record<string, string | undefined>>;
  return {
    route: matches.get(event)?.route.path,
    domainId,
    keyId,
    identityProvider: identityProviderOf(identity.userAgent, keyName),
    userAgent: identity.userAgent?.slice(0, MAX_USER_AGENT_LENGTH),
  };
};
