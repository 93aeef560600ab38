import type { LookupAddress } from 'node:dns';
import { lookup as lookupHost } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { readJwks, type PublicJwk } from './jwk';
import { JwksProblem, jwksSource, withoutBrackets, type AllowedAddresses } from './jwks-url';
import { isLoopbackAddress, isPublicAddress } from './public-address';

/** The time for everything: DNS, connection, TLS, headers, and body. */
const DEADLINE_MS = 5_000;
const MAX_BYTES = 65_536;

export interface JwksFetchOptions {
  /** The origins of the setting `jwksOrigins`. */
  readonly origins: readonly string[];
  /** @default DEADLINE_MS */
  readonly deadlineMs?: number;
  /** Returns all addresses of a host. @default the resolver of the operating system */
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>;
  /** The certificate authorities to trust, in PEM. @default those of Node */
  readonly ca?: string;
}

/** The keys of an issuer, as its JWKS URL returned them. */
export interface FetchedJwks {
  readonly keys: readonly PublicJwk[];
  /** The `max-age` of the response. */
  readonly maxAgeSeconds?: number;
}

/**
 * Fetches the keys at a JWKS URL. Throws a `JwksProblem` if the URL is not on the allow-list, if the host has an address
 * that is not allowed, or if the response is a redirect, too large, too late, or no list of keys.
 *
 * The addresses are resolved once, checked, and used for the connection. So a name whose DNS answer changes after the
 * check cannot lead to another address.
 */
export async function fetchJwks(text: string, options: JwksFetchOptions): Promise<FetchedJwks> {
  const { url, allowedAddresses } = jwksSource(text, options.origins);
  const deadline = AbortSignal.timeout(options.deadlineMs ?? DEADLINE_MS);
  try {
    const addresses = await beforeDeadline(addressesOf(url, options.resolve ?? resolveHost), deadline);
    if (addresses.length === 0 || !addresses.every(({ address }) => isAllowed(address, allowedAddresses)))
      throw new JwksProblem(
        `The host ${url.host} has an address that is not public. Keys are fetched from public addresses only, unless ` +
          'the setting jwksOrigins names the address.',
      );
    return await request(url, addresses, options.ca, deadline);
  } catch (error) {
    if (error instanceof JwksProblem) throw error;
    if (deadline.aborted)
      throw new JwksProblem(`The host ${url.host} did not return its keys in time. Try again later.`);
    throw new JwksProblem(
      `The keys cannot be fetched from ${url.host} (${reasonOf(error)}). Check the JWKS URL, or try again later.`,
    );
  }
}

const resolveHost = (host: string): Promise<readonly LookupAddress[]> => lookupHost(host, { all: true });

async function addressesOf(
  url: URL,
  resolve: NonNullable<JwksFetchOptions['resolve']>,
): Promise<readonly LookupAddress[]> {
  const host = withoutBrackets(url.hostname);
  const family = isIP(host);
  return family === 0 ? resolve(host) : [{ address: host, family }];
}

function isAllowed(address: string, allowed: AllowedAddresses): boolean {
  if (allowed === 'any') return true;
  return allowed === 'loopback' ? isLoopbackAddress(address) : isPublicAddress(address);
}

/** Rejects at the deadline. A resolver cannot be interrupted. */
function beforeDeadline<T>(promise: Promise<T>, deadline: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    deadline.addEventListener('abort', () => reject(deadline.reason as Error), { once: true });
    promise.then(resolve, reject);
  });
}

function request(
  url: URL,
  addresses: readonly LookupAddress[],
  ca: string | undefined,
  signal: AbortSignal,
): Promise<FetchedJwks> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const sent = send(url, {
      signal,
      ca,
      // A connection of its own: one that is kept alive would outlive the check of its address.
      agent: false,
      lookup: pinned(addresses),
      headers: { accept: 'application/jwk-set+json, application/json', 'accept-encoding': 'identity' },
    });
    const fail = (error: Error) => {
      sent.destroy();
      reject(error);
    };
    sent.on('error', fail);
    sent.on('response', (response) => {
      const problem = problemOfHeaders(response, url.host);
      if (problem !== undefined) return fail(new JwksProblem(problem));
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_BYTES) fail(new JwksProblem(tooLarge(url.host)));
        else chunks.push(chunk);
      });
      response.on('error', fail);
      response.on('end', () => {
        try {
          resolve({ keys: readJwks(Buffer.concat(chunks)), ...maxAgeOf(response) });
        } catch (error) {
          fail(error as Error);
        }
      });
    });
    sent.end();
  });
}

/** Returns a function that resolves every name to the given addresses. */
const pinned =
  (addresses: readonly LookupAddress[]): LookupFunction =>
  (_, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, [...addresses]);
    else if (first) callback(null, first.address, first.family);
  };

function problemOfHeaders({ statusCode = 0, headers }: IncomingMessage, host: string): string | undefined {
  if (statusCode >= 300 && statusCode < 400)
    return `The JWKS URL redirects to another one. Redirects are not followed. Enter the final URL.`;
  if (statusCode !== 200)
    return `The host ${host} returned the status ${statusCode} instead of its keys. Check the JWKS URL.`;
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') return `The host ${host} compresses its keys although this was not requested.`;
  return Number(headers['content-length'] ?? 0) > MAX_BYTES ? tooLarge(host) : undefined;
}

const tooLarge = (host: string): string =>
  `The response of ${host} has more than ${MAX_BYTES} bytes, which no list of keys has. Check the JWKS URL.`;

function maxAgeOf({ headers }: IncomingMessage): { maxAgeSeconds?: number } {
  const control = headers['cache-control'] ?? '';
  if (/(^|[\s,])no-(store|cache)\b/i.test(control)) return { maxAgeSeconds: 0 };
  const [, seconds] = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i.exec(control) ?? [];
  return seconds === undefined ? {} : { maxAgeSeconds: Number(seconds) };
}

/** Returns the code of an error of DNS, the connection, or TLS. Its message could contain an address. */
const reasonOf = (error: unknown): string => (error as { code?: string }).code ?? 'the connection failed';
