import type { APIGatewayProxyEvent } from 'aws-lambda';
import { isSimulationId } from '../../id';
import { ScimError } from '../../scim/error';
import type { Middleware } from '../chain/request';
import { principalOf } from '../chain/request';
import {
  type DiagnosedRequest,
  type AuditRefusal,
  type DiagnosticsOptions,
  RequestDiagnostics,
} from './request-diagnostics';
import type { ScimRouteMatch } from '../chain/scim-route';

export type DiagnosticsMiddlewareOptions = Omit<DiagnosticsOptions, 'audit'> & {
  readonly audit: (event: APIGatewayProxyEvent, ...refusal: Parameters<AuditRefusal>) => Promise<void>;
};

export interface DiagnosticsMiddleware extends Middleware {
  readonly forEvent: (event: APIGatewayProxyEvent) => RequestDiagnostics;
}

/**
 * Records refused requests, and waits until all diagnostics of the request are written. `matchOf` returns
 * undefined if no route was found.
 */
export function diagnosticsMiddleware(
  { audit, ...options }: DiagnosticsMiddlewareOptions,
  matchOf: (event: APIGatewayProxyEvent) => ScimRouteMatch | undefined,
): DiagnosticsMiddleware {
  const diagnosticsOf = new WeakMap<object, RequestDiagnostics>();

  const forEvent = (event: APIGatewayProxyEvent): RequestDiagnostics => {
    let diagnostics = diagnosticsOf.get(event);
    if (!diagnostics) {
      const { domainId, connectionId, keyId } = principalOf(event);
      const userAgent = event.requestContext.identity.userAgent ?? undefined;
      diagnostics = new RequestDiagnostics(
        { domainId, connectionId, userAgent },
        {
          ...options,
          // A connection test says itself what went wrong. Its requests are not those of the identity
          // provider.
          ...(isSimulationId(keyId) && { share: NO_SHARE }),
          audit: (request, error) => audit(event, request, error),
        },
      );
      diagnosticsOf.set(event, diagnostics);
    }
    return diagnostics;
  };

  const after: Middleware['after'] = async ({ event }) => {
    await diagnosticsOf.get(event)?.flush();
  };

  const onError: Middleware['onError'] = async (request) => {
    const { event, error } = request;
    // Without an authorizer's context, the request belongs to no domain.
    if (error instanceof ScimError && event.requestContext.authorizer?.domainId)
      forEvent(event).refused(summarizeRequest(event, matchOf(event)), error);
    await after(request);
  };

  return { forEvent, after, onError };
}

const NO_SHARE = { take: () => false };

/**
 * Describes the request. A path without a route still has a resource in API Gateway, if only the greedy one.
 */
const summarizeRequest = (
  event: APIGatewayProxyEvent,
  match: ScimRouteMatch | undefined,
): DiagnosedRequest => ({
  method: event.httpMethod,
  route: match?.route.path ?? event.resource.replace(/^\/v2(?=\/)/, ''),
  isServed: match !== undefined,
  ...(match?.parameters.id !== undefined && { resourceId: match.parameters.id }),
});
