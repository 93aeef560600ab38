import type { Filter } from '../../../shared/scim/filter/ast';
import { MAX_DEPTH, MAX_LENGTH, MAX_TERMS, parseFilter } from '../../../shared/scim/filter/parse';
import { and, comparison, eq, not, or, present, valuePath } from './filter-builders';

const refusal = (text: string): { scimType?: string; status: number; detail: string } => {
  try {
    parseFilter(text);
  } catch (error) {
    return error as { scimType?: string; status: number; detail: string };
  }
  throw new Error(`${text} was read`);
};

describe('the examples of RFC 7644, figure 2', () => {
  const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
  const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  const lastModified = (operator: 'gt' | 'ge' | 'lt' | 'le') =>
    comparison('meta.lastModified', operator, '2011-05-13T04:42:34Z');

  test.each<[string, Filter]>([
    ['userName eq "bjensen"', eq('userName', 'bjensen')],
    ['name.familyName co "O\'Malley"', comparison('name.familyName', 'co', "O'Malley")],
    ['userName sw "J"', comparison('userName', 'sw', 'J')],
    [`${USER}:userName sw "J"`, comparison(`${USER}:userName`, 'sw', 'J')],
    ['title pr', present('title')],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"', lastModified('gt')],
    ['meta.lastModified ge "2011-05-13T04:42:34Z"', lastModified('ge')],
    ['meta.lastModified lt "2011-05-13T04:42:34Z"', lastModified('lt')],
    ['meta.lastModified le "2011-05-13T04:42:34Z"', lastModified('le')],
    ['title pr and userType eq "Employee"', and(present('title'), eq('userType', 'Employee'))],
    ['title pr or userType eq "Intern"', or(present('title'), eq('userType', 'Intern'))],
    [`schemas eq "${ENTERPRISE}"`, eq('schemas', ENTERPRISE)],
    [
      'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
      and(
        eq('userType', 'Employee'),
        or(comparison('emails', 'co', 'example.com'), comparison('emails.value', 'co', 'example.org')),
      ),
    ],
    [
      'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
      and(
        comparison('userType', 'ne', 'Employee'),
        not(or(comparison('emails', 'co', 'example.com'), comparison('emails.value', 'co', 'example.org'))),
      ),
    ],
    [
      'userType eq "Employee" and (emails.type eq "work")',
      and(eq('userType', 'Employee'), eq('emails.type', 'work')),
    ],
    [
      'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]',
      and(
        eq('userType', 'Employee'),
        valuePath('emails', and(eq('type', 'work'), comparison('value', 'co', '@example.com'))),
      ),
    ],
    [
      'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
      or(
        valuePath('emails', and(eq('type', 'work'), comparison('value', 'co', '@example.com'))),
        valuePath('ims', and(eq('type', 'xmpp'), comparison('value', 'co', '@foo.com'))),
      ),
    ],
  ])('%s', (text, filter) => {
    expect(parseFilter(text)).toEqual(filter);
  });
});

describe('what identity providers send', () => {
  test('white space as + (Entra), which stays what it is within a string', () => {
    expect(parseFilter('userName+eq+"a+b@example.com"')).toEqual(eq('userName', 'a+b@example.com'));
    expect(parseFilter('id+eq+"1"+and++manager+eq+"2"')).toEqual(and(eq('id', '1'), eq('manager', '2')));
  });

  test('a value path with .value behind it (Microsoft) is one value path', () => {
    expect(parseFilter('emails[type eq "work"].value eq "a@example.com"')).toEqual(
      valuePath('emails', and(eq('type', 'work'), eq('value', 'a@example.com'))),
    );
    expect(parseFilter('emails[type eq "work" and primary eq true].value pr and active eq true')).toEqual(
      and(
        valuePath('emails', and(eq('type', 'work'), eq('primary', true), present('value'))),
        eq('active', true),
      ),
    );
  });

  test('an or in the brackets before .value stays together', () => {
    expect(parseFilter('emails[type eq "work" or type eq "home"].value ew ".org"')).toEqual(
      valuePath('emails', and(or(eq('type', 'work'), eq('type', 'home')), comparison('value', 'ew', '.org'))),
    );
  });

  test('booleans as text are left to the matcher (Entra)', () => {
    expect(parseFilter('roles[primary eq "True"]')).toEqual(valuePath('roles', eq('primary', 'True')));
  });

  test('an unquoted value is refused with the words to quote it (Entra documentation)', () => {
    const { status, scimType, detail } = refusal('externalId eq jyoung');
    expect({ status, scimType }).toEqual({ status: 400, scimType: 'invalidFilter' });
    expect(detail).toBe(
      'The filter cannot be read at position 15: the value jyoung is not in double quotes. Use "jyoung".',
    );
    expect(refusal("userName eq 'bob'").detail).toContain('is not in double quotes. Use "bob"');
    expect(refusal('id eq 2819c223-7f76-453a').detail).toContain(
      'is not in double quotes. Use "2819c223-7f76-453a"',
    );
  });

  test('a comparison right behind a value path is refused (misprint of Microsoft documentation)', () => {
    expect(refusal('emails[type eq "work"] eq "x"').detail).toBe(
      'The filter cannot be read at position 24: unexpected eq. Join two conditions with "and" or "or".',
    );
  });
});

