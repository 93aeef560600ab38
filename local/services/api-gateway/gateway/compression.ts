import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import type { HttpResponse } from './gateway-response';

type Headers = readonly (readonly [name: string, value: string])[];

const value = (headers: Headers, wanted: string) =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1].toLowerCase();

/**
 * Decompresses the body of a request, as APIs with a minimum compression size do. Undefined if it is not
 * readable.
 */
export function decompress(body: Buffer, headers: Headers, limit: number): Buffer | undefined {
  const encoding = value(headers, 'content-encoding');
  if (!encoding || encoding === 'identity' || body.length === 0) return body;
  try {
    if (encoding === 'gzip') return gunzipSync(body, { maxOutputLength: limit });
    if (encoding === 'deflate') return inflateSync(body, { maxOutputLength: limit });
    return undefined;
  } catch {
    return undefined;
  }
}

/**
 * Compresses a response of at least `minimumSize` bytes with the first coding that client and API Gateway
 * both support.
 */
export function compress(
  response: HttpResponse,
  requestHeaders: Headers,
  minimumSize: number | undefined,
): HttpResponse {
  if (
    minimumSize === undefined ||
    response.body.length < minimumSize ||
    value(response.headers, 'content-encoding')
  )
    return response;
  const accepted = (value(requestHeaders, 'accept-encoding') ?? '')
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => !/;\s*q=0(\.0*)?$/.test(coding))
    .map((coding) => coding.split(';')[0]);
  const coding = accepted.find((name) => name === 'gzip' || name === 'deflate' || name === '*');
  if (!coding) return response;
  const isDeflate = coding === 'deflate';
  return {
    status: response.status,
    headers: [...response.headers, ['Content-Encoding', isDeflate ? 'deflate' : 'gzip']],
    body: isDeflate ? deflateSync(response.body) : gzipSync(response.body),
  };
}
