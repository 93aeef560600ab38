import {
  arrayFromSingle,
  assignmentFromResource,
  booleanFromText,
  complexFromText,
  emailsFromEmail,
  listsElements,
  numberFromText,
  simpleFromObject,
  singleFromArray,
  structureFromText,
  textFromNumber,
  valueUnderOwnName,
} from '../../shared/scim/quirks';
import { complex, multiValued, string } from '../../shared/scim/attribute';
import { USER_SCHEMA } from '../../shared/scim/urns';

const manager = complex('manager', '', [string('value', '')]);
const name = complex('name', '', [string('givenName', '')]);
const roles = multiValued('roles', '');

describe('quirks', () => {
  it.each<[string, (value: unknown) => unknown, unknown, unknown]>([
    ['booleanFromText', booleanFromText, 'True', true],
    ['booleanFromText', booleanFromText, 'false', false],
    ['booleanFromText', booleanFromText, 'yes', 'yes'],
    ['booleanFromText', booleanFromText, 1, 1],
    ['textFromNumber', textFromNumber, 701984, '701984'],
    ['textFromNumber', textFromNumber, -1.5, '-1.5'],
    ['textFromNumber', textFromNumber, 9007199254740991, '9007199254740991'],
    ['textFromNumber', textFromNumber, -(2 ** 53), -(2 ** 53)],
    ['textFromNumber', textFromNumber, 1e21, 1e21],
    ['textFromNumber', textFromNumber, Infinity, Infinity],
    ['textFromNumber', textFromNumber, true, true],
    ['numberFromText', numberFromText, '7', 7],
    ['numberFromText', numberFromText, '-12.50', -12.5],
    ['numberFromText', numberFromText, 7, 7],
    ...['', ' 7', '7.', '.5', '+7', '1e3', '0x10', 'seven'].map(
      (text): [string, (value: unknown) => unknown, string, string] => [
        'numberFromText',
        numberFromText,
        text,
        text,
      ],
    ),
    ['singleFromArray', singleFromArray, [{ value: 'x' }], { value: 'x' }],
    ['singleFromArray', singleFromArray, [null], null],
    ['singleFromArray', singleFromArray, ['x'], ['x']],
    ['singleFromArray', singleFromArray, ['x', 'y'], ['x', 'y']],
    ['singleFromArray', singleFromArray, 'x', 'x'],
    ['simpleFromObject', simpleFromObject, { $ref: null, value: 'x' }, 'x'],
    ['simpleFromObject', simpleFromObject, { text: 'x' }, { text: 'x' }],
    ['arrayFromSingle', arrayFromSingle, { value: 'x' }, [{ value: 'x' }]],
    ['arrayFromSingle', arrayFromSingle, ['x'], ['x']],
    ['complexFromText', (value) => complexFromText(manager, value), 'UID', { value: 'UID' }],
    ['complexFromText', (value) => complexFromText(manager, value), true, true],
    ['complexFromText', (value) => complexFromText(name, value), 'Ada', 'Ada'],
    ['emailsFromEmail', (path) => emailsFromEmail(path as string), 'Email', 'emails'],
    ['emailsFromEmail', (path) => emailsFromEmail(path as string), 'email.type', 'emails.type'],
    [
      'emailsFromEmail',
      (path) => emailsFromEmail(path as string),
      `${USER_SCHEMA}:email.value`,
      `${USER_SCHEMA}:emails.value`,
    ],
    ['emailsFromEmail', (path) => emailsFromEmail(path as string), 'emailAddress', 'emailAddress'],
    ['emailsFromEmail', (path) => emailsFromEmail(path as string), 'urn:a:b:email', 'urn:a:b:email'],
    ['listsElements', listsElements, [], true],
    ['listsElements', listsElements, 'UID', true],
    ['listsElements', listsElements, null, false],
    ['listsElements', listsElements, undefined, false],
    ['listsElements', listsElements, '', false],
    ['valueUnderOwnName', (value) => valueUnderOwnName(roles, value), { Roles: 'x' }, 'x'],
    ['valueUnderOwnName', (value) => valueUnderOwnName(roles, value), { roles: { roles: ['x'] } }, ['x']],
    ['valueUnderOwnName', (value) => valueUnderOwnName(roles, value), { value: 'x' }, { value: 'x' }],
    ['valueUnderOwnName', (value) => valueUnderOwnName(roles, value), 'x', 'x'],
    ['valueUnderOwnName', (value) => valueUnderOwnName(roles, value), { roles: 'x', type: 'y' }, 'x'],
    [
      'valueUnderOwnName',
      (value) => valueUnderOwnName(name, value),
      { name: 'Ada Larsen', givenName: 'Ada' },
      { name: 'Ada Larsen', givenName: 'Ada' },
    ],
    ['valueUnderOwnName', (value) => valueUnderOwnName(string('title', ''), value), { title: 'x' }, 'x'],
    [
      'valueUnderOwnName',
      (value) => valueUnderOwnName(complex('a', '', [string('a', '')]), value),
      { a: 1 },
      { a: 1 },
    ],
    [
      'assignmentFromResource',
      (value) => assignmentFromResource(roles, value),
      { id: '1', displayName: 'Admin' },
      { value: '1', display: 'Admin' },
    ],
    [
      'assignmentFromResource',
      (value) => assignmentFromResource(roles, value),
      { id: '1', displayName: 'A', value: 'x', display: 'X' },
      { value: 'x', display: 'X' },
    ],
    [
      'assignmentFromResource',
      (value) => assignmentFromResource(multiValued('emails', ''), value),
      { displayName: 'A' },
      { displayName: 'A' },
    ],
    ['structureFromText', structureFromText, ' {"a":1}', { a: 1 }],
    ['structureFromText', structureFromText, '{"a":', '{"a":'],
    ['structureFromText', structureFromText, '[{"a":1}]', [{ a: 1 }]],
    [
      'structureFromText',
      structureFromText,
      ['{"a":1}', '[{"a":2},"b"]', 'c'],
      [{ a: 1 }, { a: 2 }, 'b', 'c'],
    ],
    ['structureFromText', structureFromText, ['a', 'b'], ['a', 'b']],
    ['structureFromText', structureFromText, { a: 1 }, { a: 1 }],
  ])('%s', (_, quirk, value, expected) => {
    expect(quirk(value)).toEqual(expected);
  });
});