describe('the grammar', () => {
  test('and binds tighter than or, and chains are flat', () => {
    expect(parseFilter('a pr or b pr and c pr and d pr or e pr')).toEqual(
      or(present('a'), and(present('b'), present('c'), present('d')), present('e')),
    );
    expect(parseFilter('(a pr or b pr) and c pr')).toEqual(and(or(present('a'), present('b')), present('c')));
  });

  test('not takes the parentheses behind it, nothing more', () => {
    expect(parseFilter('not (a pr) and b pr')).toEqual(and(not(present('a')), present('b')));
    expect(parseFilter('not(not(a pr))')).toEqual(not(not(present('a'))));
  });

  test('keywords, operators and literals are read without regard to case, paths keep theirs', () => {
    expect(parseFilter('NOT (UserName EQ "A") AnD Title Pr oR active eQ TRUE')).toEqual(
      or(and(not(eq('UserName', 'A')), present('Title')), eq('active', true)),
    );
  });

  test.each(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const)('%s', (operator) => {
    expect(parseFilter(`a ${operator} "x"`)).toEqual(comparison('a', operator, 'x'));
  });

  test('white space may lie anywhere between tokens, and need not where they are told apart without', () => {
    expect(parseFilter(' \t emails [ ( type eq "a" ) or( value pr ) ] \r\n')).toEqual(
      valuePath('emails', or(eq('type', 'a'), present('value'))),
    );
    expect(parseFilter('a eq"x"and(b pr)')).toEqual(and(eq('a', 'x'), present('b')));
  });

  test('paths are names, sub-attributes, $ref and those behind a URN', () => {
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
  ])('the value %s', (literal, value) => {
    expect(parseFilter(`a eq ${literal}`)).toEqual({ kind: 'comparison', path: 'a', operator: 'eq', value });
  });
});

describe('what cannot be read is refused with its place and what was expected', () => {
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
  ])('%j at %i: %s', (text, position, problem) => {
    const { status, scimType, detail } = refusal(text);
    expect({ status, scimType }).toEqual({ status: 400, scimType: 'invalidFilter' });
    expect(detail).toContain(`cannot be read at position ${position}: `);
    expect(detail).toContain(problem);
  });

  test('a long piece of the filter is not repeated whole', () => {
    expect(refusal(`a eq ${'x'.repeat(5000)}`).detail.length).toBeLessThan(200);
  });
});

describe('the bounds', () => {
  const chain = (terms: number) => Array.from({ length: terms }, () => 'a pr').join(' or ');
  const nested = (depth: number) => `${'('.repeat(depth)}a pr${')'.repeat(depth)}`;

  test('length', () => {
    const filter = 'a pr';
    expect(parseFilter(filter.padEnd(MAX_LENGTH))).toEqual(present('a'));
    expect(refusal(filter.padEnd(MAX_LENGTH + 1)).detail).toContain(`at most ${MAX_LENGTH} characters`);
  });

  test('comparisons', () => {
    expect(parseFilter(chain(MAX_TERMS))).toMatchObject({ kind: 'or' });
    expect(refusal(chain(MAX_TERMS + 1)).detail).toContain(`at most ${MAX_TERMS} comparisons`);
  });

  test('depth, of parentheses, brackets and negations together', () => {
    expect(parseFilter(nested(MAX_DEPTH))).toEqual(present('a'));
    expect(refusal(nested(MAX_DEPTH + 1)).detail).toContain(`can nest at most ${MAX_DEPTH}`);
    expect(refusal(`a[${nested(MAX_DEPTH)}]`).detail).toContain(`can nest at most ${MAX_DEPTH}`);
    expect(refusal('not ('.repeat(MAX_DEPTH + 1)).detail).toContain(`can nest at most ${MAX_DEPTH}`);
  });

  test.each(['(', 'not (', 'a[', '[', '"', '\\', 'a pr and ', '((a pr) or '])(
    'a filter of the greatest length made of %j is refused',
    (piece) => {
      const text = piece.repeat(Math.floor(MAX_LENGTH / piece.length));
      expect(refusal(text).scimType).toBe('invalidFilter');
    },
  );
});
