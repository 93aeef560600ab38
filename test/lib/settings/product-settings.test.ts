import { readConfig } from '../../../lib/config';
import { DEFAULT_PRODUCT_SETTINGS } from '../../../shared/scim/schemas/product-user';
import { ACME } from '../../support/scim/acme-settings';
import { problemsOf } from '../config-problems';

const { userTypes, userExtension, organizations } = ACME;

describe('the settings of the product', () => {
  it('are those of earlier versions by default', () => {
    expect(readConfig({}).product).toEqual(DEFAULT_PRODUCT_SETTINGS);
  });

  it('are read as they are given', () => {
    expect(readConfig({ userTypes, userExtension, organizations }).product).toEqual(ACME);
  });

  it('need only what differs: the first type is the default, and unknown types are ignored', () => {
    expect(readConfig({ userTypes: { names: ['Free', 'Paid'] } }).product).toEqual({
      ...DEFAULT_PRODUCT_SETTINGS,
      userTypes: { names: ['Free', 'Paid'], default: 'Free', unknown: 'ignore' },
    });
    expect(readConfig({ userTypes: { default: 'full USER' } }).product.userTypes.default).toBe('Full User');
  });

  it.each<[string, object, string]>([
    ['no type', { userTypes: { names: [] } }, '^userTypes: given .*, expected an object with any of "names"'],
    [
      '51 types',
      { userTypes: { names: Array.from({ length: 51 }, (_, at) => `t${at}`) } },
      '^userTypes: given',
    ],
    ['a type with spaces around', { userTypes: { names: [' Free'] } }, '^userTypes: given'],
    ['an invisible type', { userTypes: { names: ['\u200b'] } }, '^userTypes: given'],
    ['an unknown policy', { userTypes: { unknown: 'warn' } }, '^userTypes: given'],
    ['an unknown key', { userTypes: { types: ['Free'] } }, '^userTypes: given'],
    ['equal types', { userTypes: { names: ['Free', 'FREE'] } }, '^userTypes.names: contains "FREE" twice'],
    [
      'a default that is no type',
      { userTypes: { names: ['Free', 'Paid'], default: 'Gold' } },
      '^userTypes.default: given "Gold", expected one of the names: "Free", "Paid"',
    ],
    ['a schema that is no URN', { userExtension: { schema: 'acme' } }, '^userExtension: given'],
    ['a URN that is no path', { userExtension: { schema: 'urn:acme:a b' } }, '^userExtension: given'],
    [
      'a schema of SCIM',
      { userExtension: { schema: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' } },
      '^userExtension.schema: given .*, which is a schema of SCIM',
    ],
    ['a name with a space', { userExtension: { userTypeAttribute: 'user type' } }, '^userExtension: given'],
    [
      'a reserved name',
      { userExtension: { userTypeAttribute: 'ID' } },
      'the name "ID" of an attribute is reserved',
    ],
    ['an inherited name', { userExtension: { userTypeAttribute: 'constructor' } }, 'is reserved'],
    [
      'two attributes with one name',
      { userExtension: { attributes: [{ name: 'NRUserType', type: 'string' }] } },
      '^userExtension.attributes: contains "NRUserType" twice',
    ],
    [
      'an unknown data type',
      { userExtension: { attributes: [{ name: 'a', type: 'text' }] } },
      '^userExtension: given',
    ],
    [
      'canonical values of a number',
      { userExtension: { attributes: [{ name: 'a', type: 'integer', canonicalValues: ['1'] }] } },
      'only an attribute with the type string can have them',
    ],
    [
      'equal canonical values',
      { userExtension: { attributes: [{ name: 'a', type: 'string', canonicalValues: ['x', 'X'] }] } },
      'the canonicalValues of "a": contains "X" twice',
    ],
    [
      'equal organizations',
      { organizations: [{ name: 'A' }, { name: 'a' }] },
      '^organizations: contains "a" twice',
    ],
    [
      'equal roles',
      { organizations: [{ name: 'A', roles: ['b', 'B'] }] },
      'the roles of "A": contains "B" twice',
    ],
    [
      'more than a function can be given',
      { organizations: Array.from({ length: 100 }, (_, at) => ({ name: `${Math.sin(at)}` })) },
      'bytes when they are compressed, and 640 fit',
    ],
  ])('with %s are refused', (_, context, problem) => {
    expect(problemsOf({ ...context })).toEqual([expect.stringMatching(problem)]);
  });
});
