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

/** Calls the operations of the admin API's document by their names, e.g. `GET /domains/{domainId}`. */
export class ApiClient {
  constructor(
    /** Without a trailing slash. */
    private readonly baseUrl: string,
    private readonly token: () => string | undefined,
    private readonly send: typeof fetch = (...request) => fetch(...request),
  ) {}

  /** The answer's body; throws an `ApiProblem`. */
  async call<N extends Name>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Answer<N>> {
    const response = await this.response(name, input, signal);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as Answer<N>;
  }

  /** As `call`, for an answer that is not JSON, or whose headers matter. */
  async response<N extends Name>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Response> {
    const { path, query, body } = input as Loose;
    const [method = '', template = ''] = name.split(' ');
    const response = await this.send(`${this.baseUrl}${filledIn(template, path)}${queryString(query)}`, {
      method,
      signal,
      headers: {
        authorization: `Bearer ${this.token() ?? ''}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    }).catch((error: unknown) => {
      throw signal?.aborted ? error : ApiProblem.unreachable();
    });
    if (!response.ok) throw await ApiProblem.of(response);
    return response;
  }
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
