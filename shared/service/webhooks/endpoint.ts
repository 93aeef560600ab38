import { ENV, requireEnv } from '../../env';
import {
  addressesOfOrigin,
  AddressRefused,
  allowedAddressesOf,
  type AllowedAddresses,
  type Resolve,
} from '../../outbound/host-addresses';
import { isPublicAddress } from '../../outbound/public-address';
import { isIP } from 'node:net';

const MAX_URL_LENGTH = 2_000;
/**
 * The time for DNS when a URL is checked. A name that cannot be resolved now is checked before each delivery.
 */
const CHECK_DEADLINE_MS = 2_000;

/** The names that never lead to a public host (RFC 6761, RFC 6762, RFC 8375, and names that clouds use). */
const PRIVATE_SUFFIXES = ['localhost', 'local', 'internal', 'home.arpa', 'lan', 'intranet', 'corp', 'home'];

/**
 * The ports of https. Any other port could belong to a service of another kind, such as SMTP or a database,
 * that reads a request as its own commands.
 */
const PORTS: ReadonlySet<string> = new Set(['443', '8443']);

/** The endpoint of a webhook. */
export interface Endpoint {
  readonly url: URL;
  readonly allowedAddresses: AllowedAddresses;
}

/** Says why the URL of an endpoint is refused, and what to change. */
export class EndpointProblem extends Error {
  override readonly name = 'EndpointProblem';
}

/** Returns the origins of the setting `webhookOrigins`. */
export const readWebhookOrigins = (): readonly string[] =>
  JSON.parse(requireEnv(ENV.webhookOrigins)) as readonly string[];

/**
 * Returns the endpoint that a URL names. Throws an `EndpointProblem` unless the URL is of a public host that
 * is reached with https at one of the ports of https. `origins` are those of the setting `webhookOrigins`.
 */
export function endpointAt(text: string, origins: readonly string[]): Endpoint {
  const url = parseUrl(text);
  if (origins.includes(url.origin)) return { url, allowedAddresses: addressesOfOrigin(url.hostname) };
  if (url.protocol !== 'https:')
    throw new EndpointProblem('The URL of a webhook must begin with https://. Change the URL.');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const isPrivate = isIP(host) === 0 ? isPrivateName(host) : !isPublicAddress(host);
  if (isPrivate) throw new EndpointProblem(notPublic(url.host));
  // `port` is empty for the default port.
  if (url.port !== '' && !PORTS.has(url.port)) throw new EndpointProblem(wrongPort(url.port));
  return { url, allowedAddresses: 'public' };
}

/**
 * Returns why a webhook cannot have this URL; undefined if it can. Also resolves the name, so that an
 * administrator learns at once that it leads to a private address. The check is repeated for each delivery.
 */
export async function endpointProblem(
  text: string,
  origins: readonly string[],
  resolve?: Resolve,
): Promise<string | undefined> {
  try {
    const { url, allowedAddresses } = endpointAt(text, origins);
    await Promise.race([allowedAddressesOf(url, allowedAddresses, resolve), deadline()]);
    return undefined;
  } catch (error) {
    if (error instanceof EndpointProblem) return error.message;
    // A name may get its address later.
    return error instanceof AddressRefused ? notPublic(new URL(text).host) : undefined;
  }
}

const deadline = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, CHECK_DEADLINE_MS).unref());

const notPublic = (host: string): string =>
  `The host ${host} is not on the public internet. Webhooks are sent to public addresses only. Use a public host, or ` +
  'ask the operator of the service to add the origin to the setting webhookOrigins.';

const wrongPort = (port: string): string =>
  `The port ${port} is not allowed. Webhooks are sent only to ports ${[...PORTS].join(' and ')}. Use one of them, ` +
  'or ask the operator of the service to add the origin to the setting webhookOrigins.';

function parseUrl(text: string): URL {
  const isPlain = /^https?:\/\/[^\\]+$/.test(text) && /^[\x21-\x7e]+$/.test(text);
  if (!isPlain || text.length > MAX_URL_LENGTH || !URL.canParse(text))
    throw new EndpointProblem(
      `The endpoint is not a URL of at most ${MAX_URL_LENGTH} characters that begins with https://. Copy the whole URL.`,
    );
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || text.includes('#'))
    throw new EndpointProblem(
      'The URL of a webhook must not have a user name, a password, or a fragment. Remove it. Receivers verify the ' +
        'signature instead of a password.',
    );
  return url;
}

/** A name without a dot is one of a local network. */
function isPrivateName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  return (
    !name.includes('.') || PRIVATE_SUFFIXES.some((suffix) => name === suffix || name.endsWith(`.${suffix}`))
  );
}
