import { parseToken } from '../../shared/scim-key';
import { type Finding, Ill, type Patient } from './diagnosis';
import { type ScimAnswer, send, unexpected } from './scim-request';

const BASE_URL =
  'The base URL is `baseUrl` in the outputs of ScimApi and ends in /scim/v2; `scim domain show` has it too.';

/** Without a key the gateway itself answers, as a SCIM error. */
export async function checkGateway(patient: Patient): Promise<Finding> {
  const answer = await send({ ...patient, scimKey: undefined }, { path: '/Users' });
  if (answer.status === 401 && isScimError(answer))
    return { found: 'a request without a key is refused with a SCIM error' };
  throw notTheGateway(answer);
}

function notTheGateway(answer: ScimAnswer): Ill {
  const { status, type, location } = answer;
  if (location !== undefined)
    return new Ill(`it redirects to ${location}`, `Identity providers do not follow. ${BASE_URL}`);
  if (status === 429 || status >= 500) return unexpected('a request without a key', answer);
  if (type === 'text/html') return new Ill(`a web page answers, with ${status}`, BASE_URL);
  return new Ill(
    `a request without a key is answered with ${status}, not with 401 as a SCIM error`,
    BASE_URL,
  );
}

export async function checkKey(patient: Patient): Promise<Finding> {
  const { scimKey } = patient;
  if (!scimKey)
    throw new Ill(
      'there is no SCIM key to try',
      'Make one with `scim key create <domainId> --name doctor --expires 1h`, and set SCIM_KEY to it.',
    );
  const domainId = parseToken(scimKey)?.domainId;
  if (domainId === undefined)
    throw new Ill(
      'the SCIM key is mistyped or cut off',
      'Copy it again: it begins with scim_ and has 128 characters.',
    );
  const answer = await send(patient, { path: '/ServiceProviderConfig' });
  switch (answer.status) {
    case 200:
      return { found: `the SCIM key is taken, of the domain ${domainId}` };
    case 401:
      throw new Ill(
        'the SCIM key is unknown here, has expired or was revoked',
        `\`scim key list ${domainId}\` says which; \`scim key create ${domainId}\` makes another one.`,
      );
    case 403:
      throw new Ill(
        `SCIM is switched off for the domain ${domainId}`,
        `Switch it on: \`scim domain enable ${domainId}\`.`,
      );
    case 404:
      throw new Ill('GET /ServiceProviderConfig is answered with 404', BASE_URL);
    default:
      throw unexpected('GET /ServiceProviderConfig', answer);
  }
}

const isScimError = ({ body: { schemas } }: ScimAnswer): boolean =>
  Array.isArray(schemas) && String(schemas[0]).endsWith(':Error');
