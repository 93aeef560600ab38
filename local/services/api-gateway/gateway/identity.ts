import type { IdentitySource } from '../api';
import type { GatewayRequest } from './request';

/**
 * Returns the values of an authorizer's identity sources, or undefined if one of them is missing or empty.
 */
export function identityOf(
  sources: readonly IdentitySource[],
  request: Pick<GatewayRequest, 'headers' | 'context'>,
): string[] | undefined {
  const values = sources.map((source) => valueOf(source, request));
  return values.every((value) => value !== undefined && value !== '') ? (values as string[]) : undefined;
}

function valueOf(
  { from, name }: IdentitySource,
  { headers, context }: Pick<GatewayRequest, 'headers' | 'context'>,
): string | undefined {
  if (from === 'header') return headers.find(([header]) => header.toLowerCase() === name.toLowerCase())?.[1];
  let value: unknown = context;
  for (const part of name.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[part];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/**
 * Parses identity sources, for example `method.request.header.License-Key, context.identity.sourceIp`.
 * Returns undefined if one is neither a header nor a context variable.
 */
export function parseIdentitySources(text: string): IdentitySource[] | undefined {
  const sources = text
    .split(',')
    .map((part) => /^(?:method\.request\.(header)\.([\w-]+)|(context)\.([\w.]+))$/.exec(part.trim()));
  if (!sources.every((source) => source !== null)) return undefined;
  return sources.map(([, header, headerName = '', , contextName = '']) =>
    header ? { from: 'header', name: headerName } : { from: 'context', name: contextName },
  );
}
