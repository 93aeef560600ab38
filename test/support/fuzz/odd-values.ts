import fc from 'fast-check';
import type { Draw } from './draw';

/** Strings at which parsers, stores, and templates of other services have failed. */
const ODD_STRINGS: readonly string[] = [
  ...['', ' ', '\u0000', '\u0007', '\r\nX-Injected: 1', '\ud800', '\u202e', '\ufeff', 'İ', 'ß', 'ﬃ', '😀'],
  ...['__proto__', 'constructor', 'toString', 'null', 'undefined', 'true', 'False', 'NaN', '-0', '1e999'],
  ...['a"b', "a'b", 'a\\', '${x}', '{{x}}', '<script>', '%00', '%', '../..', '#', 'DOMAIN#x', '*', '[', ']'],
  ...['2026-02-30T00:00:00Z', '9999-12-31T23:59:59.999Z', '0000-00-00', 'example.com', 'a@example.com'],
  ...[
    'userName eq',
    'members[value eq "',
    'emails[type eq "work"].value',
    'urn:ietf:params:scim:schemas:core:2.0:User',
  ],
];

const LONG = [256, 1_025, 8_193, 70_000];
const NUMBERS = [0, -1, 1, 1.5, 2 ** 31, 2 ** 53, 1e308, -1e-7];

/**
 * Draws a value that is rarely valid where it is put. Some strings end in `mark`, which no log may contain.
 */
export function oddValue(draw: Draw, mark: string, depth = 0): unknown {
  const kind = draw.integer(0, depth > 2 ? 5 : 8);
  const next = () => oddValue(draw, mark, depth + 1);
  switch (kind) {
    case 0:
      return draw.oneOf(ODD_STRINGS);
    case 1:
      return `${draw.oneOf(ODD_STRINGS)}${mark}`;
    case 2:
      return draw.value(fc.string({ unit: 'binary', maxLength: 20 }));
    case 3:
      return draw.oneOf(NUMBERS);
    case 4:
      return draw.oneOf([true, false, null]);
    case 5:
      return draw.chance(0.2) ? 'x'.repeat(draw.oneOf(LONG)) : draw.oneOf(ODD_STRINGS);
    case 6:
      return Array.from({ length: draw.integer(0, 3) }, next);
    case 7:
      return Object.fromEntries(
        Array.from({ length: draw.integer(0, 3) }, () => [draw.oneOf(ODD_STRINGS), next()]),
      );
    default:
      return nested(draw.integer(5, 400), draw.chance(0.5));
  }
}

function nested(levels: number, asArray: boolean): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < levels; level++) value = asArray ? [value] : { a: value };
  return value;
}
