import { parseToken } from '../../shared/credentials/scim-key';
import { CheckFailed, type Observation, type Target } from './diagnosis';
import { type ScimResponse, send, unexpected } from './scim-request';

const BASE_URL =
  'Check the base URL. It ends in /scim/v2; `scim domain show` and the output `baseUrl` of ScimApi contain it.';

/** Checks that a request without a key gets the gateway's own SCIM error. */
export async function checkGateway(target: Target): Promise<Observation> {
  const response = await send({ ...target, scimKey: undefined }, { path: '/Users' });
  if (response.status === 401 && isScimError(response))
    return { found: 'a request without a key gets a SCIM error with 401' };
  throw notScimGateway(response);
}

function notScimGateway(response: ScimResponse): CheckFailed {
  const { status, type, location } = response;
  if (location !== undefined)
    return new CheckFailed(
      `the URL redirects to ${location}`,
      `Identity providers do not follow redirects. ${BASE_URL}`,
    );
  if (status === 429 || status >= 500) return unexpected('a request without a key', response);
  if (type === 'text/html') return new CheckFailed(`the URL returns a web page with ${status}`, BASE_URL);
  return new CheckFailed(
    `a request without a key returned ${status} instead of a SCIM error with 401`,
    BASE_URL,
  );
}

export async function checkKey(target: Target): Promise<Observation> {
  const { scimKey } = target;
  if (!scimKey)
    throw new CheckFailed(
      'no SCIM key was given',
      'Create a key with `scim key create <domainId> --name doctor --expires 1h`, and set SCIM_KEY to it.',
    );
  const domainId = parseToken(scimKey)?.domainId;
  if (domainId === undefined)
    throw new CheckFailed(
      'the SCIM key is mistyped or incomplete',
      'Copy it again. A SCIM key begins with scim_ and has 128 characters.',
    );
  const response = await send(target, { path: '/ServiceProviderConfig' });
  switch (response.status) {
    case 200:
      return { found: `the SCIM key of the domain ${domainId} is valid` };
    case 401:
      throw new CheckFailed(
        'the SCIM key is unknown, has expired or was revoked',
        `\`scim key list ${domainId}\` shows its status; \`scim key create ${domainId}\` creates a new key.`,
      );
    case 403:
      if (String(response.body.detail).includes('not available'))
        throw new CheckFailed(
          `SCIM is not available to the domain ${domainId}`,
          `An operator makes it available: \`scim domain update ${domainId} --scim-available yes\`.`,
        );
      throw new CheckFailed(
        `SCIM is disabled for the domain ${domainId}`,
        `Enable it: \`scim domain enable ${domainId}\`.`,
      );
    case 404:
      throw new CheckFailed('GET /ServiceProviderConfig returned 404', BASE_URL);
    default:
      throw unexpected('GET /ServiceProviderConfig', response);
  }
}

const isScimError = ({ body: { schemas } }: ScimResponse): boolean =>
  Array.isArray(schemas) && String(schemas[0]).endsWith(':Error');
