import { say } from './texts/say';
import { Unreachable, type Send, type SimulatedResponse } from './wire';

/** The time for which identity providers wait for a response. */
const TIMEOUT_MS = 60_000;
const MAX_ATTEMPTS = 5;
const MAX_WAIT_SECONDS = 60;

/** The parts of the runtime that send requests. Browsers and Node have them. */
interface Transport {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Returns why no complete response arrived. */
  readonly reasonOf: (error: unknown) => string;
}

/**
 * Returns a function that sends requests with a bearer token. After a 429, it waits as `Retry-After` says,
 * and tries again.
 */
export const sender =
  ({ baseUrl, token, sleep, reasonOf }: Transport): Send =>
  async ({ method, path, headers, body }) => {
    for (let attempt = 1; ; attempt++) {
      const read = await fetch(baseUrl + path, {
        method,
        redirect: 'manual',
        headers: { ...withoutType(headers, body), authorization: `Bearer ${token}` },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
        // A connection can also break off after the headers of the response.
        .then(readResponse)
        .catch((error: unknown) => {
          throw new Unreachable(
            say('{host} did not respond to {method} {path}: {reason}.', {
              host: new URL(baseUrl).host,
              method,
              path: path.split('?')[0] ?? path,
              reason: reasonOf(error),
            }),
          );
        });
      const wait = Number(read.retryAfter ?? 1);
      if (read.status !== 429 || attempt === MAX_ATTEMPTS || !(wait <= MAX_WAIT_SECONDS)) return read;
      await sleep(1_000 * wait);
    }
  };

/** A request without a body has no content type. */
function withoutType(headers: Readonly<Record<string, string>> = {}, body: unknown): Record<string, string> {
  const { 'content-type': type, ...others } = headers;
  return { ...others, ...(body !== undefined && type !== undefined && { 'content-type': type }) };
}

async function readResponse(response: Response): Promise<SimulatedResponse> {
  const text = await response.text();
  const { status, headers } = response;
  const location = headers.get('location');
  const retryAfter = headers.get('retry-after');
  return {
    // A browser hides the status of a redirect.
    status: response.type === 'opaqueredirect' ? 302 : status,
    type: (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
    body: parse(text),
    isEmpty: text === '',
    ...(location !== null && { location }),
    ...(retryAfter !== null && { retryAfter }),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
