import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type InvocationCost, logger, startInvocation } from '../../logging/telemetry';
import type { Middleware } from './request';

/**
 * Logs one line for each request, with its cost and the fields that `fieldsOf` returns, and adds
 * `x-request-id` to the response. All lines of the request have its `requestId`. Never logs bodies, tokens,
 * or keys.
 */
export function requestLog(
  message: string,
  fieldsOf: (event: APIGatewayProxyEvent) => Readonly<Record<string, unknown>>,
): Middleware {
  const costs = new WeakMap<object, () => InvocationCost>();

  const before: Middleware['before'] = ({ event, context }) => {
    costs.set(event, startInvocation(context, { requestId: event.requestContext.requestId }));
  };

  const after: Middleware['after'] = ({ event, response }) => {
    if (!response) return;
    const { requestId } = event.requestContext;
    response.headers = { ...response.headers, 'x-request-id': requestId };
    logger.info(message, {
      requestId,
      method: event.httpMethod,
      status: response.statusCode,
      ...costs.get(event)?.(),
      ...fieldsOf(event),
    });
  };

  return { before, after, onError: after };
}
