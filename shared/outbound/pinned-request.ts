import type { LookupAddress } from 'node:dns';
import { request as requestHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { AddressRefused, allowedAddressesOf, type AllowedAddresses, type Resolve } from './host-addresses';

/** The options of code that sends requests to hosts that somebody else has chosen. */
export interface OutboundOptions {
  /** The origins that an operator allows in addition. */
  readonly origins: readonly string[];
  /** The time for everything: DNS, connection, TLS, headers, and body. */
  readonly deadlineMs?: number;
  /** Returns all addresses of a host. @default the resolver of the operating system */
  readonly resolve?: Resolve;
  /** The certificate authorities to trust, in PEM. @default those of Node */
  readonly ca?: string;
}

export interface OutboundRequest extends Pick<OutboundOptions, 'resolve' | 'ca'> {
  readonly url: URL;
  readonly allowedAddresses: AllowedAddresses;
  /** @default GET */
  readonly method?: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** The time for everything: DNS, connection, TLS, headers, and body. */
  readonly deadlineMs: number;
  /** The largest response. */
  readonly maxBytes: number;
  /**
   * The treatment of a response with more bytes: `refuse` throws a `ResponseTooLarge`, and `drop` closes the
   * connection after the limit. With `drop`, the response counts as soon as its headers have arrived.
   * @default refuse
   */
  readonly excess?: 'refuse' | 'drop';
  /** Called with the status and the headers. What it throws ends the request. */
  readonly onHeaders?: (response: Pick<OutboundResponse, 'status' | 'headers'>) => void;
}

export interface OutboundResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A response that has more bytes than allowed. */
export class ResponseTooLarge extends Error {
  override readonly name = 'ResponseTooLarge';
}

/** A request that took too long. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
}

/** Returns the code of an error of DNS, the connection, or TLS. Its message could contain an address. */
export const connectionProblem = (error: unknown): string =>
  (error as { code?: string }).code ?? 'the connection failed';

/** The time for which the rest of a response is read if its status alone counts. */
const DRAIN_MS = 1_000;

/**
 * Sends a request to a host that somebody else has chosen. Throws an `AddressRefused` if the host has an
 * address that is not allowed. Returns redirects like any other response, and never follows them.
 *
 * The addresses are resolved once, checked, and used for the connection. So a name whose DNS answer changes
 * after the check cannot lead to another address.
 */
export async function sendPinned(request: OutboundRequest): Promise<OutboundResponse> {
  const deadline = AbortSignal.timeout(request.deadlineMs);
  try {
    const { url, allowedAddresses, resolve } = request;
    const addresses = await beforeDeadline(allowedAddressesOf(url, allowedAddresses, resolve), deadline);
    return await send(request, addresses, deadline);
  } catch (error) {
    const isRefused = error instanceof AddressRefused || error instanceof ResponseTooLarge;
    if (deadline.aborted && !isRefused)
      throw new DeadlineExceeded(`The host ${request.url.host} did not respond in time.`);
    throw error;
  }
}

/** Rejects at the deadline. A resolver cannot be interrupted. */
function beforeDeadline<T>(promise: Promise<T>, deadline: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    deadline.addEventListener('abort', () => reject(deadline.reason as Error), { once: true });
    promise.then(resolve, reject);
  });
}

function send(
  { url, method = 'GET', headers, body, maxBytes, excess = 'refuse', onHeaders, ca }: OutboundRequest,
  addresses: readonly LookupAddress[],
  signal: AbortSignal,
): Promise<OutboundResponse> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    const sent = request(url, {
      method,
      signal,
      ca,
      // A connection of its own: one that is kept alive would outlive the check of its address.
      agent: false,
      lookup: pinned(addresses),
      headers: { ...headers, ...(body && { 'content-length': String(body.length) }) },
    });
    const fail = (error: Error) => {
      sent.destroy();
      reject(error);
    };
    sent.on('error', fail);
    sent.on('response', (response) => {
      const { statusCode: status = 0, headers: received } = response;
      const end = (parts: readonly Buffer[]) =>
        resolve({ status, headers: received, body: Buffer.concat(parts) });
      try {
        onHeaders?.({ status, headers: received });
      } catch (error) {
        return fail(error as Error);
      }
      if (excess === 'drop') dropExcess(response, maxBytes, end);
      else refuseExcess(response, maxBytes, end, fail);
    });
    sent.end(body);
  });
}

function refuseExcess(
  response: IncomingMessage,
  maxBytes: number,
  end: (parts: readonly Buffer[]) => void,
  fail: (error: Error) => void,
): void {
  const tooLarge = () => fail(new ResponseTooLarge(`The response has more than ${maxBytes} bytes.`));
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) return tooLarge();
  const parts: Buffer[] = [];
  let size = 0;
  response.on('data', (part: Buffer) => {
    size += part.length;
    if (size > maxBytes) tooLarge();
    else parts.push(part);
  });
  response.on('error', fail);
  response.on('end', () => end(parts));
}

/** A host that sends its body slowly, or without an end, has received the request all the same. */
function dropExcess(
  response: IncomingMessage,
  maxBytes: number,
  end: (parts: readonly Buffer[]) => void,
): void {
  const parts: Buffer[] = [];
  let size = 0;
  const finish = () => {
    clearTimeout(timer);
    response.destroy();
    end(parts);
  };
  const timer = setTimeout(finish, DRAIN_MS);
  response.on('data', (part: Buffer) => {
    parts.push(part.subarray(0, maxBytes - size));
    size += part.length;
    if (size >= maxBytes) finish();
  });
  response.on('error', finish);
  response.on('end', finish);
}

/** Returns a function that resolves every name to the given addresses. */
const pinned =
  (addresses: readonly LookupAddress[]): LookupFunction =>
  (_, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, [...addresses]);
    else if (first) callback(null, first.address, first.family);
  };
