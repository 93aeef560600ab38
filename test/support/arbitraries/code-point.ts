import * as fc from 'fast-check';

const SURROGATES = 0x800;
const FIRST_SURROGATE = 0xd800;

/**
 * Generates any character, as the `unit` of `fc.string`. fast-check's own `binary` takes seconds in each file
 * that uses it, because it makes a table of all the million characters.
 */
export const codePoint = fc.nat(0x10ffff - SURROGATES).map(
  (at) => String.fromCodePoint(at < FIRST_SURROGATE ? at : at + SURROGATES),
  (value) => {
    if (typeof value !== 'string' || !/^\P{Cs}$/u.test(value))
      throw new Error('The value is not a single character.');
    const code = value.codePointAt(0) ?? 0;
    return code < FIRST_SURROGATE ? code : code - SURROGATES;
  },
);
