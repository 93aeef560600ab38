import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { HELP_SOURCES } from '../../portal/help/pages';
import { DOCS } from '../support/links/link-targets';

const FOLDER = path.join(DOCS, 'guides');
const INDEX = readFileSync(path.join(FOLDER, 'README.md'), 'utf8');
const guides = readdirSync(FOLDER).filter((name) => name.endsWith('.md') && name !== 'README.md');

/** Returns the text between a heading and the next one of the levels. */
const sectionOf = (text: string, heading: string, levels = /^## /m): string =>
  text.split(levels).find((section) => section.startsWith(`${heading}\n`)) ?? '';

/** Returns the numbered steps of a text. The last one contains what follows the list. */
const stepsOf = (text: string): string[] => text.split(/^(?=\d+\. )/m).slice(1);

/** Returns the cells of the rows that begin with the number of a step. */
const failuresOf = (text: string): string[][] =>
  [...text.matchAll(/^\| (\d+ *\|.*)\|$/gm)].map(([, row = '']) => row.split('|').map((cell) => cell.trim()));

describe.each(guides)('the guide %s', (file) => {
  const text = readFileSync(path.join(FOLDER, file), 'utf8');
  const steps = stepsOf(sectionOf(text, 'Connect'));
  const failures = failuresOf(sectionOf(text, 'If a step fails'));

  it('numbers the steps of one list', () => {
    expect(steps.map((step) => Number.parseInt(step, 10))).toEqual(steps.map((_, index) => index + 1));
    expect(steps.length).toBeGreaterThan(5);
    expect(stepsOf(text)).toHaveLength(steps.length);
  });

  it.each(steps.map((step) => step.split('\n', 1).concat(step)))('has one expected result: %s', (_, step) =>
    expect([...(step ?? '').matchAll(/ \*\*Expected result:\*\*\s\S/g)]).toHaveLength(1),
  );

  it('says what to do if a step fails, for each step', () => {
    const numbers = new Set(failures.map(([number]) => Number(number)));
    expect([...numbers].sort((one, other) => one - other)).toEqual(steps.map((_, index) => index + 1));
    expect(failures.filter((cells) => cells.length !== 4 || cells.includes(''))).toEqual([]);
  });

  it('names the conversation that tests replay', () => {
    const [, fixture = ''] = /\]\((\S+\/fixtures\/idp\/[\w-]+\.json)\)/.exec(text) ?? [];
    expect(fixture).toContain(file.replace('.md', '.json'));
    expect(existsSync(path.join(FOLDER, fixture))).toBe(true);
  });

  it('is listed in the index and in the help', () => {
    expect(INDEX).toContain(`](${file})`);
    expect(HELP_SOURCES.map((source) => source.file)).toContain(`guides/${file}`);
  });
});

it.each([
  ['okta.md', 'Create a custom app'],
  ['okta.md', 'Connect the app'],
  ['okta.md', 'Turn on provisioning'],
  ['okta.md', 'Assign people and groups'],
  ['entra-id.md', '1. In Entra ID, choose the authentication method'],
  ['entra-id.md', '3. In Entra ID, paste the values and test the connection'],
  ['entra-id.md', 'Check the mappings'],
  ['entra-id.md', 'Choose the users'],
  ['entra-id.md', 'Start'],
])('the last step of %s, "%s", has an expected result', (file, heading) => {
  const text = readFileSync(path.join(DOCS, file), 'utf8');
  const last = stepsOf(sectionOf(text, heading, /^##+ /m)).at(-1);
  expect(last).toMatch(/ \*\*Expected result:\*\*\s\S/);
});

it('there are guides', () => expect(guides.length).toBeGreaterThan(7));
