import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Faults } from '../../cloud/faults/faults';

/** The paths of the issuer that functions read. */
const KEY_PATHS = /^\/(\.well-known\/openid-configuration|jwks)$/;

/**
 * Fails a request of a function for the issuer's keys, if a fault is due. Returns whether it did. Browsers
 * read the same paths, and never fail.
 */
export function failKeyRequest(
  faults: Pick<Faults, 'take'>,
  { headers, url = '/' }: IncomingMessage,
  response: ServerResponse,
): boolean {
  const [path = ''] = url.split('?');
  if (!KEY_PATHS.test(path) || headers['sec-fetch-site'] !== undefined) return false;
  // The issuer does not know which function asks.
  const site = { function: '', operation: `issuer:${path}`, text: () => url };
  const fault = faults.take(site, ['internal', 'unavailable', 'reset-before', 'hang']);
  switch (fault?.kind) {
    case undefined:
      return false;
    case 'internal':
      response.writeHead(500).end();
      break;
    case 'unavailable':
      response.writeHead(503, { 'retry-after': '1' }).end();
      break;
    case 'reset-before':
      response.destroy();
      break;
    case 'hang':
    // The client times out and closes the connection.
  }
  return true;
}
