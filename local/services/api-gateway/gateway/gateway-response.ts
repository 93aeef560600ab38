import { FAULTS, type FaultType } from './fault';
import type { GatewayResponseDefinition } from '../api';
import type { RequestContext } from './request';

export interface HttpResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';

/** Renders API Gateway's own response to a request that does not reach the integration. */
export function renderGatewayResponse(
  type: FaultType,
  definitions: ReadonlyMap<string, GatewayResponseDefinition>,
  context: RequestContext,
): HttpResponse {
  const [defaultStatus, message] = FAULTS[type];
  const definition =
    definitions.get(type) ?? definitions.get(defaultStatus < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const variables = {
    ...context,
    error: { message: message ?? '', messageString: JSON.stringify(message), responseType: type },
  };
  const template =
    definition?.templates['application/json'] ??
    Object.values(definition?.templates ?? {})[0] ??
    DEFAULT_TEMPLATE;
  const headers = new Map([['content-type', ['Content-Type', 'application/json'] as [string, string]]]);
  for (const [parameter, expression] of Object.entries(definition?.parameters ?? {})) {
    const name = parameter.replace('gatewayresponse.header.', '');
    const value = headerValue(expression, variables);
    if (value !== undefined) headers.set(name.toLowerCase(), [name, value]);
  }
  return {
    status: definition?.status ?? defaultStatus,
    headers: [...headers.values(), ['x-amzn-ErrorType', errorType(type)]],
    body: Buffer.from(renderTemplate(template, variables)),
  };
}

/**
 * Replaces variables. AWS supports no directives or functions here either. An unknown variable becomes empty.
 */
function renderTemplate(template: string, variables: object): string {
  return template.replace(
    /\$context((?:\.[A-Za-z_]\w*)+)/g,
    (_, path: string) => lookUp(path.slice(1), variables) ?? '',
  );
}

function headerValue(expression: string, variables: object): string | undefined {
  const literal = /^'(.*)'$/s.exec(expression)?.[1];
  if (literal !== undefined) return literal;
  return lookUp(expression.replace(/^context\./, ''), variables);
}

function lookUp(path: string, variables: object): string | undefined {
  let value: unknown = variables;
  for (const key of path.split('.')) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** `INVALID_API_KEY` → `InvalidApiKeyException`. */
function errorType(type: FaultType): string {
  return `${type.toLowerCase().replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())}Exception`;
}
