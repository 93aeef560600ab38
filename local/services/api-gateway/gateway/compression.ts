import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import type { HttpAnswer } from './gateway-response';

type Headers = readonly (readonly [name: string, value: string])[];

const value = (headers: Headers, wanted: string) =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1].toLowerCase();

/** Unpacks a body that the client sent compressed, as an API with a minimum compression size does; undefined: not readable. */
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

/** Packs an answer of at least `minimumSize` bytes in the first coding that the client accepts and API Gateway knows. */
export function compress(
  answer: HttpAnswer,
  requestHeaders: Headers,
  minimumSize: number | undefined,
): HttpAnswer {
  if (
    minimumSize === undefined ||
    answer.body.length < minimumSize ||
    value(answer.headers, 'content-encoding')
  )
    return answer;
  const accepted = (value(requestHeaders, 'accept-encoding') ?? '')
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => !/;\s*q=0(\.0*)?$/.test(coding))
    .map((coding) => coding.split(';')[0]);
  const coding = accepted.find((name) => name === 'gzip' || name === 'deflate' || name === '*');
  if (!coding) return answer;
  const isDeflate = coding === 'deflate';
  return {
    status: answer.status,
    headers: [...answer.headers, ['Content-Encoding', isDeflate ? 'deflate' : 'gzip']],
    body: isDeflate ? deflateSync(answer.body) : gzipSync(answer.body),
  };
}
