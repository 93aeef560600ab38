import { say, type Said } from './texts/say';
import type { SimulatedRequest, SimulatedResponse } from './wire';

/** The reason why a step failed, and the remedy. */
export interface Explanation {
  readonly problem: Said;
  readonly remedy: Said;
}

/** Explains a status that the identity provider does not expect. */
export function explainStatus(
  { method, path }: SimulatedRequest,
  response: SimulatedResponse,
  expected: readonly number[],
): Explanation {
  const detail = detailOf(response.body);
  const values = {
    method,
    path: path.split('?')[0] ?? path,
    status: response.status,
    expected: expected.join(' or '),
  };
  return {
    problem:
      detail === undefined
        ? say('{method} {path} returned {status} instead of {expected}', values)
        : say('{method} {path} returned {status} instead of {expected}: {detail}', { ...values, detail }),
    remedy: remedyOf(method, path, response),
  };
}

/** Returns what the service says about an error. */
function detailOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { detail, message } = body as { detail?: unknown; message?: unknown };
  const text = detail ?? message;
  return typeof text === 'string' ? text.slice(0, 500) : undefined;
}

function remedyOf(
  method: string,
  path: string,
  { status, type, location, retryAfter, body }: SimulatedResponse,
): Said {
  if (status >= 300 && status < 400)
    return location
      ? say(
          'Identity providers do not follow redirects. Use the address that the service redirects to: {location}.',
          {
            location,
          },
        )
      : say('Identity providers do not follow redirects. Use the address that the service redirects to.');
  if (type === 'text/html')
    return say(
      'A web page answered instead of the SCIM service. Check the base URL, and the sign-in page or firewall before it.',
    );
  switch (status) {
    case 400:
      return isUnsupportedFilter(body)
        ? say(
            'The service must support this filter, because the identity provider finds users and groups by it.',
          )
        : say(
            'Accept this request. Its form is that of the identity provider, which nobody can change there.',
          );
    case 401:
      return say(
        'The credential is not accepted. Check that it is complete, has not expired, and was not revoked. A test in the portal ends when another test of the same domain begins.',
      );
    case 403:
      return detailOf(body)?.includes('SCIM is')
        ? say('Make SCIM available to the domain and enable it, on the page SCIM Provisioning of the portal.')
        : say('Give the credential the permission to read and change users and groups.');
    case 404:
      return /^\/+(Users|Groups)\/./.test(path)
        ? say('The service does not find what it has just confirmed. Reads must show the last write.')
        : say(
            'Check the base URL. It usually ends in /scim/v2 or /v2. A search without a result returns 200 with an empty list.',
          );
    case 405:
    case 501:
      return say('Implement {method} for this path. The identity provider does not try another method.', {
        method,
      });
    case 409:
      return say(
        'Another resource has this name. Delete it, or run the simulation again, which uses other names.',
      );
    case 412:
      return say('Do not require If-Match. The identity provider does not send it.');
    case 413:
      return say('Accept larger requests.');
    case 415:
      return say('Accept the content types application/scim+json and application/json.');
    case 429:
      return retryAfter
        ? say('The service limits the rate. Wait {seconds} seconds, or simulate fewer users.', {
            seconds: retryAfter,
          })
        : say('The service limits the rate. Wait a minute, or simulate fewer users.');
    default:
      return status >= 500
        ? say('The service failed. Look for this request in its logs.')
        : say('Return the status that RFC 7644 §3.12 defines.');
  }
}

const isUnsupportedFilter = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && (body as { scimType?: unknown }).scimType === 'invalidFilter';
