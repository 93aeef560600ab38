import * as fc from 'fast-check';
import { foldName, foldOperand } from '../../../shared/scim/text/fold';
import { CASE_FOLDING } from '../../../shared/scim/text/fold-ranges';
import { DEFAULT_IGNORABLES, WHITE_SPACE } from '../../../shared/scim/text/unicode-table';
import { codePoint } from '../../support/arbitraries/code-point';

const charactersOf = (ranges: readonly (readonly [number, number, ...number[]])[]): string[] =>
  ranges.flatMap(([first, last, stride = 1]) =>
    Array.from({ length: (last - first) / stride + 1 }, (_, at) => String.fromCodePoint(first + at * stride)),
  );

const CASED = charactersOf(CASE_FOLDING);
const IGNORABLE = charactersOf(DEFAULT_IGNORABLES);
const SPACES = charactersOf(WHITE_SPACE);
/** Planes that have letters, compatibility variants, and ignorable characters. The others have none. */
const CHARACTERS = charactersOf([
  [0, 0xd7ff],
  [0xe000, 0x1ffff],
  [0x2f800, 0x2faff],
  [0xe0000, 0xe0fff],
]);

/** Text in which the steps of folding meet each other more often than in random text. */
const text = fc.string({
  unit: fc.oneof(
    codePoint,
    fc.constantFrom(...CASED),
    fc.constantFrom(...IGNORABLE),
    fc.constantFrom(...SPACES),
    fc.constantFrom(...'aAeEiIsSßı\u0300\u0301\u0307\u0308\u0323\u0327\u0345\u034f각\u1160\u1161\u11a8ﬁ¨'),
  ),
});

describe('a folded name', () => {
  it.each([
    ['case', 'Ada.Lovelace@Example.COM', 'ada.lovelace@example.com'],
    ['a composed accent', 'JOS\u00c9', 'jos\u00e9'],
    ['a decomposed accent', 'Jose\u0301', 'jos\u00e9'],
    ['accents in another order', 'a\u0301\u0323', 'a\u0323\u0301'.normalize('NFC')],
    ['full width', '\uff21\uff22\uff43\uff44\uff45', 'abcde'],
    ['a ligature', '\ufb01le', 'file'],
    ['half-width kana', '\uff76\uff9e', '\u30ac'],
    ['the Kelvin sign', '\u212aelvin', 'kelvin'],
    ['the Angstrom sign', '\u212b', '\u00e5'],
    ['the micro sign', '\u00b5', '\u03bc'],
    ['the long s', '\u017fun', 'sun'],
    ['a zero-width joiner', 'a\u200db', 'ab'],
    ['a zero-width space', 'a\u200bb', 'ab'],
    ['a soft hyphen', 'co\u00adop', 'coop'],
    ['a byte order mark', '\ufeffann', 'ann'],
    ['a bidirectional control', '\u202eann\u202c', 'ann'],
    ['a variation selector', '\u2764\ufe0f', '\u2764'],
    ['an ignorable character between a letter and its accent', 'e\u034f\u0301', '\u00e9'],
    ['Cherokee letters', '\uab70\u13a0', '\u13a0\u13a0'],
    ['Georgian capital letters', '\u1c90', '\u10d0'],
    ['letters beyond U+FFFF', '\u{10400}', '\u{10428}'],
    ['a capital letter with an iota', '\u1fbc', '\u1fb3'],
    ['an iota that does not compose', 'x\u0345', 'x\u03b9'],
  ])('does not depend on %s', (_, name, key) => {
    expect(foldName(name)).toBe(key);
  });

  it('has one sigma for the three of Greek, at the end of a word too', () => {
    expect(foldName('ὈΔΥΣΣΕΎΣ')).toBe(foldName('ὀδυσσεύς'));
    expect(['Σ', 'σ', 'ς'].map(foldName)).toEqual(['σ', 'σ', 'σ']);
  });

  it('keeps ß apart from ss, because folding never changes the number of letters', () => {
    expect(foldName('STRA\u1e9eE')).toBe('straße');
    expect(foldName('Straße')).toBe('straße');
    expect(foldName('STRASSE')).toBe('strasse');
  });

  it('keeps the Turkish İ and ı apart from i', () => {
    expect(['İ', 'I\u0307', 'ı', 'I'].map(foldName)).toEqual(['İ', 'İ', 'ı', 'i']);
    expect(foldName('i\u0307')).toBe('i\u0307');
  });

  it('has no white space at its ends', () => {
    expect(foldName('\t\u3000 Ann\u00a0Lee\u0085\u2028\r\n')).toBe('ann lee');
    expect(foldName('\u200b ann \u00ad')).toBe('ann');
  });

  it('is empty if nothing of the name is visible', () => {
    expect(foldName(' \u200b\u3164 ')).toBe('');
    expect(foldName('')).toBe('');
  });

  it('is the same however often and after however much white space a name is folded', () => {
    const spaces = fc.string({ unit: fc.constantFrom(...SPACES) });
    fc.assert(
      fc.property(text, spaces, spaces, (name, before, after) => {
        const key = foldName(name);
        expect(foldName(key)).toBe(key);
        // A mark at the beginning of a name combines with white space before it.
        expect(foldName(name + after)).toBe(key);
        if (/^[\p{L}\p{N}]/u.test(name)) expect(foldName(before + name)).toBe(key);
      }),
    );
  });
});

