import type { JSONWebKeySet } from 'jose';

/** The service cannot be reached, is busy, or has failed. The last answer remains valid for its time. */
export class ServiceUnavailableError extends Error {
  override readonly name = 'ServiceUnavailableError';

  constructor(
    message: string,
    /** The number of seconds after which to try again, if the service named one. */
    readonly retryAfterSeconds?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The service refuses a request, which must be changed first. */
export class ServiceRefusedError extends Error {
  override readonly name = 'ServiceRefusedError';

  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

export interface ServiceApiOptions {
  /** The URL of the API, to which paths are added. */
  readonly url: string;
  /** @default - the `fetch` of the platform */
  readonly fetch?: typeof fetch;
  /** The milliseconds after which a request ends without an answer. @default 5000 */
  readonly timeoutMs?: number;
}

/** An answer of the service: its body, and the number of seconds for which `Cache-Control` allows its use. */
export interface ApiAnswer {
  readonly body: Readonly<Record<string, unknown>>;
  readonly maxAgeSeconds: number;
}

/** An API of the service. */
export class ServiceApi {
  readonly url: string;
  private readonly fetch: typeof fetch;
  private readonly timeoutMs: number;

  constructor({ url, fetch: send = fetch, timeoutMs = 5_000 }: ServiceApiOptions) {
    this.url = url.replace(/\/+$/, '');
    this.fetch = send;
    this.timeoutMs = timeoutMs;
  }

  /** Sends a GET. Throws `ServiceUnavailableError` or `ServiceRefusedError`. */
  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<ApiAnswer> {
    const response = await this.send(path, headers);
    const { status } = response;
    if (status === 429 || status >= 500)
      throw new ServiceUnavailableError(
        `The service responded with ${status}.`,
        secondsIn(response, 'retry-after'),
      );
    const body = await readJson(response);
    if (status !== 200)
      throw new ServiceRefusedError(textOf(body.detail) ?? `The service responded with ${status}.`, status);
    const maxAge = /(?:^|[\s,])max-age=(\d+)/.exec(response.headers.get('cache-control') ?? '')?.[1];
    return { body, maxAgeSeconds: Number(maxAge ?? 0) };
  }

  /**
   * Returns the public keys of the license API. Throws `ServiceUnavailableError` or `ServiceRefusedError`.
   */
  async keys(): Promise<JSONWebKeySet> {
    const { keys } = (await this.get('jwks')).body;
    if (Array.isArray(keys)) return { keys: keys as JSONWebKeySet['keys'] };
    throw new ServiceUnavailableError('The answer is not a set of keys.');
  }

  private async send(path: string, headers: Readonly<Record<string, string>>): Promise<Response> {
    try {
      return await this.fetch(`${this.url}/${path}`, {
        headers,
        redirect: 'error',
        signal: AbortSignal.timeout(this.timeoutMs),
      });
    } catch (error) {
      throw new ServiceUnavailableError('The service cannot be reached.', undefined, { cause: error });
    }
  }
}

/** A proxy on the way may answer with a page of its own. Such an answer is no answer of the service. */
async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    if (typeof body === 'object' && body !== null && !Array.isArray(body))
      return body as Record<string, unknown>;
  } catch (error) {
    throw new ServiceUnavailableError('The answer is not JSON.', undefined, { cause: error });
  }
  throw new ServiceUnavailableError('The answer is not a JSON object.');
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function secondsIn(response: Response, header: string): number | undefined {
  const seconds = Number(response.headers.get(header) ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
