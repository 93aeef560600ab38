import { ScimError } from '../../scim/error';
import { isTransientError } from '../../store/table/table';
import type { Middleware } from './request';
import { toProxyResult } from './response';

/** Turns whatever was thrown into a response. */
export function scimErrors(onUnknown: (error: unknown) => void): Middleware {
  const onError: Middleware['onError'] = async (request) => {
    const { requestId } = request.event.requestContext;
    const { status, body, headers } = toScimError(request.error, requestId, onUnknown);
    request.response = await toProxyResult({ status, body, headers });
  };
  return { onError };
}

/**
 * A `ScimError` as it is; a busy database as a 503 that asks the client to come again; anything else as a bare 500 with the
 * request id. The cause goes to `onUnknown` and nowhere else.
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
