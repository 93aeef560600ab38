import { MAX_DEPTH, MAX_LENGTH, MAX_TERMS, parseFilter } from '../../../shared/scim/filter/parse';
import { scimErrorOf } from '../../support/scim/scim-fixtures';
import { and, comparison, eq, not, or, present, valuePath } from './filter-builders';

const errorOf = (text: string) => scimErrorOf(() => parseFilter(text));

describe('parseFilter: the grammar', () => {
  test('binds and tighter than or, and makes chains flat', () => {
    expect(parseFilter('a pr or b pr and c pr and d pr or e pr')).toEqual(
      or(present('a'), and(present('b'), present('c'), present('d')), present('e')),
    );
    expect(parseFilter('(a pr or b pr) and c pr')).toEqual(and(or(present('a'), present('b')), present('c')));
  });

  test('applies not only to the parentheses after it', () => {
    expect(parseFilter('not (a pr) and b pr')).toEqual(and(not(present('a')), present('b')));
    expect(parseFilter('not(not(a pr))')).toEqual(not(not(present('a'))));
  });

  test('reads keywords, operators, and literals in any case, and keeps the case of paths', () => {
    expect(parseFilter('NOT (UserName EQ "A") AnD Title Pr oR active eQ TRUE')).toEqual(
      or(and(not(eq('UserName', 'A')), present('Title')), eq('active', true)),
    );
  });

  test.each(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const)(
    'reads the operator %s',
    (operator) => {
      expect(parseFilter(`a ${operator} "x"`)).toEqual(comparison('a', operator, 'x'));
    },
  );

  test('accepts white space between all tokens, and none between tokens that are distinct without it', () => {
    expect(parseFilter(' \t emails [ ( type eq "a" ) or( value pr ) ] \r\n')).toEqual(
      valuePath('emails', or(eq('type', 'a'), present('value'))),
    );
    expect(parseFilter('a eq"x"and(b pr)')).toEqual(and(eq('a', 'x'), present('b')));
  });

  test('reads names, sub-attributes, $ref, and paths with a URN', () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName';
    for (const path of ['a', 'a.b', 'a-b_c.d1', '$ref', 'members.$ref', urn, urn.toUpperCase()]) {
      expect(parseFilter(`${path} pr`)).toEqual(present(path));
    }
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['false', false],
    ['0', 0],
    ['-0', 0],
    ['-12.5', -12.5],
    ['1e3', 1000],
    ['1E+2', 100],
    ['25e-1', 2.5],
    ['""', ''],
    ['"true"', 'true'],
    [String.raw`"\"\\\/\b\f\n\r\t"`, '"\\/\b\f\n\r\t'],
    [String.raw`"\u00e9\u00C9"`, 'éÉ'],
    [String.raw`"\ud83d\ude00"`, '😀'],
    ['"(a) [b] and not + pr"', '(a) [b] and not + pr'],
    ['"Ünïcødé 名前 😀"', 'Ünïcødé 名前 😀'],
  ])('reads the value %s', (literal, value) => {
    expect(parseFilter(`a eq ${literal}`)).toEqual({ kind: 'comparison', path: 'a', operator: 'eq', value });
  });
});

