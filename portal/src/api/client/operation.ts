import type { Operations } from '../schema';

/** The name of an operation in the document of the admin API, such as `GET /domains/{domainId}`. */
export type OperationName = keyof Operations;

type DefinedParts<T> = { readonly [Part in keyof T as T[Part] extends undefined ? never : Part]: T[Part] };

/** The input of an operation: `path`, `query` and `body`, as far as the document defines them. */
export type OperationInput<N extends OperationName> = DefinedParts<Omit<Operations[N], 'response'>>;
export type OperationResult<N extends OperationName> = Operations[N]['response'];

interface UntypedInput {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
}

export interface OperationRequest {
  readonly method: string;
  /** The path in the document, such as `/domains/{domainId}`. */
  readonly template: string;
  readonly url: string;
  /** The body as JSON. */
  readonly body?: string;
}

/** Returns the request of an operation. Omits empty query parameters. `baseUrl` has no trailing slash. */
export function operationRequest<N extends OperationName>(
  baseUrl: string,
  operation: N,
  input: OperationInput<N>,
): OperationRequest {
  const [method = '', template = ''] = operation.split(' ');
  const { path, query, body }: UntypedInput = input;
  const url = baseUrl + fillTemplate(template, path) + queryString(query);
  return { method, template, url, ...(body !== undefined && { body: JSON.stringify(body) }) };
}

function fillTemplate(template: string, path: UntypedInput['path'] = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
}

function queryString(query: UntypedInput['query'] = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  const text = parameters.toString();
  return text && `?${text}`;
}
