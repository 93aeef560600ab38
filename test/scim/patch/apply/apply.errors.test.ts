import { USER_SCHEMA } from '../../../../shared/scim/urns';
import { johnDoe, patchUser, scimErrorOf } from '../../../support/scim/scim-fixtures';

describe('applyPatch: errors', () => {
  it.each(['userName', 'USERNAME', `${USER_SCHEMA}:userName`])(
    'rejects removing %s, because it is required',
    (path) => {
      expect(scimErrorOf(() => patchUser(johnDoe, { op: 'remove', path }))).toMatchObject({
        status: 400,
        scimType: 'mutability',
        detail: `${path} cannot be removed because it is required for a User. Replace it with another value.`,
      });
    },
  );

  it('accepts removing a required attribute that is added again in the same request', () => {
    const operations = [
      { op: 'remove', path: 'userName' },
      { op: 'add', path: 'userName', value: 'b' },
    ];
    expect(patchUser({ userName: 'a' }, ...operations)).toEqual({ userName: 'b' });
  });

  it.each<[string, object[], string]>([
    [
      'a required attribute that is replaced by null',
      [{ op: 'replace', path: 'userName', value: null }],
      'userName is required',
    ],
    [
      'a required attribute that is replaced by ""',
      [{ op: 'replace', value: { userName: '' } }],
      'userName is required',
    ],
    [
      'a word for a boolean',
      [{ op: 'replace', path: 'active', value: 'yes' }],
      'The value of active is not valid because it is not a boolean',
    ],
    [
      'a wrong type in a part',
      [{ op: 'add', path: 'name.givenName', value: {} }],
      'The value of name.givenName is not valid because it is not a string',
    ],
    [
      'a wrong type after a value path',
      [{ op: 'add', path: 'emails[type eq "work"].primary', value: 'x' }],
      'The value of emails[type eq "work"].primary is not valid because it is not a boolean',
    ],
    [
      'a wrong type in an array',
      [{ op: 'add', path: 'emails', value: [true] }],
      'The value of emails[0] is not valid because it is not an object',
    ],
    [
      'too many elements',
      [
        { op: 'add', path: 'roles', value: Array.from({ length: 150 }, (_, at) => `a${at}`) },
        { op: 'add', path: 'roles', value: Array.from({ length: 150 }, (_, at) => `b${at}`) },
      ],
      'Send at most 200',
    ],
    [
      'too many elements one by one',
      Array.from({ length: 201 }, (_, at) => ({
        op: 'add',
        path: `roles[type eq "${at}"].value`,
        value: 'x',
      })),
      'Send at most 200',
    ],
  ])('rejects %s as invalidValue and changes nothing', (_, operations, detail) => {
    const before = structuredClone(johnDoe);
    const error = scimErrorOf(() =>
      patchUser(before, { op: 'replace', path: 'title', value: 'Nobody' }, ...operations),
    );
    expect(error).toMatchObject({ status: 400, scimType: 'invalidValue' });
    expect(error.detail).toContain(detail);
    expect(before).toEqual(johnDoe);
  });

  it('rejects a filter that does not fit the attribute as invalidFilter', () => {
    const act = () => patchUser(johnDoe, { op: 'remove', path: 'emails[primary gt true]' });
    expect(scimErrorOf(act)).toMatchObject({ status: 400, scimType: 'invalidFilter' });
  });
});
