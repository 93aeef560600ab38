import type { RequestHead } from './request';

/** The facts about a request after its response. */
export interface Exchange {
  readonly status: number;
  readonly responseLength: number;
  /** The type of the gateway response; undefined if the integration responded. */
  readonly errorType?: string;
  /** Milliseconds from the request to the response. */
  readonly latencyMs: number;
  /** Milliseconds that the function took; undefined if it was not called. */
  readonly integrationLatencyMs?: number;
  /** The status of the function's response; undefined if there is none. */
  readonly integrationStatus?: number;
}

/**
 * Renders a line of the access log from its format. A variable without a value is `-`, as in AWS. Values are
 * escaped for JSON.
 */
export function accessLogLine(
  format: string,
  { context, authorization }: RequestHead,
  exchange: Exchange,
): string {
  const { status, responseLength, errorType, latencyMs, integrationLatencyMs, integrationStatus } = exchange;
  const variables = {
    ...context,
    status,
    responseLength,
    responseLatency: latencyMs,
    integrationLatency: integrationLatencyMs,
    integrationStatus,
    error: { responseType: errorType },
    authorizer: { ...context.authorizer, ...authorization },
    // The function has the same request ID here.
    integration: { requestId: integrationLatencyMs === undefined ? undefined : context.requestId },
  };
  return format.replace(/\$context((?:\.[A-Za-z_]\w*)+)/g, (_, path: string) =>
    JSON.stringify(lookUp(path.slice(1), variables) ?? '-').slice(1, -1),
  );
}

function lookUp(path: string, variables: object): string | undefined {
  let value: unknown = variables;
  for (const key of path.split('.'))
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