describe('a folded operand', () => {
  it('keeps its white space', () => {
    expect(foldOperand(' ANN\u3000')).toBe(' ann ');
  });

  it('is folded only once', () => {
    fc.assert(
      fc.property(text, (operand) => {
        const key = foldOperand(operand);
        expect(foldOperand(key)).toBe(key);
        expect(key.normalize('NFKC')).toBe(key);
      }),
    );
  });

  it('does not depend on which canonical or compatibility equivalent is folded', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), (operand, form) => {
        expect(foldOperand(operand.normalize(form))).toBe(foldOperand(operand));
      }),
    );
  });

  it('does not depend on ignorable characters anywhere in the text', () => {
    fc.assert(
      fc.property(fc.array(text), fc.constantFrom(...IGNORABLE), (parts, ignorable) => {
        expect(foldOperand(parts.join(ignorable))).toBe(foldOperand(parts.join('')));
      }),
    );
  });

  it('does not depend on the case of letters that have one counterpart', () => {
    const letters = CASED.flatMap((upper) => [upper, foldOperand(upper)]).filter(hasCounterpart);
    expect(letters.length).toBeGreaterThan(2000);
    fc.assert(
      fc.property(
        fc.string({ unit: fc.oneof(codePoint.filter(hasCounterpart), fc.constantFrom(...letters)) }),
        (word) => {
          expect(foldOperand(word.toUpperCase())).toBe(foldOperand(word));
        },
      ),
    );
  });

  it('has the values of toLowerCase for ASCII text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (ascii) => {
        expect(foldOperand(ascii)).toBe(ascii.toLowerCase());
        expect(foldName(ascii)).toBe(ascii.toLowerCase().trim());
        // The same through the table.
        expect(foldOperand(`${ascii}ж`)).toBe(`${ascii.toLowerCase()}ж`);
      }),
    );
  });
});

describe('every character', () => {
  it('is folded only once, and to a normalized form without ignorable characters', () => {
    const ignorable = new Set(IGNORABLE);
    const wrong = CHARACTERS.filter((character) => {
      const key = foldOperand(character);
      return (
        foldOperand(key) !== key ||
        key.normalize('NFKC') !== key ||
        [...key].some((each) => ignorable.has(each))
      );
    });
    expect(wrong).toEqual([]);
  });

  it('folds like its decomposition', () => {
    const wrong = CHARACTERS.filter((each) => foldOperand(each) !== foldOperand(each.normalize('NFD')));
    expect(wrong).toEqual([]);
  });

  it('of the table folds to what Node finds equal without case, and to nothing else of the table', () => {
    const folds = CASE_FOLDING.flatMap((range) =>
      charactersOf([range]).map(
        (from) => [from, String.fromCodePoint((from.codePointAt(0) ?? 0) + range[3])] as const,
      ),
    );
    const sources = new Set(CASED);
    expect(folds.length).toBe(1512);
    expect(folds.filter(([, to]) => sources.has(to))).toEqual([]);
    // Patterns with the flags `iu` compare by simple case folding, for the characters that Node knows.
    const known = folds.filter(([from]) => /\p{Assigned}/u.test(from));
    expect(known.filter(([from, to]) => !new RegExp(`^${from}$`, 'iu').test(to))).toEqual([]);
    expect(folds.filter(([from, to]) => foldOperand(from) !== foldOperand(to))).toEqual([]);
  });
});

/** Whether the upper case of a letter is one letter whose lower case is the letter again. */
function hasCounterpart(letter: string): boolean {
  const upper = letter.toUpperCase();
  return [...upper].length === 1 && (upper.toLowerCase() === letter || upper === letter);
}
