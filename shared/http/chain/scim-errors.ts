import { ScimError } from '../../scim/error';
import { isTransientError } from '../../retry/transient-error';
import type { Middleware } from './request';
import { toProxyResult } from './response';

/**
 * Converts every error into a SCIM response. `onUnknown` receives the errors that the client did not cause.
 */
export function scimErrors(onUnknown: (error: unknown) => void): Middleware {
  const onError: Middleware['onError'] = async (request) => {
    const { requestId } = request.event.requestContext;
    const { status, body, headers } = toScimError(request.error, requestId, onUnknown);
    request.response = await toProxyResult({ status, body, headers });
  };
  return { onError };
}

/**
 * Returns a `ScimError` unchanged, a 503 with `Retry-After` for a busy database, and a 500 with the request
 * id for every other error. Only `onUnknown` receives the cause.
 */
export function toScimError(
  error: unknown,
  requestId: string,
  onUnknown: (error: unknown) => void,
): ScimError {
  if (error instanceof ScimError) return error;
  onUnknown(error);
  return isTransientError(error)
    ? ScimError.unavailable('The service is busy. Send the request again.', 1)
    : ScimError.internal(requestId);
}
