import { chooseLanguage } from '../../../shared/mail/content/language';

const AVAILABLE = ['de', 'en', 'fr-CA', 'pt-BR', 'pt'];

it.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['DE-at', 'de'],
  ['en_US', 'en'],
  ['pt-BR', 'pt-BR'],
  ['pt-PT', 'pt'],
  ['fr', 'fr-CA'],
  ['zh-Hant-TW', undefined],
  ['', undefined],
  ['deutsch', undefined],
  ['*', undefined],
  ['de;drop table', 'de'],
])('%p gets %p', (preferred, expected) => {
  expect(chooseLanguage(preferred, AVAILABLE)).toBe(expected);
});

it.each([
  ['da, en-gb;q=0.8, de;q=0.7', 'en'],
  ['en;q=0.5,de;q=0.9', 'de'],
  ['de;q=0, en', 'en'],
  ['ja, ko', undefined],
])('of several languages, %p, the most preferred available one is %p', (preferred, expected) => {
  expect(chooseLanguage(preferred, AVAILABLE)).toBe(expected);
});

it('accepts any text that a directory may contain', () => {
  for (const preferred of ['-', '--', ',,,', ';q', '-de', 'x'.repeat(10_000)]) {
    expect(chooseLanguage(preferred, AVAILABLE)).toBeUndefined();
  }
});
