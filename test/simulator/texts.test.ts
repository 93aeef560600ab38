import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GERMAN_TEXTS } from '../../shared/simulator/texts/german';
import { fill, inEnglish, say } from '../../shared/simulator/texts/say';
import { runSimulation } from '../support/simulator/run';

const DIRECTORY = path.join(__dirname, '../../shared/simulator');

/** Returns the source of the simulators without the translations. */
const source = (): string =>
  readdirSync(DIRECTORY, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('texts'))
    .map((file) => readFileSync(path.join(DIRECTORY, file), 'utf8'))
    .join('\n')
    .replaceAll('${attribute}', 'userName');

const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe.each(Object.entries(GERMAN_TEXTS))('the text %j', (english, german) => {
  it('has the same placeholders in German', () => {
    expect(placeholders(german)).toEqual(placeholders(english));
    expect(german).not.toBe(english);
  });
});

it('no text is unused', () => {
  const all = source();
  const unused = Object.keys(GERMAN_TEXTS).filter(
    (text) => !all.includes(text.replace('externalId', 'userName')),
  );
  expect(unused).toEqual([]);
});

it('a text has its values in each language', () => {
  const said = say('The group has {found} members instead of {expected}.', { found: 2, expected: 3 });
  expect(inEnglish(said)).toBe('The group has 2 members instead of 3.');
  expect(fill(GERMAN_TEXTS[said.text], said.values)).toBe('Zahl der Mitglieder der Gruppe: 2 statt 3.');
});

it('a simulation gives its titles, problems, and remedies in the wanted language', async () => {
  const [first] = await runSimulation(
    'okta',
    { baseUrl: 'http://127.0.0.1:1' },
    { translate: ({ text, values }) => fill(GERMAN_TEXTS[text], values) },
  );
  expect(first).toMatchObject({
    title: 'Reste einer abgebrochenen Simulation löschen',
    problem: expect.stringMatching(/^127\.0\.0\.1:1 hat nicht auf GET \/Groups geantwortet: /) as string,
    remedy: 'Prüfen Sie die Basis-URL und das Netzwerk.',
  });
});
