import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { scimProgram } from '../../../bin/cli/program';
import { reference } from '../../../bin/cli/reference';
import { problemOf, QUIET } from './command-lines';

const ROOT = path.join(__dirname, '../../..');

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'collection/README.md'].concat(
  ['docs', 'docs/decisions'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder))
      .filter((file) => file.endsWith('.md'))
      .map((file) => `${folder}/${file}`),
  ),
);
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

it('docs/cli.md has the help of every command (`npm run scim:reference` writes it)', () => {
  expect(read('docs/cli.md')).toMatch(/^## scim$/m);
  expect(read('docs/cli.md').replace(/^[\s\S]*?(?=^## scim$)/m, '')).toBe(reference(scimProgram(QUIET)));
});

/**
 * Returns the commands in a document: the text after `npm run scim --`, or after `scim` at the beginning of a
 * line or a code span.
 */
function commandsIn(markdown: string): string[] {
  // A code span may continue on the next line.
  const texts = markdown
    .replace(/(`[^`\n]+)\n([^`\n]+`)/g, '$1 $2')
    .matchAll(
      /(?:npm run (?:--silent )?scim -- |(?:^|`|\$ |\$\()scim (?=[a-z-]))([^`#|)\\]*?)(?= *(?:`|#|\||\)|\\| > | \(| {2}|$|\n))/gm,
    );
  return [...texts].map(([, text = '']) => text.trim()).filter((text) => !/^<|…$|^\.\.\.$/.test(text));
}

it.each(DOCUMENTS)('%s contains only existing commands', async (file) => {
  const problems = await Promise.all(commandsIn(read(file)).map(problemOf));
  expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
});

it('commandsIn finds commands in text, code blocks and spans', () => {
  const text = [
    'run `npm run scim -- key create <domainId> --name Okta`, then `scim doctor`',
    'npm run scim -- domain delete <domainId> --name "Example Inc"     # by its name',
    'AUTH="Bearer $(npm run --silent scim -- admin-token show)"',
    'scim audit export <domainId> > audit.jsonl',
    '  $ scim domain list',
  ].join('\n');
  expect(commandsIn(text)).toEqual([
    'key create <domainId> --name Okta',
    'doctor',
    'domain delete <domainId> --name "Example Inc"',
    'admin-token show',
    'audit export <domainId>',
    'domain list',
  ]);
});
