/** The languages of the portal, each with its own name. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const STORAGE_KEY = 'language';

const isLanguage = (text: string | null): text is Language => text !== null && Object.hasOwn(LANGUAGES, text);

const languageOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/**
 * Returns the first of the preferred languages (BCP 47, such as `de-AT`) that the portal has; otherwise
 * English.
 */
export const preferredLanguage = (tags: readonly string[]): Language =>
  tags.map(languageOf).find(isLanguage) ?? 'en';

/**
 * Returns the preferred tag for a language, because dates and numbers differ between Austria and Switzerland.
 */
export const localeFor = (language: Language, tags: readonly string[]): string =>
  tags.find((tag) => languageOf(tag) === language) ?? language;

/** The parts of a browser that this file uses. Tests outside of a browser have no types of the DOM. */
interface Browser {
  readonly navigator: { readonly languages: readonly string[] };
  readonly localStorage: {
    readonly getItem: (key: string) => string | null;
    readonly setItem: (key: string, value: string) => void;
  };
  readonly location: { readonly reload: () => void };
}

const browser = 'document' in globalThis ? (globalThis as unknown as Browser) : undefined;

/** Returns the language that the user chose in this browser; undefined if there is none. */
function chosenLanguage(): Language | undefined {
  try {
    const stored = browser?.localStorage.getItem(STORAGE_KEY) ?? null;
    return isLanguage(stored) ? stored : undefined;
  } catch {
    // The browser allows no storage. The page says so when it starts.
    return undefined;
  }
}

// Outside of a browser, the language does not depend on the machine.
const preferredTags = browser?.navigator.languages ?? ['en'];

/**
 * The language of the page. It stays the same until the page is loaded again, so constants may contain
 * messages.
 */
export const language: Language = chosenLanguage() ?? preferredLanguage(preferredTags);

/** The BCP 47 tag for the format of dates and numbers. */
export const locale: string = localeFor(language, preferredTags);

/** Stores the language, and loads the page again in it. The session stays. */
export function chooseLanguage(chosen: Language): void {
  if (chosen === language) return;
  browser?.localStorage.setItem(STORAGE_KEY, chosen);
  browser?.location.reload();
}
