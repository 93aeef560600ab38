import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const DOCS = path.join(__dirname, '../../docs');
const text = readFileSync(path.join(DOCS, 'conformance.md'), 'utf8');

const targets = new Map(
  [...text.matchAll(/^\[([\w-]+)\]: (\S+)$/gm)].map(([, name = '', target = '']) => [name, target]),
);
const rows = [...text.matchAll(/^\| ([MI]\d+) *\|(.*)\|$/gm)].map(([, number = '', rest = '']) => {
  const [requirement = '', met = '', shownBy = ''] = rest.split('|').map((cell) => cell.trim());
  return { number, requirement, met, shownBy };
});
const namesIn = (cell: string): string[] =>
  [...cell.matchAll(/\[([\w-]+)\](?!\()/g)].map(([, name = '']) => name);

it('numbers the requirements without a gap', () => {
  for (const letter of ['M', 'I']) {
    const numbers = rows.map(({ number }) => number).filter((number) => number.startsWith(letter));
    expect(numbers).toEqual(numbers.map((_, index) => `${letter}${index + 1}`));
    expect(numbers.length).toBeGreaterThan(30);
  }
});

it.each(rows)('$number, "$requirement", has a test or a reason', ({ met, shownBy }) => {
  expect(['yes', 'partly', 'no', 'vendor', 'client']).toContain(met);
  expect(shownBy.length).toBeGreaterThan(0);
  if (met === 'yes') expect(namesIn(shownBy).length).toBeGreaterThan(0);
  for (const name of namesIn(shownBy)) expect(targets.has(name)).toBe(true);
});

it.each([...targets])('the test %s exists', (_, target) => {
  expect(existsSync(path.join(DOCS, target))).toBe(true);
});

it('names no test that no requirement needs', () => {
  const used = new Set(rows.flatMap(({ shownBy }) => namesIn(shownBy)));
  expect([...targets.keys()].filter((name) => !used.has(name))).toEqual([]);
});
