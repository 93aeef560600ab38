import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Translation } from '../../../portal/src/i18n/catalog-types';

const SOURCES = path.resolve(__dirname, '../../../portal/src');
const FOLDERS = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith(`messages${path.sep}en.ts`))
  .map((file) => path.dirname(file));

type Texts = Readonly<Record<string, string>>;

function catalogOf(folder: string): { readonly en: Texts; readonly de: Texts } {
  const textsIn = (language: string) => {
    const module = jest.requireActual<Record<string, Texts>>(path.join(SOURCES, folder, language));
    return module[language] ?? {};
  };
  return { en: textsIn('en'), de: textsIn('de') };
}

/** Other words for enabling and disabling SCIM. */
const SWITCHED_SCIM = /\bSCIM\b.{0,30}\b(on|off)\b(?! the page)|\b(switch|turn)\w* (on|off) SCIM\b/i;
/** A noun in the plural behind the last of two numbers, which may be 1: `3 of 1 users`. */
const PLURAL_OF_NUMBER = /\}\} of \{\{\w+\}\} \w+s\b/;

/** Returns the placeholders and tags of a text, in alphabetical order. */
const partsOf = (text = ''): readonly string[] => (text.match(/\{\{\w+\}\}|<\/?\w+\/?>/g) ?? []).sort();

/**
 * Words that German texts do not contain, except for the names of buttons and fields of identity providers.
 */
const ENGLISH = /\b(the|your|you|is|are|of|with|from|this|not|by|has|have|that)\b/i;
const withoutScreenNames = (text: string): string =>
  text.replaceAll(/<b>.*?<\/b>|<code>.*?<\/code>|„.*?“|<\/?\w+\/?>|\{\{\w+\}\}/g, '');

describe.each(FOLDERS)('the texts in %s', (folder) => {
  const { en, de } = catalogOf(folder);

  it('exist in both languages', () => {
    expect(Object.keys(en).length).toBeGreaterThan(0);
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
    expect(Object.entries({ ...en, ...de }).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('have the same values and elements in both languages', () => {
    for (const [key, text] of Object.entries(en))
      expect([key, partsOf(de[key])]).toEqual([key, partsOf(text)]);
  });

  it('have both forms of each plural', () => {
    const bases = (suffix: string) =>
      Object.keys(en).flatMap((key) => (key.endsWith(suffix) ? [key.slice(0, -suffix.length)] : []));
    expect(bases('_one')).toEqual(bases('_other'));
  });

  it('are German in German', () => {
    expect(
      Object.entries(de).filter(
        ([key, text]) => ENGLISH.test(withoutScreenNames(text)) && !SCREEN_NAMES.has(en[key] ?? ''),
      ),
    ).toEqual([]);
  });

  it('call SCIM enabled or disabled, as the glossary does', () => {
    expect(Object.values(en).filter((text) => SWITCHED_SCIM.test(text))).toEqual([]);
  });

  it('have no plural beside another number than its count', () => {
    expect(
      Object.entries(en).filter(
        ([key, text]) => /_one$/.test(key) && / of \{\{/.test(text) && !/ of \{\{count/.test(text),
      ),
    ).toEqual([]);
    expect(
      Object.entries(en).filter(([key, text]) => !/_(one|other)$/.test(key) && PLURAL_OF_NUMBER.test(text)),
    ).toEqual([]);
  });

  it('address the reader formally', () => {
    expect(Object.values(de).filter((text) => /\b(du|dein\w*|dir|dich)\b/i.test(text))).toEqual([]);
  });
});

/** Names on the screens of Okta and Entra ID, which guides quote. */
const SCREEN_NAMES = new Set(['Unique identifier field for users', 'OAuth2 client credentials grant']);

it('each catalog belongs to a folder', () => {
  expect(FOLDERS.length).toBeGreaterThan(15);
});

const EN = { title: 'Users', users_one: '{{count}} user', users_other: '{{count}} users' } as const;

it('a key that one language lacks fails the type check', () => {
  const complete: Translation<typeof EN> = { title: '', users_one: '', users_other: '' };
  // @ts-expect-error A text is missing.
  const missing: Translation<typeof EN> = { title: '', users_one: '' };
  // @ts-expect-error The English catalog has no such text.
  const unknown: Translation<typeof EN> = { title: '', users_one: '', users_other: '', other: '' };
  expect(Object.keys(complete)).toEqual(Object.keys(EN));
  expect([missing, unknown]).toHaveLength(2);
});
