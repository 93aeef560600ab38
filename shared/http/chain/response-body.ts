import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';

/** Lambda answers with 6 MB of JSON at most, in which the body is a string; API Gateway would pass on 10 MB. */
const MAX_RESPONSE_BYTES = 6 * 1024 * 1024;
const HEADER_RESERVE_BYTES = 8 * 1024;

/** The longest body, with the escapes of a JSON string or in base64. */
export const MAX_BODY_BYTES = MAX_RESPONSE_BYTES - HEADER_RESERVE_BYTES;
const MAX_GZIP_BYTES = (MAX_BODY_BYTES / 4) * 3;

/** What is smaller is left to API Gateway to compress. */
const GZIP_THRESHOLD_BYTES = 1024 * 1024;

/** A body as Lambda hands it to API Gateway. */
export interface EncodedBody {
  readonly body: string;
  readonly isBase64Encoded?: true;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The body is larger than an answer can be. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** What a text takes as a part of a JSON string: JSON within JSON has two bytes for each quote. */
export const bytesInJson = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

/**
 * Takes the chunks of a text one after the other, the next one when the one before is done with, and packs them where the
 * text is large and may be packed: then it is only the packed bytes that are held. Throws `BodyTooLarge`.
 */
export async function encodeBody(
  chunks: AsyncIterable<string> | Iterable<string>,
  gzip: boolean,
): Promise<EncodedBody> {
  const source = toIterator(chunks);
  let held = '';
  let bytes = 0;
  try {
    for (let next = await source.next(); !next.done; next = await source.next()) {
      held += next.value;
      bytes += bytesInJson(next.value);
      if (gzip && bytes > GZIP_THRESHOLD_BYTES) return await gzipBody(held, source);
      if (bytes > MAX_BODY_BYTES) throw new BodyTooLarge();
    }
    return { body: held };
  } finally {
    await source.return(undefined);
  }
}

async function* toIterator(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  yield* chunks;
}

async function gzipBody(head: string, rest: AsyncGenerator<string>): Promise<EncodedBody> {
  const parts: Buffer[] = [];
  let bytes = 0;
  const text = async function* (): AsyncGenerator<string> {
    yield head;
    yield* rest;
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
