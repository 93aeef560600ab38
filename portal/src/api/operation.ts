import type { Operations } from './schema';

/** An operation as the document of the admin API has it, e.g. `GET /domains/{domainId}`. */
export type OperationName = keyof Operations;

type DefinedParts<T> = { readonly [Part in keyof T as T[Part] extends undefined ? never : Part]: T[Part] };

/** What an operation takes: `path`, `query` and `body`, each only where the document has it. */
export type OperationInput<N extends OperationName> = DefinedParts<Omit<Operations[N], 'answer'>>;
export type OperationResult<N extends OperationName> = Operations[N]['answer'];

interface UntypedInput {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
}

export interface OperationRequest {
  readonly method: string;
  /** The path as the document has it, e.g. `/domains/{domainId}`. */
  readonly template: string;
  readonly url: string;
  /** JSON. */
  readonly body?: string;
}

/** The request of an operation; what is not given or empty is left out of its query. `baseUrl` has no trailing slash. */
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
