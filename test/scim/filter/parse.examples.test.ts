import type { Filter } from '../../../shared/scim/filter/ast';
import { parseFilter } from '../../../shared/scim/filter/parse';
import { scimErrorOf } from '../../support/scim/scim-fixtures';
import { and, comparison, eq, not, or, present, valuePath } from './filter-builders';

const errorOf = (text: string) => scimErrorOf(() => parseFilter(text));

describe('parseFilter: the examples of RFC 7644, figure 2', () => {
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

describe('parseFilter: filters of identity providers', () => {
  test('reads + as white space (Entra), except in a string', () => {
    expect(parseFilter('userName+eq+"a+b@example.com"')).toEqual(eq('userName', 'a+b@example.com'));
    expect(parseFilter('id+eq+"1"+and++manager+eq+"2"')).toEqual(and(eq('id', '1'), eq('manager', '2')));
  });

  test('reads a value path followed by .value (Microsoft) as one value path', () => {
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

  test('keeps an or in brackets before .value together', () => {
    expect(parseFilter('emails[type eq "work" or type eq "home"].value ew ".org"')).toEqual(
      valuePath('emails', and(or(eq('type', 'work'), eq('type', 'home')), comparison('value', 'ew', '.org'))),
    );
  });

  test('keeps booleans as text for the matcher (Entra)', () => {
    expect(parseFilter('roles[primary eq "True"]')).toEqual(valuePath('roles', eq('primary', 'True')));
  });

  test('rejects an unquoted value and says how to quote it (Entra documentation)', () => {
    const { status, scimType, detail } = errorOf('externalId eq jyoung');
    expect({ status, scimType }).toEqual({ status: 400, scimType: 'invalidFilter' });
    expect(detail).toBe(
      'The filter cannot be read at position 15: the value jyoung is not in double quotes. Use "jyoung".',
    );
    expect(errorOf("userName eq 'bob'").detail).toContain('is not in double quotes. Use "bob"');
    expect(errorOf('id eq 2819c223-7f76-453a').detail).toContain(
      'is not in double quotes. Use "2819c223-7f76-453a"',
    );
  });

  test('rejects an operator directly after a value path (misprint in the Microsoft documentation)', () => {
    expect(errorOf('emails[type eq "work"] eq "x"').detail).toBe(
      'The filter cannot be read at position 24: unexpected eq. Join two conditions with "and" or "or".',
    );
  });
});
