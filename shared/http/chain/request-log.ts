import type { APIGatewayProxyEvent } from 'aws-lambda';
import { logger } from '../../telemetry';
import type { Middleware } from './request';

/**
 * Logs one line for each request, with the fields that `fieldsOf` returns, and adds `x-request-id` to the
 * response. Never logs bodies, tokens, or keys.
 */
export function requestLog(
  message: string,
  fieldsOf: (event: APIGatewayProxyEvent) => Readonly<Record<string, unknown>>,
): Middleware {
  const startTimes = new WeakMap<object, number>();

  const before: Middleware['before'] = ({ event }) => {
    startTimes.set(event, performance.now());
  };

  const after: Middleware['after'] = ({ event, response }) => {
    if (!response) return;
    const { requestId } = event.requestContext;
    response.headers = { ...response.headers, 'x-request-id': requestId };
    logger.info(message, {
      requestId,
      method: event.httpMethod,
      status: response.statusCode,
      milliseconds: Math.round(performance.now() - (startTimes.get(event) ?? 0)),
      ...fieldsOf(event),
    });
  };

  return { before, after, onError: after };
}
