import fc from 'fast-check';
import { deliverableAddress, namedAddress } from '../../shared/mail/address';

describe('deliverableAddress', () => {
  it.each([
    ['jane.doe@example.com', 'jane.doe@example.com'],
    [' jane.doe@example.com ', 'jane.doe@example.com'],
    ["o'neil+licenses@sub.example.com", "o'neil+licenses@sub.example.com"],
    ['j.a.n.e@example.com', 'j.a.n.e@example.com'],
    ['jane@bücher.example.com', 'jane@xn--bcher-kva.example.com'],
  ])('accepts %j', (address, expected) => {
    expect(deliverableAddress(address)).toBe(expected);
  });

  it.each([
    '',
    'jane',
    '@example.com',
    'jane@',
    'jane@doe@example.com',
    'jane doe@example.com',
    'jane@example.com\r\nBcc: all@example.com',
    'jane@example.com\nBcc: all@example.com',
    'jane@example.com,john@example.com',
    'jane@example.com; john@example.com',
    'Jane <jane@example.com>',
    '"jane"@example.com',
    'jane\u0000@example.com',
    'jane\u202e@example.com',
    `${'j'.repeat(250)}@example.com`,
    'jane@exa%mple.com',
    `jane@exam${'\ufe0f'.repeat(300)}ple.com`,
    // RFC 5321 allows no such dots, and SES refuses them.
    'jane..doe@example.com',
    '.jane@example.com',
    'jane.@example.com',
    'jane@example..com',
    'jane@.example.com',
    'jane@example.com.',
    'jane@example\u3002\u3002com',
    // SES v1 cannot send to a local part that is not ASCII.
    'müller@example.com',
    '漢@example.com',
  ])('refuses %j', (address) => {
    expect(deliverableAddress(address)).toBeUndefined();
  });

  it('never returns a line break, a space, or a second recipient', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (local, domain) => {
        expect(deliverableAddress(`${local}@${domain}`) ?? 'a@b').toMatch(/^[^\s,;<>@]+@[!-~]+$/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('namedAddress', () => {
  it.each([
    ['Example Product', '"Example Product" <a@example.com>'],
    ['Example, Inc.', '"Example, Inc." <a@example.com>'],
    ['The "Best" \\ Product', '"The \\"Best\\" \\\\ Product" <a@example.com>'],
    ['Product\r\nBcc: all@example.com', '"Product Bcc: all@example.com" <a@example.com>'],
    ['Büro', '=?UTF-8?B?QsO8cm8=?= <a@example.com>'],
  ])('formats %j', (name, expected) => {
    expect(namedAddress(name, 'a@example.com')).toBe(expected);
  });

  it('splits a long non-ASCII name into encoded words of at most 75 characters', () => {
    const characters = fc.constantFrom('é', '漢', '😀', 'a', ' ');
    fc.assert(
      fc.property(fc.array(characters, { minLength: 1, maxLength: 100 }), (parts) => {
        const name = `é${parts.join('')}é`;
        const words = namedAddress(name, 'a@example.com').split(' ').slice(0, -1);
        expect(Math.max(...words.map((word) => word.length))).toBeLessThanOrEqual(75);
        const decoded = words.map((word) =>
          Buffer.from(word.slice('=?UTF-8?B?'.length, -2), 'base64').toString(),
        );
        expect(decoded.join('')).toBe(name);
      }),
    );
  });
});
