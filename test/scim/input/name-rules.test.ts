import { checkNewName } from '../../../shared/scim/input/name-rules';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

const ATTRIBUTES = ['userName', 'displayName'] as const;

describe.each(ATTRIBUTES)('a new %s', (attribute) => {
  it.each([
    ' ',
    '\t',
    '\u00a0',
    '\u3000',
    '\u200b',
    'a\nb',
    'a\r',
    'a\u0000',
    'a\u0085b',
    'a\u2028b',
    'a\u2029b',
  ])('is not %j', (name) =>
    expect(scimErrorOf(() => checkNewName(attribute, name))).toMatchObject({
      status: 400,
      scimType: 'invalidValue',
      detail: expect.stringContaining(`Send another ${attribute}`) as string,
    }),
  );

  it.each(['ann', ' ann ', 'José', 'Jose\u0301', '山田 太郎', 'محمد', '😀', 'a\u00a0b'])(
    'may be %j',
    (name) => expect(() => checkNewName(attribute, name)).not.toThrow(),
  );
});

it.each(['ann\u200b', 'a\u00adnn', '\u202eann', 'ann\u2069', '\ufeffann', '❤\ufe0f'])(
  'a group may have the name %j, but no user',
  (name) => {
    expect(() => checkNewName('displayName', name)).not.toThrow();
    expect(scimErrorOf(() => checkNewName('userName', name)).detail).toContain('invisible characters');
  },
);
