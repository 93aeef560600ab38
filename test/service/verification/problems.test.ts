import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CORRUPTIONS } from '../../support/verification/corruptions';

const ROOT = path.join(__dirname, '../../..');
const SOURCES = path.join(ROOT, 'shared/service/verification/items');

/** The problems that the checks report, from the literals after `problem:`. */
const PROBLEMS = readdirSync(SOURCES)
  .map((file) => readFileSync(path.join(SOURCES, file), 'utf8'))
  .flatMap((source) => [...source.matchAll(/^ *problem: (.*),$/gm)].flatMap(([, value = '']) => value))
  .flatMap((value) => [...value.matchAll(/'([a-z-]+)'/g)].map(([, name = '']) => name))
  .sort();

it('finds the problems in the sources', () => expect(new Set(PROBLEMS).size).toBeGreaterThan(40));

it('docs/verification.md describes exactly the problems that a verification reports', () => {
  const document = readFileSync(path.join(ROOT, 'docs/verification.md'), 'utf8');
  const described = [...document.matchAll(/^(?:\| )?(`[a-z-]+`(?:, `[a-z-]+`)*)(?: +\||:)/gm)].flatMap(
    ([, names = '']) => [...names.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name),
  );
  expect([...new Set(described)].sort()).toEqual([...new Set(PROBLEMS)]);
});

it('a test corrupts an item for each problem', () => {
  const corrupted = new Set(CORRUPTIONS.flatMap(({ problems }) => problems));
  // Tests of their own: the table has these problems only if a domain does not exist.
  const others = ['domain-missing', 'list-entry-orphaned'];
  expect(PROBLEMS.filter((name) => !corrupted.has(name) && !others.includes(name))).toEqual([]);
});
