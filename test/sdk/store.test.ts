import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileStore, MemoryStore } from '../../sdk/src/store.ts';

let directory: string;
beforeAll(() => (directory = mkdtempSync(path.join(tmpdir(), 'store-'))));
afterAll(() => rmSync(directory, { recursive: true }));

const DAY_SECONDS = 86_400;
let time = Date.parse('2026-12-01T12:00:00Z');
const now = () => time;

describe.each([
  ['MemoryStore', () => new MemoryStore(now)],
  ['FileStore', () => new FileStore(path.join(directory, 'own'), now)],
])('%s', (_, open) => {
  it('keeps texts by name until they are removed', async () => {
    const store = open();
    expect(await store.read('a')).toBeUndefined();
    await store.write('a', 'one');
    await store.write('../b', 'two');
    await store.write('a', 'three');
    expect([await store.read('a'), await store.read('../b')]).toEqual(['three', 'two']);
    await store.remove('a');
    await store.remove('a');
    expect([await store.read('a'), await store.read('../b')]).toEqual([undefined, 'two']);
  });

  it('keeps a text for as long as it is needed, and not much longer', async () => {
    const store = open();
    await store.write('lease', 'forever');
    await store.write('message', 'for a month', 31 * DAY_SECONDS);
    for (const [days, expected] of [
      [30, 'for a month'],
      [3, undefined],
    ] as const) {
      time += days * DAY_SECONDS * 1000;
      await store.write('other', 'text', 31 * DAY_SECONDS);
      expect(await store.read('message')).toBe(expected);
    }
    expect([await store.read('lease'), await store.read('other')]).toEqual(['forever', 'text']);
    await store.remove('other');
    expect(await store.read('other')).toBeUndefined();
  });
});

describe('FileStore', () => {
  it('keeps its texts after a restart, in files that only their owner reads', async () => {
    const own = path.join(directory, 'restart');
    await Promise.all(Array.from({ length: 10 }, (_, n) => new FileStore(own).write('a', String(n))));
    expect(await new FileStore(own).read('a')).toMatch(/^\d$/);
    const files = readdirSync(own);
    expect(files).toHaveLength(1);
    expect(statSync(path.join(own, files[0] ?? '')).mode & 0o077).toBe(0);
  });
});
