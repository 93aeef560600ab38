import { setTimeout as sleep } from 'node:timers/promises';
import { AdminError } from '../shared/service/admin-error';

/** Where the admin API is, and the token that opens it. */
export interface AdminAccess {
  /** Ends in `/admin/v1`. */
  readonly url: string;
  readonly token: string;
}

export interface AdminCall {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: object;
}

const LIST_PAGE = 100;
const TRIES = 5;
const TIMEOUT_MS = 35_000;

/** Calls the admin API. Whatever goes wrong is an `AdminError` that says what to do. */
export class AdminClient {
  constructor(
    private readonly access: AdminAccess,
    private readonly userAgent: string,
  ) {}

  /** The answer's body; undefined where there is none. */
  async call<T>(method: string, path: string, call: AdminCall = {}): Promise<T> {
    const response = await this.send(method, path, call);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** All pages of a list. */
  async all<T>(path: string, query: AdminCall['query'] = {}): Promise<T[]> {
    const found: T[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.call<{ items: T[]; next?: string }>('GET', path, {
        query: { ...query, limit: LIST_PAGE, cursor },
      });
      found.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    return found;
  }

  /** Waits where the API asks for it. */
  async send(method: string, path: string, { query = {}, body }: AdminCall = {}): Promise<Response> {
    const url = new URL(this.access.url + path);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value));
    for (let attempt = 1; ; attempt++) {
      const response = await this.fetch(url, method, body);
      if (response.ok) return response;
      if (response.status !== 429 || attempt === TRIES) throw await problemOf(response, url);
      await sleep(1_000 * Number(response.headers.get('retry-after') ?? 1));
    }
  }

  private async fetch(url: URL, method: string, body: object | undefined): Promise<Response> {
    try {
      return await fetch(url, {
        method,
        headers: {
          authorization: `Bearer ${this.access.token}`,
          'user-agent': this.userAgent,
          ...(body && { 'content-type': 'application/json' }),
        },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      const { message, cause } = error as Error;
      const why = cause instanceof Error ? cause.message : message;
      throw new AdminError(`The admin API at ${url.origin} cannot be reached: ${why}.`);
    }
  }
}

/** What the API says (RFC 9457), or what came instead of an answer of it. */
async function problemOf(response: Response, url: URL): Promise<AdminError> {
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; requestId?: string };
  if (problem.detail === undefined) {
    return new AdminError(`${url.origin} answers ${response.status}: is it the address of the admin API?`);
  }
  const { detail, requestId } = problem;
  return new AdminError(response.status >= 500 ? `${detail} (${requestId})` : detail);
}
