import { ApiProblem } from './problem';
import type { Operations } from './schema';

type Name = keyof Operations;
type Given<T> = { [Key in keyof T as T[Key] extends undefined ? never : Key]: T[Key] };

/** What an operation takes: `path`, `query` and `body`, each only where the document has it. */
export type Input<N extends Name> = Given<Omit<Operations[N], 'answer'>>;
export type Answer<N extends Name> = Operations[N]['answer'];

interface Loose {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
}

/** Where the client has its tokens from. */
export interface Credentials {
  readonly token: () => string | undefined;
  /** Another token in place of one that was refused; undefined: none is to be had. */
  readonly renew: () => Promise<string | undefined>;
}

/** Calls the operations of the admin API's document by their names, e.g. `GET /domains/{domainId}`. */
export class ApiClient {
  constructor(
    /** Without a trailing slash. */
    private readonly baseUrl: string,
    private readonly credentials: Credentials,
    private readonly send: typeof fetch = (...request) => fetch(...request),
  ) {}

  /** The answer's body; throws an `ApiProblem`. */
  async call<N extends Name>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Answer<N>> {
    const response = await this.response(name, input, signal);
    const text = await response.text().catch(() => {
      throw ApiProblem.unreachable();
    });
    return (text === '' ? undefined : JSON.parse(text)) as Answer<N>;
  }

  /** As `call`, for an answer that is not JSON, or whose headers matter. */
  async response<N extends Name>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Response> {
    const request = requestOf(this.baseUrl, name, input);
    const response = await this.sent(request, this.credentials.token(), signal);
    // A refused call has done nothing, so it can be sent again.
    const token = response.status === 401 ? await this.credentials.renew() : undefined;
    const final = token === undefined ? response : await this.sent(request, token, signal);
    if (!final.ok) throw await ApiProblem.of(final);
    return final;
  }

  private async sent(
    { url, method, body }: ApiRequest,
    token: string | undefined,
    signal?: AbortSignal,
  ): Promise<Response> {
    const headers = {
      authorization: `Bearer ${token ?? ''}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    try {
      return await this.send(url, { method, signal, headers, body });
    } catch (error) {
      throw signal?.aborted ? error : ApiProblem.unreachable();
    }
  }
}

interface ApiRequest {
  readonly url: string;
  readonly method: string;
  readonly body?: string;
}

function requestOf(baseUrl: string, name: string, { path, query, body }: Loose): ApiRequest {
  const [method = '', template = ''] = name.split(' ');
  return {
    url: `${baseUrl}${filledIn(template, path)}${queryString(query)}`,
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

function filledIn(template: string, path: Loose['path'] = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
}

function queryString(query: Loose['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return text && `?${text}`;
}
