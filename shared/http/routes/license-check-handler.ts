import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { LicenseCheckCache } from '../../license-check-settings';
import { ScimError } from '../../scim/error';
import type { LicenseCheck } from '../../service/licenses/license-check';
import { lowerCaseNames } from '../chain/request';
import { logger, reportFailure } from '../../telemetry';

/** Carries the license key. Not `Authorization`: the key is what is asked about, not who asks. */
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

/** Answers `GET /v1/check` in plain JSON. `wire` is called on first use. */
export function licenseCheckHandler(wire: () => LicenseCheckDependencies) {
  let parts: LicenseCheckDependencies | undefined;
  return async (event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> => {
    logger.addContext(context);
    const started = performance.now();
    const { requestId } = event.requestContext;
    const { status, headers, body } = await respond(event, () => (parts ??= wire())).catch((error: unknown) =>
      errorResponse(error, requestId),
    );
    // Never the headers: one of them is the license key.
    logger.info('license check', {
      requestId,
      method: event.httpMethod,
      status,
      milliseconds: Math.round(performance.now() - started),
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

async function respond(
  event: APIGatewayProxyEvent,
  parts: () => LicenseCheckDependencies,
): Promise<CheckResponse> {
  if (event.httpMethod !== 'GET') {
    const detail = `${event.httpMethod} is not possible here. Use GET.`;
    return { status: 405, headers: { allow: 'GET' }, body: { error: 'methodNotAllowed', detail } };
  }
  const key = lowerCaseNames(event.headers)[KEY_HEADER.toLowerCase()]?.trim();
  if (!key) {
    const detail = `Send the license key in the header "${KEY_HEADER}: XXXXX-XXXXX-XXXXX-XXXXX-XXXXX".`;
    return { status: 400, body: { error: 'missingLicenseKey', detail } };
  }
  const { check, cacheSeconds } = parts();
  const checked = await check(key);
  const seconds = checked.status === 'active' ? cacheSeconds.active : cacheSeconds.other;
  return {
    status: 200,
    headers: { 'cache-control': `private, max-age=${seconds}`, vary: KEY_HEADER },
    body: { ...checked, cacheSeconds: seconds },
  };
}

/** The stores' errors are a client's to wait for; anything else is ours. */
function errorResponse(error: unknown, requestId: string): CheckResponse {
  if (error instanceof ScimError) {
    const { status, headers, detail } = error;
    return { status, headers, body: { error: 'unavailable', detail } };
  }
  reportFailure(error);
  const { status, detail } = ScimError.internal(requestId);
  return { status, body: { error: 'internal', detail } };
}
