import * as fc from 'fast-check';
import type { Attribute } from '../../../shared/scim/attribute';
import { findAttribute } from '../../../shared/scim/attribute-path';
import { ScimError } from '../../../shared/scim/error';
import type { Filter } from '../../../shared/scim/filter/ast';
import { compileElementFilter, compileFilter } from '../../../shared/scim/filter/match';
import { MAX_LENGTH, parseFilter } from '../../../shared/scim/filter/parse';
import { printFilter } from '../../../shared/scim/filter/print';
import { isAttributes, type Attributes, type Json } from '../../../shared/scim/resource';
import { userSchema } from '../../../shared/scim/schemas/user';
import { anyFilter, elementFilter, someUser, userFilter } from './arbitraries';
import { not, valuePath } from './filter-builders';
import { codePoint } from '../../support/arbitraries/code-point';
import { userResourceType } from '../../../shared/product/product';

describe('the parser', () => {
  test('parses a printed filter into the same tree', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const text = printFilter(filter);
        fc.pre(text.length <= MAX_LENGTH);
        expect(parseFilter(text)).toEqual(filter);
      }),
      { numRuns: 1_000 },
    );
  });

  const token = fc.constantFrom(
    ...[
      'userName',
      'emails',
      '.value',
      'urn:a:b',
      'eq',
      'CO',
      'pr',
      'and',
      'OR',
      'not',
      '(',
      ')',
      '[',
      ']',
      ' ',
      '+',
    ],
    ...[
      '"',
      '"x"',
      '"\\"',
      '\\',
      '\\u00',
      '1',
      '-1e5',
      'true',
      'Null',
      '__proto__',
      'constructor',
      '\u0000',
      '😀',
    ],
  );
  const soup = fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join(' '));
  const denseSoup = fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join(''));

  test.each([
    ['any text', fc.string({ unit: codePoint, maxLength: 300 })],
    ['tokens in any order', soup],
    ['tokens in any order without space', denseSoup],
    [
      'long texts',
      fc.tuple(denseSoup, fc.nat(500)).map(([text, times]) => text.repeat(times).slice(0, 10_000)),
    ],
  ])('returns a filter or throws invalidFilter for %s', (_name, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        expectFilterOrInvalidFilter(text);
      }),
      { numRuns: 500 },
    );
  });

  function expectFilterOrInvalidFilter(text: string): void {
    try {
      const filter = parseFilter(text);
      compileFilter(filter, userResourceType)({});
    } catch (error) {
      expect(error).toBeInstanceOf(ScimError);
      expect(error).toMatchObject({ status: 400, scimType: 'invalidFilter' });
    }
  }
});

describe('the matcher', () => {
  type Verdict = 'yes' | 'no' | 'unknown';

  /** Returns the verdict of one term. It is unknown if neither the term nor its negation matches. */
  const verdictOf = (term: Filter, user: Attributes): Verdict => {
    if (compileFilter(term, userResourceType)(user)) return 'yes';
    return compileFilter(not(term), userResourceType)(user) ? 'no' : 'unknown';
  };

  function naive(filter: Filter, user: Attributes): Verdict {
    switch (filter.kind) {
      case 'and': {
        const verdicts = filter.operands.map((operand) => naive(operand, user));
        if (verdicts.includes('no')) return 'no';
        return verdicts.every((verdict) => verdict === 'yes') ? 'yes' : 'unknown';
      }
      case 'or': {
        const verdicts = filter.operands.map((operand) => naive(operand, user));
        if (verdicts.includes('yes')) return 'yes';
        return verdicts.every((verdict) => verdict === 'no') ? 'no' : 'unknown';
      }
      case 'not': {
        const verdict = naive(filter.operand, user);
        if (verdict === 'unknown') return verdict;
        return verdict === 'yes' ? 'no' : 'yes';
      }
      default:
        return verdictOf(filter, user);
    }
  }

  test('combines terms by three-valued logic', () => {
    fc.assert(
      fc.property(userFilter, someUser, (filter, user) => {
        expect(verdictOf(filter, user)).toBe(naive(filter, user));
      }),
      { numRuns: 2_000 },
    );
  });

  test('matches a value path if one element matches all of it', () => {
    fc.assert(
      fc.property(fc.constantFrom('emails', 'groups'), elementFilter, someUser, (path, filter, user) => {
        const attribute = findAttribute(userSchema.attributes, path) as Attribute;
        const isMatched = (user[path] as Json[]).some(compileElementFilter(filter, attribute));
        expect(compileFilter(valuePath(path, filter), userResourceType)(user)).toBe(isMatched);
      }),
      { numRuns: 500 },
    );
  });

  test('treats null, an empty string, an empty array, and no value alike', () => {
    const withoutUnassigned = (user: Attributes): Attributes =>
      Object.fromEntries(
        Object.entries(user)
          .filter(
            ([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
          )
          .map(([key, value]) => [
            key,
            Array.isArray(value)
              ? value.map((each) => (isAttributes(each) ? withoutUnassigned(each) : each))
              : value,
          ]),
      );
    fc.assert(
      fc.property(userFilter, someUser, (filter, user) => {
        const matches = compileFilter(filter, userResourceType);
        expect(matches(withoutUnassigned(user))).toBe(matches(user));
      }),
      { numRuns: 1_000 },
    );
  });
});