describe('parseFilter: errors', () => {
  test.each<[string, number, string]>([
    ['', 1, 'the filter ends too early. Use an attribute'],
    ['   ', 4, 'Use an attribute'],
    ['userName', 9, 'Use an operator after userName: eq, ne, co, sw, ew, gt, ge, lt, le, or pr.'],
    ['userName eqq "x"', 10, 'unexpected eqq'],
    ['userName = "x"', 10, 'unexpected ='],
    ['userName "x"', 10, 'unexpected "x"'],
    ['userName eq', 12, 'Use a value after eq: a string in double quotes'],
    ['userName eq (', 13, 'Use a value after eq'],
    ['userName pr "x"', 13, 'Join two conditions with "and" or "or".'],
    ['userName eq "x" title pr', 17, 'unexpected title'],
    ['userName eq "x" and', 20, 'Use an attribute'],
    ['and userName pr', 1, 'unexpected and'],
    ['userName eq "x" or and title pr', 20, 'unexpected and'],
    ['(userName pr', 13, 'the ) that closes position 1'],
    ['userName pr)', 12, 'unexpected )'],
    ['()', 2, 'Use an attribute'],
    ['emails[type eq "work"', 22, 'the ] that closes position 7'],
    ['emails[type eq "work")', 22, 'the ] that closes position 7'],
    ['emails[]', 8, 'Use an attribute'],
    ['emails[ims[type pr]]', 11, 'a filter in brackets cannot contain another one'],
    ['emails[type pr].', 16, 'Use a sub-attribute after ], such as .value'],
    ['emails[type pr].a.b pr', 16, 'Use a sub-attribute'],
    ['emails[type pr].value', 22, 'Use an operator'],
    ['emails[type pr].value[type pr]', 22, 'Use an operator'],
    ['not userName pr', 5, 'Use ( after not, as in not (active eq true)'],
    ['user%20Name pr', 1, 'Use an attribute'],
    ['a.b.c pr', 1, 'Use an attribute'],
    ['__proto__ pr', 1, 'Use an attribute'],
    ['"userName" eq "x"', 1, 'Use an attribute'],
    ['1 eq 1', 1, 'Use an attribute'],
    ['a eq "x', 6, 'has no closing quote'],
    ['a eq "x\\"', 6, 'has no closing quote'],
    ['a eq "x\\', 8, 'does not start a JSON escape sequence'],
    [String.raw`a eq "\x"`, 7, 'does not start a JSON escape sequence'],
    [String.raw`a eq "\u12g4"`, 7, 'does not start a JSON escape sequence'],
    ['a eq "x\ny"', 8, 'must not contain a control character'],
    ['a eq 01', 6, 'the value 01 is not in double quotes'],
    ['a eq 1e999', 6, 'the number 1e999 is too large'],
  ])('rejects %j at position %i: %s', (text, position, problem) => {
    const { status, scimType, detail } = errorOf(text);
    expect({ status, scimType }).toEqual({ status: 400, scimType: 'invalidFilter' });
    expect(detail).toContain(`cannot be read at position ${position}: `);
    expect(detail).toContain(problem);
  });

  test('shortens a long piece of the filter', () => {
    expect(errorOf(`a eq ${'x'.repeat(5000)}`).detail.length).toBeLessThan(200);
  });
});

describe('parseFilter: limits', () => {
  const chain = (terms: number) => Array.from({ length: terms }, () => 'a pr').join(' or ');
  const nested = (depth: number) => `${'('.repeat(depth)}a pr${')'.repeat(depth)}`;

  test('limits the length', () => {
    const filter = 'a pr';
    expect(parseFilter(filter.padEnd(MAX_LENGTH))).toEqual(present('a'));
    expect(errorOf(filter.padEnd(MAX_LENGTH + 1)).detail).toContain(`at most ${MAX_LENGTH} characters`);
  });

  test('limits the number of comparisons', () => {
    expect(parseFilter(chain(MAX_TERMS))).toMatchObject({ kind: 'or' });
    expect(errorOf(chain(MAX_TERMS + 1)).detail).toContain(`at most ${MAX_TERMS} comparisons`);
  });

  test('limits the depth of parentheses, brackets, and negations together', () => {
    expect(parseFilter(nested(MAX_DEPTH))).toEqual(present('a'));
    expect(errorOf(nested(MAX_DEPTH + 1)).detail).toContain(`can nest at most ${MAX_DEPTH}`);
    expect(errorOf(`a[${nested(MAX_DEPTH)}]`).detail).toContain(`can nest at most ${MAX_DEPTH}`);
    expect(errorOf('not ('.repeat(MAX_DEPTH + 1)).detail).toContain(`can nest at most ${MAX_DEPTH}`);
  });

  test.each(['(', 'not (', 'a[', '[', '"', '\\', 'a pr and ', '((a pr) or '])(
    'rejects a filter of the maximum length made of %j',
    (piece) => {
      const text = piece.repeat(Math.floor(MAX_LENGTH / piece.length));
      expect(errorOf(text).scimType).toBe('invalidFilter');
    },
  );
});
