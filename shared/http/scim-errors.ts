import { ScimError } from '../scim/error';
import { isPassingError } from '../store/passing-error';
import type { Middleware } from './middleware';
import { toProxyResult } from './response';

/**
 * Turns whatever was thrown into a response: a `ScimError` into its body, a busy database into a 503 that asks the client
 * to come again, anything else into a bare 500 with the request id. The cause goes to `onUnknown` and nowhere else.
 */
export function scimErrors(onUnknown: (error: unknown) => void): Middleware {
  const onError: Middleware['onError'] = async (request) => {
    let error: unknown = request.error;
    if (!(error instanceof ScimError)) {
      onUnknown(error);
      error = isPassingError(error)
        ? ScimError.unavailable('The service is busy. Send the request again.', 1)
        : ScimError.internal(request.event.requestContext.requestId);
    }
    const { status, body, headers } = error as ScimError;
    request.response = await toProxyResult({ status, body, headers });
  };
  return { onError };
}
