import fc from 'fast-check';
import { isWellFormed, toWellFormed } from '../../../shared/scim/input/well-formed';

/** Of any UTF-16 units, halves of surrogate pairs among them. */
const anyText = fc
  .array(fc.oneof(fc.constantFrom(0xd83d, 0xde00), fc.nat(0xffff)))
  .map((units) => String.fromCharCode(...units));
const roundTrip = (text: string) => Buffer.from(text).toString();

describe('isWellFormed', () => {
  it('tells which texts are the same after they were UTF-8', () => {
    fc.assert(fc.property(anyText, (text) => expect(isWellFormed(text)).toBe(roundTrip(text) === text)));
    expect(isWellFormed('a\ud83d')).toBe(false);
    expect(isWellFormed('a\ude00b')).toBe(false);
    expect(isWellFormed('a😀')).toBe(true);
  });
});

describe('wellFormed', () => {
  it('gives what UTF-8 would make of a text', () => {
    fc.assert(fc.property(anyText, (text) => expect(toWellFormed(text)).toBe(roundTrip(text))));
    expect(toWellFormed('a\ud83d')).toBe('a\ufffd');
  });

  it('leaves no half where it cuts', () => {
    expect(toWellFormed('ab😀', 3)).toBe('ab\ufffd');
    expect(toWellFormed('ab😀', 4)).toBe('ab😀');
    fc.assert(
      fc.property(anyText, fc.nat(20), (text, longest) => {
        const cut = toWellFormed(text, longest);
        expect(isWellFormed(cut)).toBe(true);
        expect(cut.length).toBe(Math.min(text.length, longest));
      }),
    );
  });
});
