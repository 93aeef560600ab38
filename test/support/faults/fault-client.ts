import { retry } from '../../../shared/retry/retry';
import { createDomainClient, type DomainClient, session } from '../system/system';
import type { IdentityProvider } from './identity-provider';
import { jsonOf } from './wire';

/** The time for which the creation of a domain is repeated, in milliseconds. */
const PATIENCE_MS = 60_000;

/** Creates a domain, and returns a client that sends its requests as an identity provider does. */
export async function createFaultClient(idp: IdentityProvider): Promise<DomainClient> {
  // The calls of this process fail, too.
  const domain = await retry(() => createDomainClient(), { windowMs: PATIENCE_MS });
  const request: DomainClient['request'] = async (method, path, body, headers = {}) => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const response = await idp.exchange({
      method,
      url: session().baseUrl + path,
      headers: {
        authorization: `Bearer ${domain.scimKey}`,
        ...(text !== undefined && { 'content-type': 'application/scim+json' }),
        ...lowerCase(headers),
      },
      body: text,
    });
    const parsed: unknown = jsonOf(response) ?? (response.body === '' ? undefined : response.body);
    return {
      status: response.status,
      headers: new Headers(response.headers),
      body: parsed,
    };
  };
  return { ...domain, request };
}

const lowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
