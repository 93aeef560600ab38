import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const SHARED = path.join(__dirname, '../shared');

/** The files that create clients of the SDK, with their text. */
const files = readdirSync(SHARED, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => [file, readFileSync(path.join(SHARED, file), 'utf8')] as const)
  .filter(([, text]) => /new \w+Client\(/.test(text));

const count = (text: string, part: RegExp): number => text.match(part)?.length ?? 0;

it('finds the clients of all services', () => expect(files.length).toBeGreaterThanOrEqual(7));

it.each(files)('each client in %s ends requests without a response', (_, text) => {
  expect(count(text, /requestHandler: requestTimeouts\(/g)).toBe(count(text, /new \w+Client\(/g));
});
