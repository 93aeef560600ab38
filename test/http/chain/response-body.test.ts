import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import {
  BodyTooLarge,
  bytesInJson,
  encodeBody,
  type EncodedBody,
  MAX_BODY_BYTES,
} from '../../../shared/http/chain/response-body';

const MB = 1024 * 1024;

const textOf = ({ body, isBase64Encoded }: EncodedBody): string =>
  isBase64Encoded ? gunzipSync(Buffer.from(body, 'base64')).toString() : body;

/** What the API's functions answer, with as much around the body as there may be. */
const asLambdaResponse = ({ body, isBase64Encoded }: EncodedBody): string =>
  JSON.stringify({ statusCode: 200, headers: { 'x-all-of-them': 'x'.repeat(4_000) }, body, isBase64Encoded });

/** Gives `chunks`, and notes how many were taken and whether it was closed. */
function chunkSource(chunks: Iterable<string>) {
  const seen = { taken: 0, closed: false };
  const text = (async function* () {
    try {
      for (const chunk of chunks) {
        seen.taken++;
        yield await Promise.resolve(chunk);
      }
    } finally {
      seen.closed = true;
    }
  })();
  return { seen, text };
}

describe('a text that is not packed', () => {
  it('is the chunks, one after the other', async () => {
    expect(await encodeBody(['{"a":', '"é"', '}'], true)).toEqual({ body: '{"a":"é"}' });
    expect(await encodeBody([], true)).toEqual({ body: '' });
  });

  it.each([
    ['plain letters', 'x', 1],
    ['quotes, which JSON escapes', '"', 2],
    ['letters of two bytes', 'ü', 2],
    ['letters of four bytes', '😀', 4],
  ])('is as long as an answer can be, to the byte: %s', async (_, letter, bytes) => {
    const chunk = letter.repeat(1024);
    const full = Array.from({ length: MAX_BODY_BYTES / (1024 * bytes) }, () => chunk);
    const fits = await encodeBody(full, false);
    expect(Buffer.byteLength(asLambdaResponse(fits))).toBeLessThanOrEqual(6 * MB);
    await expect(encodeBody([...full, 'x'], false)).rejects.toThrow(BodyTooLarge);
  });

  it('is counted as JSON within JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        expect(bytesInJson(one) + bytesInJson(other)).toBe(
          Buffer.byteLength(JSON.stringify({ body: one + other })) - Buffer.byteLength('{"body":""}'),
        );
      }),
    );
  });

  it('is given up as soon as it does not fit', async () => {
    const { seen, text } = chunkSource(Array.from({ length: 100 }, () => 'x'.repeat(MB)));
    await expect(encodeBody(text, false)).rejects.toThrow(BodyTooLarge);
    expect(seen).toEqual({ taken: 6, closed: true });
  });
});

describe('a text that may be packed', () => {
  it('is packed from 1 MB on, and reads as it was', async () => {
    const small = await encodeBody(['ü'.repeat(MB / 2)], true);
    expect(small.isBase64Encoded).toBeUndefined();
    const chunks = ['{"a":', '"ü"'.repeat(MB / 4), '😀'.repeat(100), '}'];
    const packed = await encodeBody(chunks, true);
    expect(packed).toMatchObject({
      isBase64Encoded: true,
      headers: { 'content-encoding': 'gzip', vary: 'accept-encoding' },
    });
    expect(textOf(packed)).toBe(chunks.join(''));
    expect(textOf(await encodeBody(chunks, false))).toBe(chunks.join(''));
  });

  it('may be much longer than an answer', async () => {
    const chunk = '{"value":"01a20c8a-ec7b-738b-9a1e-95c55dfe0834"},'.repeat(20_000);
    const { seen, text } = chunkSource(Array.from({ length: 60 }, () => chunk));
    const packed = await encodeBody(text, true);
    expect(seen).toEqual({ taken: 60, closed: true });
    expect(textOf(packed)).toBe(chunk.repeat(60));
  });

  it('is as long as an answer can be once it is packed', async () => {
    const letters = (megabytes: number) =>
      Array.from({ length: megabytes * 2 }, () => randomBytes(MB / 4).toString('hex'));
    // Random hex packs to a little more than half.
    const fits = await encodeBody(letters(8), true);
    expect(Buffer.byteLength(asLambdaResponse(fits))).toBeLessThanOrEqual(6 * MB);
    const { seen, text } = chunkSource(letters(30));
    await expect(encodeBody(text, true)).rejects.toThrow(BodyTooLarge);
    // What does not fit is noticed some chunks later: the packer holds back a little, and there is no other queue.
    expect(seen.taken).toBeLessThan(20);
    expect(seen.closed).toBe(true);
  });
});

describe.each([true, false])('a text that fails while it is read (gzip: %p)', (gzip) => {
  it.each([0, 3])('fails with the same error after %i MB', async (megabytes) => {
    const error = new Error('The page could not be read.');
    const failing = (async function* () {
      for (let at = 0; at < megabytes; at++) yield await Promise.resolve('x'.repeat(MB));
      throw error;
    })();
    await expect(encodeBody(failing, gzip)).rejects.toBe(error);
  });
});
