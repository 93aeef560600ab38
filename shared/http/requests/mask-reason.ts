import { isKnownWord } from './known-words';
import { MASK } from './mask-path';

const QUOTED = /"((?:[^"\\]|\\.)*)"/g;
const SEPARATORS = /[\s"'()[\]{},;=+&/<>]+/;
const WORDS = /[^\s"'()[\]{},;=+&/<>]+/g;
/** A text that an error cuts off ends with one of these. */
const CUT_BEFORE = /^[…".,]/;
const MIN_CUT_LENGTH = 3;
const MAX_TEXTS = 500;
/** The example in the advice of an error. */
const EXAMPLE_ADDRESS = 'ada@example.com';

/**
 * Returns the `detail` of an error without text that the client chose: what it quotes, addresses, and all
 * words that `clientTexts` contain. Words of the protocol stay, so that the reason still says which attribute
 * is wrong.
 */
export function maskReason(detail: string, clientTexts: Iterable<string>): string {
  const words = wordsOf(clientTexts);
  return detail
    .replace(QUOTED, (quote, text: string) => (isProtocolText(text) ? quote : `"${MASK}"`))
    .replace(WORDS, (word: string, at: number, text: string) => {
      const bare = word.replace(/[.:…]+$/, '');
      const follows = text.slice(at + bare.length);
      const isPersonal =
        isAddress(bare) || (!isKnownWord(bare) && isFrom(words, bare, CUT_BEFORE.test(follows)));
      return isPersonal ? MASK + word.slice(bare.length).replace(/^…/, '') : word;
    });
}

const isAddress = (word: string): boolean => word.includes('@') && word !== EXAMPLE_ADDRESS;

/** Returns whether each word of a text is of the protocol. */
export const isProtocolText = (text: string): boolean =>
  text.split(SEPARATORS).every((word) => word === '' || isKnownWord(word));

/** Returns the unknown words of the texts. */
function wordsOf(texts: Iterable<string>): ReadonlySet<string> {
  const words = new Set<string>();
  let read = 0;
  for (const text of texts) {
    if (++read > MAX_TEXTS) break;
    for (const word of text.slice(0, 2_000).split(SEPARATORS)) {
      const bare = word.replace(/[.:]+$/, '');
      if (bare !== '' && !isKnownWord(bare)) words.add(bare);
    }
  }
  return words;
}

function isFrom(words: ReadonlySet<string>, word: string, mayBeCut: boolean): boolean {
  if (words.has(word)) return true;
  if (!mayBeCut || word.length < MIN_CUT_LENGTH) return false;
  for (const whole of words) if (whole.startsWith(word)) return true;
  return false;
}
