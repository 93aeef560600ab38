import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import {
  BodyTooLarge,
  bytesInJson,
  encodeBody,
  type EncodedBody,
  exceedsBody,
  MAX_BODY_BYTES,
} from '../../../shared/http/chain/response-body';

const MB = 1024 * 1024;

const textOf = ({ body, isBase64Encoded }: EncodedBody): string =>
  isBase64Encoded ? gunzipSync(Buffer.from(body, 'base64')).toString() : body;

/** Returns Lambda's result, with large headers around the body. */
const asLambdaResponse = ({ body, isBase64Encoded }: EncodedBody): string =>
  JSON.stringify({ statusCode: 200, headers: { 'x-all-of-them': 'x'.repeat(4_000) }, body, isBase64Encoded });

/** Returns `chunks` as a stream that records how many were read and whether it was closed. */
function chunkSource(chunks: Iterable<string>) {
  const progress = { read: 0, closed: false };
  const text = (async function* () {
    try {
      for (const chunk of chunks) {
        progress.read++;
        yield await Promise.resolve(chunk);
      }
    } finally {
      progress.closed = true;
    }
  })();
  return { progress, text };
}

describe('an uncompressed text', () => {
  it('consists of the chunks in order', async () => {
    expect(await encodeBody(['{"a":', '"é"', '}'], true)).toEqual({ body: '{"a":"é"}' });
    expect(await encodeBody([], true)).toEqual({ body: '' });
  });

  it.each([
    ['plain letters', 'x', 1],
    ['quotes, which JSON escapes', '"', 2],
    ['letters of two bytes', 'ü', 2],
    ['letters of four bytes', '😀', 4],
  ])('may be exactly as long as a response allows: %s', async (_, letter, bytes) => {
    const chunk = letter.repeat(1024);
    const full = Array.from({ length: MAX_BODY_BYTES / (1024 * bytes) }, () => chunk);
    const fits = await encodeBody(full, false);
    expect(Buffer.byteLength(asLambdaResponse(fits))).toBeLessThanOrEqual(6 * MB);
    await expect(encodeBody([...full, 'x'], false)).rejects.toThrow(BodyTooLarge);
  });

  it.each([
    ['control characters, which have the longest escapes', '\u0001', 6],
    ['halves of surrogate pairs', '\ud800', 6],
    ['letters of three bytes', '雪', 3],
  ])('is measured exactly near the limit: %s', async (_, letter, bytes) => {
    const most = Math.floor(MAX_BODY_BYTES / bytes);
    expect(exceedsBody(letter.repeat(most))).toBe(false);
    expect(exceedsBody(letter.repeat(most + 1))).toBe(true);
    // The first chunks are not measured one by one.
    const chunks = (count: number) => [
      ...Array.from({ length: 99 }, () => letter),
      letter.repeat(count - 99),
    ];
    expect((await encodeBody(chunks(most), false)).body).toHaveLength(most);
    await expect(encodeBody(chunks(most + 1), false)).rejects.toThrow(BodyTooLarge);
  });

  it('has at most six bytes for each UTF-16 unit', () => {
    for (let unit = 0; unit <= 0xffff; unit++)
      expect(bytesInJson(String.fromCharCode(unit))).toBeLessThanOrEqual(6);
  });

  it('is measured as JSON within JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        expect(bytesInJson(one) + bytesInJson(other)).toBe(
          Buffer.byteLength(JSON.stringify({ body: one + other })) - Buffer.byteLength('{"body":""}'),
        );
      }),
    );
  });

  it('is abandoned as soon as it is too large', async () => {
    const { progress, text } = chunkSource(Array.from({ length: 100 }, () => 'x'.repeat(MB)));
    await expect(encodeBody(text, false)).rejects.toThrow(BodyTooLarge);
    expect(progress).toEqual({ read: 6, closed: true });
  });
});

describe('a text that may be compressed', () => {
  it('is compressed above 1 MB, and decompresses to the same text', async () => {
    const small = await encodeBody(['ü'.repeat(MB / 2)], true);
    expect(small.isBase64Encoded).toBeUndefined();
    const chunks = ['{"a":', '"ü"'.repeat(MB / 4), '😀'.repeat(100), '}'];
    const compressed = await encodeBody(chunks, true);
    expect(compressed).toMatchObject({
      isBase64Encoded: true,
      headers: { 'content-encoding': 'gzip', vary: 'accept-encoding' },
    });
    expect(textOf(compressed)).toBe(chunks.join(''));
    expect(textOf(await encodeBody(chunks, false))).toBe(chunks.join(''));
  });

  it('may be much longer than a response', async () => {
    const chunk = '{"value":"01a20c8a-ec7b-738b-9a1e-95c55dfe0834"},'.repeat(20_000);
    const { progress, text } = chunkSource(Array.from({ length: 60 }, () => chunk));
    const compressed = await encodeBody(text, true);
    expect(progress).toEqual({ read: 60, closed: true });
    expect(textOf(compressed)).toBe(chunk.repeat(60));
  });

  it('is limited by its compressed size', async () => {
    const letters = (megabytes: number) =>
      Array.from({ length: megabytes * 2 }, () => randomBytes(MB / 4).toString('hex'));
    // Random hex compresses to a little more than half.
    const fits = await encodeBody(letters(8), true);
    expect(Buffer.byteLength(asLambdaResponse(fits))).toBeLessThanOrEqual(6 * MB);
    const { progress, text } = chunkSource(letters(30));
    await expect(encodeBody(text, true)).rejects.toThrow(BodyTooLarge);
    // The excess is noticed some chunks later, because the compressor buffers a little. There is no other
    // queue.
    expect(progress.read).toBeLessThan(20);
    expect(progress.closed).toBe(true);
  });
});

describe.each([true, false])('a text that cannot be read (gzip: %p)', (gzip) => {
  it.each([0, 3])('fails with the same error after %i MB', async (megabytes) => {
    const error = new Error('The page could not be read.');
    const failing = (async function* () {
      for (let at = 0; at < megabytes; at++) yield await Promise.resolve('x'.repeat(MB));
      throw error;
    })();
    await expect(encodeBody(failing, gzip)).rejects.toBe(error);
  });
});
