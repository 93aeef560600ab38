import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command, CommanderError } from 'commander';
import { scimProgram } from '../../../bin/cli/program';
import { reference } from '../../../bin/cli/reference';
import { processTerminal, type Terminal } from '../../../bin/cli/terminal';

const ROOT = path.join(__dirname, '../../..');
const QUIET: Terminal = {
  ...processTerminal(),
  out: () => undefined,
  err: () => undefined,
  env: {},
  width: undefined,
};

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'collection/README.md'].concat(
  ['docs', 'docs/decisions'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder))
      .filter((file) => file.endsWith('.md'))
      .map((file) => `${folder}/${file}`),
  ),
);
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

it('docs/cli.md has the help of every command; `npm run scim:reference` writes it', () => {
  expect(read('docs/cli.md')).toMatch(/^## scim$/m);
  expect(read('docs/cli.md').replace(/^[\s\S]*?(?=^## scim$)/m, '')).toBe(reference(scimProgram(QUIET)));
});

/** What stands behind `npm run scim --`, or `scim` at the beginning of a line or a span, up to what is no part of it. */
function commandsIn(markdown: string): string[] {
  // A span may go on in the next line.
  const texts = markdown
    .replace(/(`[^`\n]+)\n([^`\n]+`)/g, '$1 $2')
    .matchAll(
      /(?:npm run (?:--silent )?scim -- |(?:^|`|\$ |\$\()scim (?=[a-z-]))([^`#|)\\]*?)(?= *(?:`|#|\||\)|\\| > | \(| {2}|$|\n))/gm,
    );
  return [...texts].map(([, text = '']) => text.trim()).filter((text) => !/^<|…$|^\.\.\.$/.test(text));
}

/** With something that every option takes for each placeholder. */
const argsOf = (text: string): string[] =>
  [
    ...text
      .replace(/<plan>/, 'standard')
      .replace(/<[^<>]+>/g, '7')
      .matchAll(/"([^"]*)"|\S+/g),
  ].map(([word, quoted]) => quoted ?? word);

/** The whole CLI, but for what its commands do. */
function inert(): Command {
  const idle = (command: Command): void => {
    if (command.commands.length === 0) command.action(() => undefined);
    command.commands.forEach(idle);
  };
  const program = scimProgram(QUIET);
  idle(program);
  return program;
}

/** A text may name a command without its arguments; and ask for its help. */
const NAMED_ONLY = [
  'commander.missingArgument',
  'commander.optionMissingArgument',
  'commander.helpDisplayed',
];

it.each(DOCUMENTS)('%s names commands that there are', async (file) => {
  const wrong: string[] = [];
  for (const text of commandsIn(read(file))) {
    try {
      await inert().parseAsync(argsOf(text), { from: 'user' });
    } catch (error) {
      if (!NAMED_ONLY.includes((error as CommanderError).code))
        wrong.push(`${text}: ${(error as Error).message}`);
    }
  }
  expect(wrong).toEqual([]);
});

it('commands are found where they stand', () => {
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
