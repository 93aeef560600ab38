import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { ScimError } from '../../scim/error';
import { logger, reportFailure, startInvocation } from '../../logging/telemetry';
import { headerOf } from '../chain/request';

/**
 * Carries the license key. Not `Authorization`, because the key is the subject of the request, not its
 * credential.
 */
const KEY_HEADER = 'License-Key';

/** A response of the license API, in plain JSON. */
export interface LicenseApiResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
}

/** An error of the license API. */
export class LicenseApiError extends Error {
  override readonly name = 'LicenseApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly headers?: Readonly<Record<string, string>>,
  ) {
    super(detail);
  }
}

export interface LicenseApiHandlerOptions<Dependencies> {
  /** The message of the log line of a request. */
  readonly logAs: string;
  /** Called once, on the first request. */
  readonly wire: () => Dependencies;
  readonly respond: (event: APIGatewayProxyEvent, wired: () => Dependencies) => Promise<LicenseApiResponse>;
}

/** Creates the handler of a function of the license API. */
export function licenseApiHandler<Dependencies>({
  logAs,
  wire,
  respond,
}: LicenseApiHandlerOptions<Dependencies>) {
  let dependencies: Dependencies | undefined;
  const answer = async (event: APIGatewayProxyEvent): Promise<LicenseApiResponse> => {
    try {
      assertGet(event);
      return await respond(event, () => (dependencies ??= wire()));
    } catch (error) {
      return errorResponse(toLicenseApiError(error, event.requestContext.requestId));
    }
  };
  return async (event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> => {
    const { requestId } = event.requestContext;
    const cost = startInvocation(context, { requestId });
    const { status, headers, body } = await answer(event);
    // Never log the headers: one of them is the license key.
    logger.info(logAs, {
      requestId,
      method: event.httpMethod,
      status,
      ...cost(),
    });
    return {
      statusCode: status,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'x-request-id': requestId,
        ...headers,
      },
      body: JSON.stringify(body),
    };
  };
}

function assertGet({ httpMethod }: APIGatewayProxyEvent): void {
  if (httpMethod === 'GET') return;
  const detail = `${httpMethod} is not allowed on this resource. Allowed methods: GET.`;
  throw new LicenseApiError(405, 'methodNotAllowed', detail, { allow: 'GET' });
}

/** Returns the license key of a request. Throws if there is none. */
export function licenseKeyIn(event: APIGatewayProxyEvent): string {
  const key = headerOf(event, KEY_HEADER.toLowerCase())?.trim();
  if (key) return key;
  const detail = `Send the license key in the header "${KEY_HEADER}: XXXXX-XXXXX-XXXXX-XXXXX-XXXXX".`;
  throw new LicenseApiError(400, 'missingLicenseKey', detail);
}

/** Returns a response about a license key, which the product that sent the key may cache for some seconds. */
export const keyResponse = (seconds: number, body: object): LicenseApiResponse => ({
  status: 200,
  headers: { 'cache-control': `private, max-age=${seconds}`, vary: KEY_HEADER },
  body: { ...body, cacheSeconds: seconds },
});

/** Converts every error. The stores throw a `ScimError` if the client should try again later. */
function toLicenseApiError(error: unknown, requestId: string): LicenseApiError {
  if (error instanceof LicenseApiError) return error;
  if (error instanceof ScimError)
    return new LicenseApiError(error.status, 'unavailable', error.detail, error.headers);
  reportFailure(error);
  const { status, detail, headers } = ScimError.internal(requestId);
  return new LicenseApiError(status, 'internal', detail, headers);
}

const errorResponse = ({ status, code, detail, headers }: LicenseApiError): LicenseApiResponse => ({
  status,
  headers,
  body: { error: code, detail },
});
