import { ENGLISH_FINDINGS } from './english';
import type { FindingTexts } from './finding-facts';
import { GERMAN_FINDINGS } from './german';

/** The languages of findings, each with its texts. */
export const FINDING_TEXTS = { en: ENGLISH_FINDINGS, de: GERMAN_FINDINGS } as const satisfies Readonly<
  Record<string, FindingTexts>
>;
export type FindingLanguage = keyof typeof FINDING_TEXTS;

export const FINDING_LANGUAGES = ['en', 'de'] as const satisfies readonly FindingLanguage[];
