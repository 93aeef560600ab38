import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ScimError } from '../../scim/error';
import type { Middleware } from '../chain/request';
import { principalOf } from '../chain/request';
import { type Asked, type AuditRefusal, type NoticeOptions, RequestNotices } from './request-diagnostics';
import type { RouteMatch } from '../chain/router';

export type NoticingOptions = Omit<NoticeOptions, 'audit'> & {
  readonly audit: (event: APIGatewayProxyEvent, ...refusal: Parameters<AuditRefusal>) => Promise<void>;
};

export interface Noticing extends Middleware {
  readonly of: (event: APIGatewayProxyEvent) => RequestNotices;
}

/** Notes what was refused, and waits for all notes of the request. `matchOf` is undefined where no route was found. */
export function noticing(
  { audit, ...options }: NoticingOptions,
  matchOf: (event: APIGatewayProxyEvent) => RouteMatch | undefined,
): Noticing {
  const notices = new WeakMap<object, RequestNotices>();

  const of = (event: APIGatewayProxyEvent): RequestNotices => {
    let own = notices.get(event);
    if (!own) {
      const { userAgent } = event.requestContext.identity;
      own = new RequestNotices(principalOf(event).domainId, userAgent ?? undefined, {
        ...options,
        audit: (what, error) => audit(event, what, error),
      });
      notices.set(event, own);
    }
    return own;
  };

  const after: Middleware['after'] = async ({ event }) => {
    await notices.get(event)?.settle();
  };

  const onError: Middleware['onError'] = async (request) => {
    const { event, error } = request;
    // Without an authorizer's answer it is nobody's request.
    if (error instanceof ScimError && event.requestContext.authorizer?.domainId)
      of(event).refused(asked(event, matchOf(event)), error);
    await after(request);
  };

  return { of, after, onError };
}

/** What no function serves still has a resource of API Gateway, if only a greedy one. */
const asked = (event: APIGatewayProxyEvent, match: RouteMatch | undefined): Asked => ({
  method: event.httpMethod,
  route: match?.route.path ?? event.resource.replace(/^\/v2(?=\/)/, ''),
  isServed: match !== undefined,
  ...(match?.parameters.id !== undefined && { resourceId: match.parameters.id }),
});
