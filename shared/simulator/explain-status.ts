import type { SimulatedRequest, SimulatedResponse } from './wire';

/** Explains a status that the identity provider does not expect. */
export function explainStatus(
  { method, path }: SimulatedRequest,
  response: SimulatedResponse,
  expected: readonly number[],
): { problem: string; remedy: string } {
  const detail = detailOf(response.body);
  const said = detail === undefined ? '' : `: ${detail}`;
  return {
    problem: `${method} ${path.split('?')[0]} returned ${response.status} instead of ${expected.join(' or ')}${said}`,
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
) {
  if (status >= 300 && status < 400)
    return `Identity providers do not follow redirects. Use the address that the service redirects to${location ? `: ${location}` : ''}.`;
  if (type === 'text/html')
    return 'A web page answered instead of the SCIM service. Check the base URL, and the sign-in page or firewall before it.';
  switch (status) {
    case 400:
      return isUnsupportedFilter(body)
        ? 'The service must support this filter, because the identity provider finds users and groups by it.'
        : 'Accept this request. Its form is that of the identity provider, which nobody can change there.';
    case 401:
      return 'The credential is not accepted. Check that it is complete, has not expired, and was not revoked.';
    case 403:
      return detailOf(body)?.includes('SCIM is')
        ? 'Make SCIM available to the domain and switch it on, on the page SCIM Provisioning of the portal.'
        : 'Give the credential the permission to read and change users and groups.';
    case 404:
      return /^\/+(Users|Groups)\/./.test(path)
        ? 'The service does not find what it has just confirmed. Reads must show the last write.'
        : 'Check the base URL. It usually ends in /scim/v2 or /v2. A search without a result returns 200 with an empty list.';
    case 405:
    case 501:
      return `Implement ${method} for this path. The identity provider does not try another method.`;
    case 409:
      return 'Another resource has this name. Delete it, or run the simulation again, which uses other names.';
    case 412:
      return 'Do not require If-Match. The identity provider does not send it.';
    case 413:
      return 'Accept larger requests.';
    case 415:
      return 'Accept the content types application/scim+json and application/json.';
    case 429:
      return `The service limits the rate. Wait ${retryAfter ? `${retryAfter} seconds` : 'a minute'}, or simulate fewer users.`;
    default:
      return status >= 500
        ? 'The service failed. Look for this request in its logs.'
        : 'Return the status that RFC 7644 §3.12 defines.';
  }
}

const isUnsupportedFilter = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && (body as { scimType?: unknown }).scimType === 'invalidFilter';
