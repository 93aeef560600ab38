import { crc32, deflateSync } from 'node:zlib';

/** The pixels of a picture: four bytes each, for red, green, blue, and the opacity, which is ignored. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

const MAX_COLORS = 64;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Eight bits for each pixel, which are an index of the palette. */
const INDEXED = [8, 3, 0, 0, 0];

/**
 * Returns a PNG with the most frequent colors. Screenshots have few colors, so it has about a third of their
 * size.
 */
export function palettePng({ width, height, rgba }: Pixels): Buffer {
  const counts = new Map<number, number>();
  for (let at = 0; at < rgba.length; at += 4) {
    const color = colorAt(rgba, at);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const palette = [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MAX_COLORS)
    .map(([color]) => color);
  const indexes = new Map([...counts.keys()].map((color) => [color, nearest(palette, color)]));
  // Each row begins with its filter, which is none.
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows[y * (width + 1) + x + 1] = indexes.get(colorAt(rgba, (y * width + x) * 4)) ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(INDEXED, 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channelsOf))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const colorAt = (rgba: Uint8Array, at: number): number =>
  ((rgba[at] ?? 0) << 16) | ((rgba[at + 1] ?? 0) << 8) | (rgba[at + 2] ?? 0);

const channelsOf = (color: number): number[] => [color >> 16, (color >> 8) & 0xff, color & 0xff];

/** Returns the index of the color in the palette that differs least. */
function nearest(palette: readonly number[], color: number): number {
  const channels = channelsOf(color);
  const distances = palette.map((each) =>
    channelsOf(each).reduce((sum, channel, at) => sum + (channel - (channels[at] ?? 0)) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(content), 4);
  return Buffer.concat([frame.subarray(0, 4), content, frame.subarray(4)]);
}
