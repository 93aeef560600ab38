import { localeFor, preferredLanguage } from '../../../portal/src/i18n/language';

describe('the language of the portal', () => {
  it.each([
    [['de-AT', 'en'], 'de', 'de-AT'],
    [['fr-CH', 'de-CH', 'en-US'], 'de', 'de-CH'],
    [['en-GB', 'de'], 'en', 'en-GB'],
    [['DE'], 'de', 'DE'],
    [['fr', 'it'], 'en', 'en'],
    [[], 'en', 'en'],
    [['den'], 'en', 'en'],
  ] as const)('for the preferences %j is %s, with the formats of %s', (tags, language, locale) => {
    expect(preferredLanguage(tags)).toBe(language);
    expect(localeFor(language, tags)).toBe(locale);
  });

  it('that the user chose has its own formats if the browser does not prefer it', () => {
    expect(localeFor('de', ['en-US', 'fr'])).toBe('de');
  });
});
