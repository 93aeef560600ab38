import * as fc from 'fast-check';
import { compileIncludes } from '../../../shared/scim/text/includes';

const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 200 });

it('finds what String.prototype.includes finds', () => {
  fc.assert(fc.property(text, text, (whole, part) => compileIncludes(part)(whole) === whole.includes(part)));
});

it('finds a part of a text', () => {
  fc.assert(
    fc.property(text, text, text, (before, part, after) => compileIncludes(part)(before + part + after)),
  );
});

it('reads each character of a text once', () => {
  let reads = 0;
  const whole = {
    length: 8_000,
    charCodeAt: () => {
      reads++;
      return 'a'.charCodeAt(0);
    },
  };
  expect(compileIncludes(`b${'a'.repeat(4_000)}`)(whole as unknown as string)).toBe(false);
  expect(reads).toBe(8_000);
});
