import * as z from 'zod';
import type { InvocationTarget } from '../../lambda/invocation-target';
import { InvocationThrottled, RequestTooLarge } from '../../lambda/function-error';
import { Fault } from './fault';
import type { HttpResponse } from './gateway-response';

export const INTEGRATION_TIMEOUT_MS = 29_000;

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const ProxyResult = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), scalar).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(scalar)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().default(false),
});

/** The headers of a function that API Gateway renames. */
const REMAPPED = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'expect',
  'host',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'upgrade',
  'user-agent',
  'www-authenticate',
]);
const DROPPED = new Set(['transfer-encoding']);

/**
 * Invokes the function of a method and reads its response. Decodes base64 if the type `isBinary`. Throws a
 * `Fault`.
 */
export async function integrate(
  lambda: InvocationTarget,
  event: object,
  requestId: string,
  { timeoutMs = INTEGRATION_TIMEOUT_MS, isBinary = (_type: string | undefined): boolean => false } = {},
): Promise<HttpResponse> {
  const result = ProxyResult.safeParse(await invokeInTime(lambda, event, requestId, timeoutMs));
  if (!result.success) {
    throw new Fault(
      'INTEGRATION_FAILURE',
      `Malformed Lambda proxy response:\n${z.prettifyError(result.error)}`,
    );
  }
  const { statusCode, body, isBase64Encoded } = result.data;
  const headers = headersOf(result.data);
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  if (type === undefined) headers.push(['Content-Type', 'application/json']);
  const coding = isBase64Encoded && isBinary(type) ? 'base64' : 'utf8';
  return { status: statusCode, headers, body: Buffer.from(body ?? '', coding) };
}

async function invokeInTime(
  lambda: InvocationTarget,
  event: object,
  requestId: string,
  timeoutMs: number,
): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Fault('INTEGRATION_TIMEOUT')), timeoutMs);
  });
  try {
    return await Promise.race([lambda.invoke(event, requestId), timeout]);
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (error instanceof RequestTooLarge) throw new Fault('REQUEST_TOO_LARGE');
    // Lambda did not invoke the function: 500. A function that fails is 502.
    if (error instanceof InvocationThrottled) throw new Fault('API_CONFIGURATION_ERROR', error.message);
    throw new Fault('INTEGRATION_FAILURE', String(error));
  } finally {
    clearTimeout(timer);
  }
}

/** Merges both maps of headers. If both contain a header, the multi-valued map wins. */
function headersOf({ headers, multiValueHeaders }: z.infer<typeof ProxyResult>): [string, string][] {
  const multi = Object.entries(multiValueHeaders ?? {}).flatMap(([name, values]) =>
    values.map((value) => [name, value] as const),
  );
  const names = new Set(multi.map(([name]) => name.toLowerCase()));
  const single = Object.entries(headers ?? {}).filter(([name]) => !names.has(name.toLowerCase()));
  return [...single, ...multi]
    .filter(([name]) => !DROPPED.has(name.toLowerCase()))
    .map(([name, value]) => [REMAPPED.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name, value]);
}
