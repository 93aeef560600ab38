import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadMailTemplates } from '../../../lib/mail-templates/load-templates';

/** A directory with these files. */
function directoryOf(files: Readonly<Record<string, string | Buffer>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'overlay-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return directory;
}

const problemsOf = (files: Readonly<Record<string, string | Buffer>>): readonly string[] =>
  loadMailTemplates(directoryOf(files)).problems;

it('finds nothing wrong with the built-in templates, in English and German', () => {
  const { languages, problems } = loadMailTemplates();
  expect({ languages, problems }).toEqual({ languages: ['de', 'en'], problems: [] });
});

it('lays files over the built-in ones, of a language or of all', () => {
  const overlay = directoryOf({
    'en/greeting.txt': 'Dear {{name}},\n',
    'key-box.html': '<p>{{key}}</p>\n',
    '.DS_Store': 'x',
  });
  const { files, problems } = loadMailTemplates(overlay);
  expect(problems).toEqual([]);
  expect(files).toMatchObject({ 'en/greeting.txt': 'Dear {{name}},\n', 'key-box.html': '<p>{{key}}</p>\n' });
  expect(files['de/greeting.txt']).toContain('Guten Tag');
});

it('takes a variety of a language with no more than what differs', () => {
  const { languages, problems } = loadMailTemplates(directoryOf({ 'de-AT/greeting.txt': 'Grüß Gott,\n' }));
  expect({ languages, problems }).toEqual({ languages: ['de', 'de-AT', 'en'], problems: [] });
});

it('takes a file of its own that a template includes', () => {
  expect(
    problemsOf({ 'en/greeting.txt': 'Hello, {{> team.txt}}', 'en/team.txt': 'from {{productName}}' }),
  ).toEqual([]);
});

it.each<[string, Record<string, string | Buffer>]>([
  ['en/license-key.htm: is no template.', { 'en/license-key.htm': '' }],
  ['en/new/greeting.txt: is no template.', { 'en/new/greeting.txt': '' }],
  ['en/greeting.txt: is not text in UTF-8.', { 'en/greeting.txt': Buffer.from('Grüße', 'latin1') }],
  ['en/welcome.txt: no mail uses it.', { 'en/welcome.txt': 'Hello' }],
  ['en/greeting.txt: Unclosed section "name" at', { 'en/greeting.txt': 'Hello {{#name}}' }],
  ['en/greeting.txt: {{nmae}} is not known in the mail license-key.', { 'en/greeting.txt': '{{nmae}}' }],
  ['en/footer.html: {{key}} is not known in the mail license-deactivated.', { 'en/footer.html': '{{key}}' }],
  ['en/footer.html: {{pro}} is not known', { 'en/footer.html': '{{#pro}}x{{/pro}}' }],
  ['layout.html: {{{productName}}} is not escaped.', { 'layout.html': '{{{productName}}}{{> content}}' }],
  ['en/footer.html: {{{name}}} is not escaped.', { 'en/footer.html': '{{#name}}{{& name}}{{/name}}' }],
  ['en/greeting.txt: includes {{> team.txt}}, which is neither', { 'en/greeting.txt': '{{> team.txt}}' }],
  ['en/greeting.txt: includes itself.', { 'en/greeting.txt': '{{> greeting.txt}}' }],
  ['en/license-key.subject.txt: a subject is one line.', { 'en/license-key.subject.txt': 'One\nTwo' }],
  ['en/license-key.subject.txt: shows {{key}}', { 'en/license-key.subject.txt': '{{key}}' }],
  ['en/license-key.preheader.txt: shows {{key}}', { 'en/license-key.preheader.txt': '{{key}}' }],
  ['en/license-key.txt: does not show {{key}}.', { 'en/license-key.txt': 'Hello' }],
  ['en/license-key.html: does not show {{key}}.', { 'en/license-key.html': '<p>Hello</p>' }],
  ['fr/license-key.subject.txt: is missing.', { 'fr/greeting.txt': 'Bonjour,' }],
])('refuses with "%s…"', (sentence, files) => {
  expect(problemsOf(files)).toContainEqual(expect.stringMatching(startingWith(sentence)));
});

it('says of a new language all that it lacks', () => {
  const problems = problemsOf({ 'fr/greeting.txt': 'Bonjour,' });
  for (const file of [
    'fr/license-key.txt: is missing.',
    'fr/license-deactivated.preheader.txt: is missing.',
  ]) {
    expect(problems).toContain(file);
  }
});

it('says that there is no such directory', () => {
  expect(loadMailTemplates('/nowhere').problems).toEqual(['/nowhere is not a directory.']);
});

const startingWith = (text: string): RegExp => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
