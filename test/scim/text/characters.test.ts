import {
  hasBidiControls,
  hasDefaultIgnorables,
  isOneLine,
  trimWhiteSpace,
} from '../../../shared/scim/text/characters';

test.each(['\0', '\t', '\n', '\u001f', '\u007f', '\u0085', '\u009f', '\u2028', '\u2029'])(
  'the control character or separator %j is found',
  (control) => {
    expect(isOneLine(`ann${control}lee`)).toBe(false);
    expect(hasBidiControls(`ann${control}lee`)).toBe(false);
    expect(hasDefaultIgnorables(`ann${control}lee`)).toBe(false);
  },
);

test.each(['\u061c', '\u200e', '\u200f', '\u202a', '\u202e', '\u2066', '\u2069'])(
  'the bidirectional control %j is found, and is ignorable',
  (control) => {
    expect(hasBidiControls(`ann${control}`)).toBe(true);
    expect(hasDefaultIgnorables(`ann${control}`)).toBe(true);
    expect(isOneLine(`ann${control}`)).toBe(true);
  },
);

test.each(['\u00ad', '\u034f', '\u200b', '\u200d', '\u3164', '\ufe0f', '\ufeff', '\u{e0001}', '\u{e01ef}'])(
  'the ignorable character %j is found',
  (ignorable) => {
    expect(hasDefaultIgnorables(`${ignorable}ann`)).toBe(true);
    expect(hasBidiControls(`${ignorable}ann`)).toBe(false);
  },
);

test.each(['', 'ann.lee@example.com', 'Žofie Nováková', '山田 太郎', 'محمد', '😀', '\u3000'])(
  'the text %j has none of them',
  (text) => {
    expect([isOneLine, hasBidiControls, hasDefaultIgnorables].map((has) => has(text))).toEqual([
      true,
      false,
      false,
    ]);
  },
);

test('white space is removed at the ends only', () => {
  expect(trimWhiteSpace('\u0085\u1680 a \u3000b\u2029\u205f')).toBe('a \u3000b');
  expect(trimWhiteSpace(' \t\n')).toBe('');
  expect(trimWhiteSpace('\ufeffa')).toBe('\ufeffa');
});
