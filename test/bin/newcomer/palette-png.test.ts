import { inflateSync } from 'node:zlib';
import { palettePng } from '../../../bin/newcomer/palette-png';

const WHITE = [255, 255, 255, 255];
const BLACK = [0, 0, 0, 255];

/** Returns the data of the chunk of a type. */
function chunkOf(png: Buffer, type: string): Buffer {
  const at = png.indexOf(type);
  return png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4));
}

test('a picture with two colors has both in its palette, the most frequent first', () => {
  const rgba = Uint8Array.from([...WHITE, ...BLACK, ...WHITE, ...WHITE]);
  const png = palettePng({ width: 2, height: 2, rgba });
  expect([...chunkOf(png, 'IHDR').subarray(0, 8)]).toEqual([0, 0, 0, 2, 0, 0, 0, 2]);
  expect([...chunkOf(png, 'PLTE')]).toEqual([255, 255, 255, 0, 0, 0]);
  expect([...inflateSync(chunkOf(png, 'IDAT'))]).toEqual([0, 0, 1, 0, 0, 0]);
});

test('a color that has no place in the palette becomes the most similar one', () => {
  const gray = (value: number) => [value, value, value, 255];
  const frequent = Array.from({ length: 64 }, (_, index) => [...gray(index * 4), ...gray(index * 4)]).flat();
  const png = palettePng({ width: 129, height: 1, rgba: Uint8Array.from([...frequent, ...gray(41)]) });
  expect(chunkOf(png, 'PLTE')).toHaveLength(64 * 3);
  expect(inflateSync(chunkOf(png, 'IDAT')).at(-1)).toBe(10);
});
