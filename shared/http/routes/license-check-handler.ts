import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { LicenseCheckCache } from '../../license-check-limits';
import { ScimError } from '../../scim/error';
import type { LicenseCheck } from '../../service/licenses/license-check';
import { logger, reportFailure, startInvocation } from '../../telemetry';
import { lowerCaseNames } from '../chain/request';

/**
 * Carries the license key. Not `Authorization`, because the key is the subject of the request, not its
 * credential.
 */
const KEY_HEADER = 'License-Key';

export interface LicenseCheckDependencies {
  readonly check: (key: string) => Promise<LicenseCheck>;
  readonly cacheSeconds: LicenseCheckCache;
}

interface CheckResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
}

/** An error of the license API. */
class LicenseCheckError extends Error {
  override readonly name = 'LicenseCheckError';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly headers?: Readonly<Record<string, string>>,
  ) {
    super(detail);
  }
}

/**
 * Creates the handler of `GET /v1/check`, which responds in plain JSON. `wire` is called once, on the first
 * request.
 */
export function licenseCheckHandler(wire: () => LicenseCheckDependencies) {
  let dependencies: LicenseCheckDependencies | undefined;
  const respond = async (event: APIGatewayProxyEvent): Promise<CheckResponse> => {
    try {
      const key = licenseKeyIn(event);
      return await checkResponse(key, (dependencies ??= wire()));
    } catch (error) {
      return errorResponse(toLicenseCheckError(error, event.requestContext.requestId));
    }
  };
  return async (event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> => {
    const { requestId } = event.requestContext;
    const cost = startInvocation(context, { requestId });
    const { status, headers, body } = await respond(event);
    // Never log the headers: one of them is the license key.
    logger.info('license check', {
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

function licenseKeyIn({ httpMethod, headers }: APIGatewayProxyEvent): string {
  if (httpMethod !== 'GET') {
    const detail = `${httpMethod} is not allowed on this resource. Allowed methods: GET.`;
    throw new LicenseCheckError(405, 'methodNotAllowed', detail, { allow: 'GET' });
  }
  const key = lowerCaseNames(headers)[KEY_HEADER.toLowerCase()]?.trim();
  if (key) return key;
  const detail = `Send the license key in the header "${KEY_HEADER}: XXXXX-XXXXX-XXXXX-XXXXX-XXXXX".`;
  throw new LicenseCheckError(400, 'missingLicenseKey', detail);
}

async function checkResponse(
  key: string,
  { check, cacheSeconds }: LicenseCheckDependencies,
): Promise<CheckResponse> {
  const result = await check(key);
  const seconds = result.status === 'active' ? cacheSeconds.active : cacheSeconds.other;
  return {
    status: 200,
    headers: { 'cache-control': `private, max-age=${seconds}`, vary: KEY_HEADER },
    body: { ...result, cacheSeconds: seconds },
  };
}

/** Converts every error. The stores throw a `ScimError` if the client should try again later. */
function toLicenseCheckError(error: unknown, requestId: string): LicenseCheckError {
  if (error instanceof LicenseCheckError) return error;
  if (error instanceof ScimError)
    return new LicenseCheckError(error.status, 'unavailable', error.detail, error.headers);
  reportFailure(error);
  const { status, detail, headers } = ScimError.internal(requestId);
  return new LicenseCheckError(status, 'internal', detail, headers);
}

const errorResponse = ({ status, code, detail, headers }: LicenseCheckError): CheckResponse => ({
  status,
  headers,
  body: { error: code, detail },
});
