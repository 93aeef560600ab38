import fc from 'fast-check';
import {
  deriveLicenseKey,
  hashLicenseKey,
  isWellFormedLicenseKey,
  normalizeLicenseKey,
} from '../shared/license-key';

const ALPHABET = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
const SECRET = 'a secret of the tests';
const source = { domainId: 'd-1', userId: 'u-1', activationId: 'a-1' };

const keys = fc
  .record({ domainId: fc.string(), userId: fc.string(), activationId: fc.string() })
  .map((anySource) => deriveLicenseKey(SECRET, anySource));

/** The positions of the characters in a key, without its dashes. */
const positions = [...'XXXXX-XXXXX-XXXXX-XXXXX-XXXXX'].flatMap((character, at) =>
  character === 'X' ? at : [],
);

const withCharacter = (key: string, at: number, character: string): string =>
  key.slice(0, at) + character + key.slice(at + 1);

describe('deriveLicenseKey', () => {
  it('returns five groups of five characters without I, L, O, and U', () => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(key).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){4}$/);
      }),
    );
  });

  it('always returns the same key for the same activation', () => {
    // Keys are not stored. A change of the algorithm would make every issued key invalid.
    expect(deriveLicenseKey(SECRET, source)).toBe('4FVS6-7WVT1-TYWR2-B22E9-QPP6J');
  });

  it('returns a different key for each secret, domain, user, and activation', () => {
    const others = [
      deriveLicenseKey('another secret', source),
      deriveLicenseKey(SECRET, { ...source, domainId: 'd-2' }),
      deriveLicenseKey(SECRET, { ...source, userId: 'u-2' }),
      deriveLicenseKey(SECRET, { ...source, activationId: 'a-2' }),
    ];
    expect(new Set([deriveLicenseKey(SECRET, source), ...others]).size).toBe(5);
  });

  it('keeps the parts of its source apart', () => {
    expect(deriveLicenseKey(SECRET, { domainId: 'ab', userId: 'c', activationId: 'd' })).not.toBe(
      deriveLicenseKey(SECRET, { domainId: 'a', userId: 'bc', activationId: 'd' }),
    );
  });

  it('uses the whole alphabet at every position', () => {
    const found = positions.map(() => new Set<string>());
    for (let n = 0; n < 1_000; n++) {
      const key = deriveLicenseKey(SECRET, { ...source, activationId: String(n) });
      positions.forEach((at, place) => found[place]?.add(key.charAt(at)));
    }
    expect(found.map((characters) => characters.size)).toEqual(positions.map(() => ALPHABET.length));
  });
});

describe('isWellFormedLicenseKey', () => {
  it('accepts every derived key', () => {
    fc.assert(fc.property(keys, isWellFormedLicenseKey));
  });

  it('refuses a key with any one character mistyped', () => {
    const key = deriveLicenseKey(SECRET, source);
    const accepted = positions.flatMap((at) =>
      ALPHABET.filter((character) => isWellFormedLicenseKey(withCharacter(key, at, character))).map(
        (character) => [at, character] as const,
      ),
    );
    expect(accepted).toEqual(positions.map((at) => [at, key.charAt(at)]));
  });

  it('refuses any key with one character mistyped', () => {
    const characters = fc.constantFrom(...ALPHABET);
    fc.assert(
      fc.property(keys, fc.constantFrom(...positions), characters, (key, at, character) => {
        fc.pre(key.charAt(at) !== character);
        return !isWellFormedLicenseKey(withCharacter(key, at, character));
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses any key with two different characters swapped, adjacent or not', () => {
    const places = fc.tuple(fc.constantFrom(...positions), fc.constantFrom(...positions));
    fc.assert(
      fc.property(keys, places, (key, [one, other]) => {
        fc.pre(key.charAt(one) !== key.charAt(other));
        const swapped = withCharacter(withCharacter(key, one, key.charAt(other)), other, key.charAt(one));
        return !isWellFormedLicenseKey(swapped);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(['', '-', 'ABCDE', '0000-0000', `${'0'.repeat(24)}U`, `${'0'.repeat(24)}é`, '0'.repeat(26)])(
    'refuses %j',
    (text) => {
      expect(isWellFormedLicenseKey(text)).toBe(false);
    },
  );

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof isWellFormedLicenseKey(text) === 'boolean'));
  });
});

describe('normalizeLicenseKey', () => {
  it('returns a derived key in its canonical form, however it is typed', () => {
    const typed = (key: string): string[] => [
      key.toLowerCase(),
      key.replaceAll('-', ''),
      key.replaceAll('-', ' '),
      key.replaceAll('-', '\u2013'),
      ` ${key}\u00a0\n`,
      key.replaceAll('0', 'o').replaceAll('1', 'l'),
      key.replaceAll('0', 'O').replaceAll('1', 'I'),
    ];
    fc.assert(
      fc.property(keys, (key) => {
        expect(typed(key).map(normalizeLicenseKey)).toEqual(typed(key).map(() => key));
      }),
    );
  });

  it('forms no groups in a text that is not a key', () => {
    expect(normalizeLicenseKey('ab-cd')).toBe('ABCD');
  });
});

describe('hashLicenseKey', () => {
  it('returns the same hash for a key, however it is typed', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const typed = key.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'O');
        expect(hashLicenseKey(typed)).toBe(hashLicenseKey(key));
      }),
    );
  });

  it('always returns the same hash, because the table stores keys under it', () => {
    expect(hashLicenseKey('4FVS6-7WVT1-TYWR2-B22E9-QPP6J')).toBe(
      'j8e0wnO0_GIbnH0oxK7Asdn1l2Pu1oLzrlCGI3-OQT4',
    );
  });

  it('returns different hashes for texts that are not keys', () => {
    expect(hashLicenseKey('')).not.toBe(hashLicenseKey('A'));
    fc.assert(fc.property(fc.string(), (text) => /^[\w-]{43}$/.test(hashLicenseKey(text))));
  });
});
