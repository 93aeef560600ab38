import { addressesOfOrigin, type AllowedAddresses } from '../../outbound/host-addresses';

/** The hosts at which Microsoft publishes the keys of Entra ID, also in its national clouds. */
const MICROSOFT_HOSTS = [
  'login.microsoftonline.com',
  'login.windows.net',
  'login.microsoft.com',
  'sts.windows.net',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn',
];

/** The domains below which each Okta organization has its host. */
const OKTA_DOMAINS = ['okta.com', 'oktapreview.com', 'okta-emea.com', 'okta-gov.com', 'okta.mil'];

const MAX_URL_LENGTH = 2_000;

/** A JWKS URL that is on the allow-list. */
export interface JwksSource {
  readonly url: URL;
  readonly allowedAddresses: AllowedAddresses;
  /** True for Microsoft's own hosts, whose assertions have no `jti`. */
  readonly isMicrosoft: boolean;
}

/** Says why keys cannot be used, and what to change. */
export class JwksProblem extends Error {
  override readonly name = 'JwksProblem';
}

/**
 * Returns the source that a JWKS URL names. Throws a `JwksProblem` if the URL is not on the allow-list.
 * `origins` are those of the setting `jwksOrigins`.
 */
export function jwksSource(text: string, origins: readonly string[]): JwksSource {
  const url = parseUrl(text);
  if (origins.includes(url.origin))
    return { url, allowedAddresses: addressesOfOrigin(url.hostname), isMicrosoft: false };
  const isMicrosoft = MICROSOFT_HOSTS.includes(url.hostname);
  if (!isMicrosoft && !isOktaHost(url.hostname))
    throw new JwksProblem(
      `The host ${url.host} is not on the allow-list for keys. Use a JWKS URL of Microsoft or Okta, or ask the ` +
        `operator of the service to add ${url.origin} to the setting jwksOrigins.`,
    );
  if (url.protocol !== 'https:' || url.port !== '')
    throw new JwksProblem('The JWKS URL must use https and its default port. Change the URL.');
  return { url, allowedAddresses: 'public', isMicrosoft };
}

/** Returns why a trust cannot have this JWKS URL; undefined if it can. */
export function jwksUrlProblem(text: string, origins: readonly string[]): string | undefined {
  try {
    jwksSource(text, origins);
    return undefined;
  } catch (error) {
    if (error instanceof JwksProblem) return error.message;
    throw error;
  }
}

function parseUrl(text: string): URL {
  const isPlain = /^https?:\/\/[^\\]+$/.test(text) && /^[\x21-\x7e]+$/.test(text);
  if (!isPlain || text.length > MAX_URL_LENGTH || !URL.canParse(text))
    throw new JwksProblem(
      `The JWKS URL is not a URL of at most ${MAX_URL_LENGTH} characters that begins with https://. Copy the whole URL.`,
    );
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || text.includes('#'))
    throw new JwksProblem('The JWKS URL must not have a user name, a password, or a fragment. Remove it.');
  return url;
}

const isOktaHost = (hostname: string): boolean =>
  OKTA_DOMAINS.some((domain) => hostname.endsWith(`.${domain}`));
