import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ScimError } from '../../scim/error';
import type { Middleware } from '../chain/request';
import { principalOf } from '../chain/request';
import {
  type RequestSummary,
  type AuditRefusal,
  type DiagnosticsOptions,
  RequestDiagnostics,
} from './request-diagnostics';
import type { RouteMatch } from '../chain/router';

export type DiagnosticsMiddlewareOptions = Omit<DiagnosticsOptions, 'audit'> & {
  readonly audit: (event: APIGatewayProxyEvent, ...refusal: Parameters<AuditRefusal>) => Promise<void>;
};

export interface DiagnosticsMiddleware extends Middleware {
  readonly forEvent: (event: APIGatewayProxyEvent) => RequestDiagnostics;
}

/** Notes what was refused, and waits for all notes of the request. `matchOf` is undefined where no route was found. */
export function diagnosticsMiddleware(
  { audit, ...options }: DiagnosticsMiddlewareOptions,
  matchOf: (event: APIGatewayProxyEvent) => RouteMatch | undefined,
): DiagnosticsMiddleware {
  const notices = new WeakMap<object, RequestDiagnostics>();

  const forEvent = (event: APIGatewayProxyEvent): RequestDiagnostics => {
    let own = notices.get(event);
    if (!own) {
      const { userAgent } = event.requestContext.identity;
      own = new RequestDiagnostics(principalOf(event).domainId, userAgent ?? undefined, {
        ...options,
        audit: (what, error) => audit(event, what, error),
      });
      notices.set(event, own);
    }
    return own;
  };

  const after: Middleware['after'] = async ({ event }) => {
    await notices.get(event)?.flush();
  };

  const onError: Middleware['onError'] = async (request) => {
    const { event, error } = request;
    // Without an authorizer's answer it is nobody's request.
    if (error instanceof ScimError && event.requestContext.authorizer?.domainId)
      forEvent(event).refused(summarizeRequest(event, matchOf(event)), error);
    await after(request);
  };

  return { forEvent, after, onError };
}

/** What no function serves still has a resource of API Gateway, if only a greedy one. */
const summarizeRequest = (event: APIGatewayProxyEvent, match: RouteMatch | undefined): RequestSummary => ({
  method: event.httpMethod,
  route: match?.route.path ?? event.resource.replace(/^\/v2(?=\/)/, ''),
  isServed: match !== undefined,
  ...(match?.parameters.id !== undefined && { resourceId: match.parameters.id }),
});
