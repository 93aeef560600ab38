import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadMailTemplates } from '../../../lib/template-check/load-templates';

/** Creates a directory with these files, and returns its path. */
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

it('finds no problems in the built-in templates, in English and German', () => {
  const { languages, problems } = loadMailTemplates();
  expect({ languages, problems }).toEqual({ languages: ['de', 'en'], problems: [] });
});

it('replaces built-in files, of one language or of all', () => {
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

it('accepts a regional language that contains only what differs', () => {
  const { languages, problems } = loadMailTemplates(directoryOf({ 'de-AT/greeting.txt': 'Grüß Gott,\n' }));
  expect({ languages, problems }).toEqual({ languages: ['de', 'de-AT', 'en'], problems: [] });
});

it('accepts a new file that a template includes', () => {
  expect(
    problemsOf({ 'en/greeting.txt': 'Hello, {{> team.txt}}', 'en/team.txt': 'from {{productName}}' }),
  ).toEqual([]);
});

it.each<[string, Record<string, string | Buffer>]>([
  ['en/license-key.htm: is not a template.', { 'en/license-key.htm': '' }],
  ['en/new/greeting.txt: is not a template.', { 'en/new/greeting.txt': '' }],
  ['en/greeting.txt: is not UTF-8 text.', { 'en/greeting.txt': Buffer.from('Grüße', 'latin1') }],
  ['en/welcome.txt: no email uses this file.', { 'en/welcome.txt': 'Hello' }],
  ['en/greeting.txt: Unclosed section "name" at', { 'en/greeting.txt': 'Hello {{#name}}' }],
  ['en/greeting.txt: {{nmae}} is unknown in the email license-key.', { 'en/greeting.txt': '{{nmae}}' }],
  ['en/footer.html: {{key}} is unknown in the email license-deactivated.', { 'en/footer.html': '{{key}}' }],
  ['en/footer.html: {{pro}} is unknown', { 'en/footer.html': '{{#pro}}x{{/pro}}' }],
  ['layout.html: {{{productName}}} is not escaped.', { 'layout.html': '{{{productName}}}{{> content}}' }],
  ['en/footer.html: {{{name}}} is not escaped.', { 'en/footer.html': '{{#name}}{{& name}}{{/name}}' }],
  ['en/greeting.txt: includes {{> team.txt}}, which is neither', { 'en/greeting.txt': '{{> team.txt}}' }],
  ['en/greeting.txt: includes itself.', { 'en/greeting.txt': '{{> greeting.txt}}' }],
  ['en/license-key.subject.txt: the subject must be one line.', { 'en/license-key.subject.txt': 'One\nTwo' }],
  ['en/license-key.subject.txt: contains {{key}}.', { 'en/license-key.subject.txt': '{{key}}' }],
  ['en/license-key.preheader.txt: contains {{key}}.', { 'en/license-key.preheader.txt': '{{key}}' }],
  ['en/license-key.txt: does not contain {{key}}.', { 'en/license-key.txt': 'Hello' }],
  ['en/license-key.html: does not contain {{key}}.', { 'en/license-key.html': '<p>Hello</p>' }],
  [
    'en/scim-key-expiry.subject.txt: contains {{keyName}}.',
    { 'en/scim-key-expiry.subject.txt': 'The key {{keyName}} expires' },
  ],
  [
    'en/license-key.subject.txt: contains {{name}}. Remove it, because a customer chooses this text',
    { 'en/license-key.subject.txt': 'Hello {{name}}' },
  ],
  [
    'en/license-key.subject.txt: contains {{name}}.',
    { 'en/license-key.subject.txt': '{{> greeting.txt}} your key' },
  ],
  [
    'en/license-deactivated.subject.txt: contains {{userName}}.',
    { 'en/license-deactivated.subject.txt': '{{#deleted}}{{userName}}{{/deleted}}' },
  ],
  [
    'de/scim-key-expiry.subject.txt: contains {{domainName}}.',
    { 'de/scim-key-expiry.subject.txt': '{{domainName}}' },
  ],
  [
    'en/license-key.subject.txt: {{.}} is unknown',
    { 'en/license-key.subject.txt': '{{#name}}{{.}}{{/name}}' },
  ],
  ['en/scim-key-expiry.txt: does not contain {{expiryTime}}.', { 'en/scim-key-expiry.txt': '{{keyName}}' }],
  ['en/scim-key-expiry.html: does not contain {{domainName}}.', { 'en/scim-key-expiry.html': '<p></p>' }],
  ['fr/scim-key-expiry.txt: is missing.', { 'fr/scim-key-expiry.html': '<p></p>' }],
  ['fr/license-key.subject.txt: is missing.', { 'fr/greeting.txt': 'Bonjour,' }],
])('rejects with "%s…"', (sentence, files) => {
  expect(problemsOf(files)).toContainEqual(expect.stringMatching(startingWith(sentence)));
});

it('does not require emails to administrators in every language', () => {
  const problems = problemsOf({ 'fr/greeting.txt': 'Bonjour,' });
  expect(problems.filter((problem) => problem.includes('scim-key'))).toEqual([]);
});

it('reports every missing file of a new language', () => {
  const problems = problemsOf({ 'fr/greeting.txt': 'Bonjour,' });
  for (const file of [
    'fr/license-key.txt: is missing.',
    'fr/license-deactivated.preheader.txt: is missing.',
  ]) {
    expect(problems).toContain(file);
  }
});

it('reports a missing directory', () => {
  expect(loadMailTemplates('/nowhere').problems).toEqual(['/nowhere is not a directory.']);
});

const startingWith = (text: string): RegExp => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
