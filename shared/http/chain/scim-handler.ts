import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { readRatePlans, type RatePlans } from '../../rate-plan';
import { ScimError } from '../../scim/error';
import type { Json } from '../../scim/resource';
import { DiagnosticsStore } from '../../store/diagnostics/diagnostics-store';
import { RateCounter } from '../../store/limits/rate-counter';
import { openTable } from '../../store/table/table';
import { acceptsGzip } from './accept-encoding';
import { jsonBody } from './json-body';
import { auditRefusal } from '../diagnostics/audit-refusal';
import type { Middleware } from './request';
import { diagnosticsMiddleware, type DiagnosticsMiddleware } from '../diagnostics/diagnostics-middleware';
import { HourlyDeduplicator } from '../diagnostics/hourly-deduplicator';
import { rateLimit, type RateLimiter } from '../limits/rate-limit';
import { pathBelowBase, principalOf, toScimRequest } from './request';
import { requestLog } from './request-log';
import { toProxyResult } from './response';
import { findRoute, type Route, type RouteMatch } from './router';
import { scimErrors } from './scim-errors';
import { countMetric, logger, reportFailure } from '../../telemetry';

export type ScimHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** The one chain of all resource Lambdas; they differ by their route table only. `routes` is called on first use. */
export function scimHandler(routes: () => readonly Route[]): ScimHandler {
  const matches = new WeakMap<object, RouteMatch>();
  const rates = createRateLimiter();
  const notices = recordDiagnostics(matches);

  const dispatch = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const { route, parameters } = matches.get(event) as RouteMatch;
    const body = (event.body ?? undefined) as Json | undefined;
    const request = toScimRequest(event, parameters, body, {
      chargeRequests: (requests) => rates.chargeRequests(event, requests),
      diagnostics: notices.forEvent(event),
    });
    return toProxyResult(await route.handle(request), acceptsGzip(request.headers['accept-encoding']));
  };

  // The first is the outermost: its `before` runs first, its `after` and `onError` last.
  const handler = middy({ timeoutEarlyInMillis: 0 })
    .use(requestLog('request', logFields(matches)))
    .use(notices)
    .use(rates)
    .use(scimErrors(reportFailure))
    .use(refuseExpiredKey())
    .use(routing(routes, matches))
    .use(jsonBody((event) => matches.get(event)?.route.body))
    .handler(dispatch) as unknown as ScimHandler;

  return (event, context) => {
    logger.addContext(context);
    return handler(event, context);
  };
}

function createRateLimiter(): RateLimiter {
  let plans: RatePlans | undefined;
  let counter: RateCounter | undefined;
  return rateLimit({
    plans: () => (plans ??= readRatePlans()),
    counter: () => (counter ??= new RateCounter(openTable())),
    now: Date.now,
    onUnavailable: (error) => {
      logger.error('The rate counter could not be reached; the request went on.', error as Error);
      countMetric('RateCounterUnavailable');
    },
    onRefused: () => countMetric('RateLimited'),
  });
}

function recordDiagnostics(matches: WeakMap<object, RouteMatch>): DiagnosticsMiddleware {
  let store: DiagnosticsStore | undefined;
  const options = {
    store: () => (store ??= new DiagnosticsStore(openTable())),
    deduplicator: new HourlyDeduplicator(),
    now: Date.now,
    onFailed: (error: unknown) => logger.warn('A notice was not written.', error as Error),
    audit: auditRefusal(openTable),
  };
  return diagnosticsMiddleware(options, (event) => matches.get(event));
}

/** The authorizer's answer is cached, so a key may have expired since. */
function refuseExpiredKey(): Middleware {
  return {
    before: ({ event }) => {
      const { expireTime } = principalOf(event);
      if (expireTime !== undefined && Date.parse(expireTime) <= Date.now()) {
        throw ScimError.unauthorized(
          'The SCIM key has expired. Generate a new one and put it into the connection.',
        );
      }
    },
  };
}

/** Before the body is looked at: a wrong path or method is told as such, whatever came with it. */
function routing(routes: () => readonly Route[], matches: WeakMap<object, RouteMatch>): Middleware {
  let table: readonly Route[] | undefined;
  return {
    before: ({ event }) => {
      matches.set(event, findRoute((table ??= routes()), event.httpMethod, pathBelowBase(event)));
    },
  };
}

const logFields = (matches: WeakMap<object, RouteMatch>) => (event: APIGatewayProxyEvent) => {
  const { authorizer, identity } = event.requestContext;
  return {
    route: matches.get(event)?.route.path,
    domainId: authorizer?.domainId as string | undefined,
    keyId: authorizer?.keyId as string | undefined,
    userAgent: identity.userAgent,
  };
};
