import { language } from '../i18n/language';

/**
 * Returns a label as it appears within a sentence, such as "tenant URL". German nouns keep their capital
 * letter.
 */
export const withinSentence = (label: string): string =>
  language === 'de' ? label : label.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
