import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';

/** Lambda returns at most 6 MB of JSON, in which the body is a string. API Gateway would accept 10 MB. */
const MAX_RESPONSE_BYTES = 6 * 1024 * 1024;
const HEADER_RESERVE_BYTES = 8 * 1024;

/** The maximum size of a body, including the escapes of a JSON string or the overhead of base64. */
export const MAX_BODY_BYTES = MAX_RESPONSE_BYTES - HEADER_RESERVE_BYTES;
const MAX_GZIP_BYTES = (MAX_BODY_BYTES / 4) * 3;

/** API Gateway compresses smaller bodies. */
const GZIP_THRESHOLD_BYTES = 1024 * 1024;

/** A body in the form in which Lambda returns it to API Gateway. */
export interface EncodedBody {
  readonly body: string;
  readonly isBase64Encoded?: true;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The error for a body that exceeds the size limit of a response. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** Returns the size of a text inside a JSON string: JSON within JSON has two bytes for each quote. */
export const bytesInJson = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

/** The most bytes of a UTF-16 unit inside a JSON string: `\u0000`. Any other form has at most three. */
const MAX_BYTES_PER_UNIT = 6;

/** Returns whether `bytesInJson` exceeds the maximum size of a body. Measures only long texts. */
export const exceedsBody = (text: string): boolean =>
  text.length * MAX_BYTES_PER_UNIT > MAX_BODY_BYTES && bytesInJson(text) > MAX_BODY_BYTES;

/**
 * Returns whether `Accept-Encoding` allows gzip (RFC 9110 §12.5.3): by name, or else by `*`, with a weight
 * above 0. Without the header the answer is no, because the client may not be able to decompress.
 */
export function acceptsGzip(header: string | undefined): boolean {
  const weights = new Map((header ?? '').split(',').map(weightOfCoding));
  const weight = weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0;
  return weight > 0;
}

function weightOfCoding(element: string): [coding: string, weight: number] {
  const [coding = '', ...parameters] = element.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => /^q\s*=/.test(parameter))?.replace(/^q\s*=\s*/, '');
  return [coding, weight === undefined ? 1 : Number(weight)];
}

/** Returns whether a text needs no encoding, whether or not the client accepts gzip. */
export const isShort = (text: string): boolean => text.length * MAX_BYTES_PER_UNIT <= GZIP_THRESHOLD_BYTES;

/**
 * Encodes a text that comes in chunks, and requests each chunk only after the previous one is processed. If
 * `gzip` is set and the text is large, the text is compressed, and only the compressed bytes are held in
 * memory. Throws `BodyTooLarge`.
 */
export async function encodeBody(
  chunks: AsyncIterable<string> | Iterable<string>,
  gzip: boolean,
): Promise<EncodedBody> {
  const iterator = toIterator(chunks);
  const limit = gzip ? GZIP_THRESHOLD_BYTES : MAX_BODY_BYTES;
  let text = '';
  let bytes = 0;
  let unmeasured = '';
  try {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      text += next.value;
      unmeasured += next.value;
      // Most responses are so short that they need not be written as JSON once more.
      if (bytes + unmeasured.length * MAX_BYTES_PER_UNIT <= limit) continue;
      bytes += bytesInJson(unmeasured);
      unmeasured = '';
      if (gzip && bytes > GZIP_THRESHOLD_BYTES) return await gzipBody(text, iterator);
      if (bytes > MAX_BODY_BYTES) throw new BodyTooLarge();
    }
    return { body: text };
  } finally {
    await iterator.return(undefined);
  }
}

async function* toIterator(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  yield* chunks;
}

async function gzipBody(firstText: string, followingChunks: AsyncGenerator<string>): Promise<EncodedBody> {
  const parts: Buffer[] = [];
  let bytes = 0;
  const text = async function* (): AsyncGenerator<string> {
    yield firstText;
    yield* followingChunks;
  };
  await pipeline(text(), createGzip({ level: constants.Z_DEFAULT_COMPRESSION }), async (output) => {
    for await (const part of output as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > MAX_GZIP_BYTES) throw new BodyTooLarge();
      parts.push(part);
    }
  });
  return {
    body: Buffer.concat(parts).toString('base64'),
    isBase64Encoded: true,
    headers: { 'content-encoding': 'gzip', vary: 'accept-encoding' },
  };
}
