import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Middleware } from './request';
import { logger } from '../../telemetry';

/** One line in the log for each request, `fieldsOf` among it, and its id on the response. Bodies, tokens and keys are not logged. */
export function requestLog(
  message: string,
  fieldsOf: (event: APIGatewayProxyEvent) => Readonly<Record<string, unknown>>,
): Middleware {
  const started = new WeakMap<object, number>();

  const before: Middleware['before'] = ({ event }) => {
    started.set(event, performance.now());
  };

  const after: Middleware['after'] = ({ event, response }) => {
    if (!response) return;
    const { requestId } = event.requestContext;
    response.headers = { ...response.headers, 'x-request-id': requestId };
    logger.info(message, {
      requestId,
      method: event.httpMethod,
      status: response.statusCode,
      milliseconds: Math.round(performance.now() - (started.get(event) ?? 0)),
      ...fieldsOf(event),
    });
  };

  return { before, after, onError: after };
}
