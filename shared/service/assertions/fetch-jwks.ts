import { AddressRefused } from '../../outbound/host-addresses';
import {
  connectionProblem,
  DeadlineExceeded,
  type OutboundOptions,
  type OutboundResponse,
  ResponseTooLarge,
  sendPinned,
} from '../../outbound/pinned-request';
import { readJwks, type PublicJwk } from './jwk';
import { JwksProblem, jwksSource } from './jwks-url';

/** The time for everything: DNS, connection, TLS, headers, and body. */
const DEADLINE_MS = 5_000;
const MAX_BYTES = 65_536;

/** `origins` are those of the setting `jwksOrigins`. */
export type JwksFetchOptions = OutboundOptions;

/** The keys of an issuer, as its JWKS URL returned them. */
export interface FetchedJwks {
  readonly keys: readonly PublicJwk[];
  /** The `max-age` of the response. */
  readonly maxAgeSeconds?: number;
}

/**
 * Fetches the keys at a JWKS URL. Throws a `JwksProblem` if the URL is not on the allow-list, if the host has
 * an address that is not allowed, or if the response is a redirect, too large, too late, or no list of keys.
 */
export async function fetchJwks(text: string, options: JwksFetchOptions): Promise<FetchedJwks> {
  const { url, allowedAddresses } = jwksSource(text, options.origins);
  const { deadlineMs = DEADLINE_MS, resolve, ca } = options;
  try {
    const response = await sendPinned({
      url,
      allowedAddresses,
      headers: { accept: 'application/jwk-set+json, application/json', 'accept-encoding': 'identity' },
      deadlineMs,
      maxBytes: MAX_BYTES,
      onHeaders: (received) => assertKeysFollow(received, url.host),
      resolve,
      ca,
    });
    return { keys: readJwks(response.body), ...maxAgeOf(response) };
  } catch (error) {
    throw problemOf(error, url.host);
  }
}

function problemOf(error: unknown, host: string): JwksProblem {
  if (error instanceof JwksProblem) return error;
  if (error instanceof AddressRefused)
    return new JwksProblem(
      `${error.message} Keys are fetched from public addresses only, unless the setting jwksOrigins names the address.`,
    );
  if (error instanceof DeadlineExceeded)
    return new JwksProblem(`The host ${host} did not return its keys in time. Try again later.`);
  if (error instanceof ResponseTooLarge)
    return new JwksProblem(
      `The response of ${host} has more than ${MAX_BYTES} bytes, which no list of keys has. Check the JWKS URL.`,
    );
  return new JwksProblem(
    `The keys cannot be fetched from ${host} (${connectionProblem(error)}). Check the JWKS URL, or try again later.`,
  );
}

function assertKeysFollow({ status, headers }: Pick<OutboundResponse, 'status' | 'headers'>, host: string) {
  if (status >= 300 && status < 400)
    throw new JwksProblem(
      `The JWKS URL redirects to another one. Redirects are not followed. Enter the final URL.`,
    );
  if (status !== 200)
    throw new JwksProblem(
      `The host ${host} returned the status ${status} instead of its keys. Check the JWKS URL.`,
    );
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new JwksProblem(`The host ${host} compresses its keys although this was not requested.`);
}

function maxAgeOf({ headers }: OutboundResponse): { maxAgeSeconds?: number } {
  const control = headers['cache-control'] ?? '';
  if (/(^|[\s,])no-(store|cache)\b/i.test(control)) return { maxAgeSeconds: 0 };
  const [, seconds] = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i.exec(control) ?? [];
  return seconds === undefined ? {} : { maxAgeSeconds: Number(seconds) };
}
