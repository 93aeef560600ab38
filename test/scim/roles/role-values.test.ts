import { entitlementValues, namesOfAssignment, roleValues } from '../../../shared/scim/roles/role-values';
import { readResource } from '../../../shared/scim/input/read-resource';
import type { Json } from '../../../shared/scim/resource';
import { userResourceType } from '../../../shared/product/product';

const stored = (roles: Json) => readResource(userResourceType, { userName: 'ada@example.com', roles });
const appRole = (value: string, displayName: string) =>
  JSON.stringify({ id: '06b07648-ecfe-589f-9d2f-6325724a46ee', value, displayName });

describe('roleValues', () => {
  it.each<[form: string, sent: Json, names: string[]]>([
    ['a bare string', 'Admin', ['Admin']],
    ['a list of strings', ['Admin', 'Auditor'], ['Admin', 'Auditor']],
    ['one object', { value: 'Admin' }, ['Admin']],
    ['a role with a display name', [{ value: '25', display: 'Admin' }], ['25', 'Admin']],
    [
      'a primary role of Entra',
      [{ primary: true, type: 'WindowsAzureActiveDirectoryRole', value: 'Admin' }],
      ['Admin'],
    ],
    [
      'several app roles of Entra',
      [
        { primary: false, display: 'Admin', value: 'Admin' },
        { primary: 'False', display: 'User', value: 'User' },
      ],
      ['Admin', 'User'],
    ],
    ['an app role as JSON text', [{ value: appRole('25', 'Admin') }], ['25', 'Admin']],
    ['app roles as JSON text', [{ value: appRole('A', 'B') }, { value: appRole('B', 'C') }], ['A', 'B', 'C']],
    ['JSON text as a bare string', appRole('25', 'Admin'), ['25', 'Admin']],
    ['JSON text of a list', `[${appRole('A', 'A')},"B",{"Value":7}]`, ['A', 'B', '7']],
    ['JSON text in JSON text', JSON.stringify({ value: appRole('25', 'Admin') }), ['25', 'Admin']],
    ['a quoted string', '"Admin"', ['Admin']],
    ['white space around a name', [{ value: ' Admin ' }], ['Admin']],
    ['a number', [{ value: 25 }], ['25']],
    ['nothing', [], []],
  ])('reads %s', (_form, sent, names) => {
    expect(roleValues(stored(sent))).toEqual(names);
  });

  it.each(['{"id":"1"}', '{"value":', '[Admins] of the team', '{}'])('keeps the name %s as it is', (name) => {
    expect(roleValues(stored(name))).toEqual([name]);
  });

  it('reads JSON text in JSON text up to a limit', () => {
    let text = 'Admin';
    for (let level = 0; level < 6; level++) text = JSON.stringify({ value: text });
    expect(roleValues(stored(text))).toHaveLength(1);
    expect(roleValues(stored(`${'['.repeat(5000)}`))).toEqual(['['.repeat(5000)]);
  });

  it('reads roles that are stored as strings', () => {
    expect(roleValues({ roles: ['Admin', { display: 'Auditor' }] })).toEqual(['Admin', 'Auditor']);
  });

  it('has no names for a user without roles', () => {
    expect(roleValues({ userName: 'ada@example.com', entitlements: [{ value: 'Full User' }] })).toEqual([]);
  });
});

describe('entitlementValues', () => {
  it('reads entitlements in the same forms', () => {
    const entitlements: Json = [
      { value: 'full', display: 'Full User', type: 'License' },
      { value: appRole('x', 'y') },
    ];
    expect(entitlementValues({ entitlements })).toEqual(['full', 'Full User', 'x', 'y']);
  });
});

describe('namesOfAssignment', () => {
  it('reads one element', () => {
    expect(namesOfAssignment({ value: appRole('25', 'Admin'), primary: true })).toEqual(['25', 'Admin']);
  });
});
