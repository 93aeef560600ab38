import * as fc from 'fast-check';
import { compareCodePoints, foldCase } from '../../../shared/scim/filter/text';
import { codePoint } from '../../support/arbitraries/code-point';

test('the order is that of the UTF-8 bytes, as DynamoDB sorts', () => {
  const text = fc.string({ unit: codePoint });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});

test('a character beyond U+FFFF comes after U+FFFD, where JavaScript has it before', () => {
  expect(compareCodePoints('😀', '\ufffd')).toBeGreaterThan(0);
  expect('😀' < '\ufffd').toBe(true);
});

test('a text comes after its own beginning', () => {
  expect(compareCodePoints('ab', 'a')).toBeGreaterThan(0);
  expect(compareCodePoints('a', 'ab')).toBeLessThan(0);
  expect(compareCodePoints('ab', 'ab')).toBe(0);
});

test('case is folded beyond ASCII', () => {
  expect(foldCase('JÖRG.Ñ')).toBe('jörg.ñ');
});
