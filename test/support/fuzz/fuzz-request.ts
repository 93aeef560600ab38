import type { WireRequest } from '../faults/wire';

/** One request of the fuzzer. */
export interface FuzzRequest extends WireRequest {
  /** The subject of the request, for the table of statuses, for example `SCIM PATCH /Users`. */
  readonly about: string;
  /** True if the caller may see data of all domains. */
  readonly isOperator?: boolean;
}

/** Returns the request as a command that sends it again, without its bearer token. */
export function asCurl({ method, url, headers, body }: WireRequest): string {
  const quote = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const lines = Object.entries(headers).map(
    ([name, value]) => ` -H ${quote(`${name}: ${value.replace(/^Bearer .+/s, 'Bearer …')}`)}`,
  );
  const data = body === undefined ? '' : ` --data-binary ${quote(body.slice(0, 2_000))}`;
  return `curl -i -X ${method}${lines.join('')}${data} ${quote(url)}`;
}
