import { itAppliesPatches } from './patch-rows';

const text = (value: string): string =>
  JSON.stringify({ id: '06b07648', value, displayName: `Role ${value}` });

describe('PATCH of roles', () => {
  itAppliesPatches([
    [
      'add of a bare string',
      {},
      { op: 'add', path: 'roles', value: 'Admin' },
      { roles: [{ value: 'Admin' }] },
    ],
    [
      'replace of a value under its own name',
      { roles: [{ value: 'User' }] },
      { op: 'replace', path: 'roles', value: { roles: 'Admin' } },
      { roles: [{ value: 'Admin' }] },
    ],
    [
      'a value under its own name without a path',
      { roles: [{ value: 'User' }] },
      {
        op: 'replace',
        value: { roles: { roles: ['Admin', 'User'] }, entitlements: { Entitlements: 'Full User' } },
      },
      { roles: [{ value: 'Admin' }, { value: 'User' }], entitlements: [{ value: 'Full User' }] },
    ],
    [
      'an element under its own name',
      {},
      { op: 'add', path: 'roles', value: [{ roles: 'Admin' }, { value: 'User' }] },
      { roles: [{ value: 'Admin' }, { value: 'User' }] },
    ],
    [
      'an empty value under its own name clears the attribute',
      { roles: [{ value: 'User' }] },
      { op: 'replace', path: 'roles', value: { roles: '' } },
      {},
    ],
    [
      'the filter and the text "False" of Entra',
      {},
      [
        { op: 'Add', path: 'roles[primary eq "True"].value', value: 'Admin' },
        { op: 'Add', path: 'roles[primary eq "True"].display', value: 'Administrator' },
        { op: 'Add', path: 'roles[primary eq "True"].type', value: 'WindowsAzureActiveDirectoryRole' },
      ],
      {
        roles: [
          {
            value: 'Admin',
            display: 'Administrator',
            type: 'WindowsAzureActiveDirectoryRole',
            primary: true,
          },
        ],
      },
    ],
    [
      'a display name in place of a display',
      {},
      { op: 'add', path: 'roles', value: [{ value: '25', displayName: 'Admin', primary: 'false' }] },
      { roles: [{ value: '25', display: 'Admin', primary: false }] },
    ],
    [
      'a role as the resource that it is in a list',
      {},
      { op: 'add', path: 'entitlements', value: [{ id: 'full', displayName: 'Full User', type: 'License' }] },
      { entitlements: [{ value: 'full', display: 'Full User', type: 'License' }] },
    ],
    [
      'remove of JSON text removes the role that was sent without it',
      { roles: [{ value: '25', type: 'WindowsAzureActiveDirectoryRole', primary: false }, { value: '26' }] },
      { op: 'Remove', path: 'roles', value: [{ value: text('25') }] },
      { roles: [{ value: '26' }] },
    ],
    [
      'remove of a value removes the role that was sent as JSON text',
      { roles: [{ value: text('25') }, { value: text('26') }] },
      { op: 'remove', path: 'roles', value: [{ value: '25' }] },
      { roles: [{ value: text('26') }] },
    ],
    [
      'a value path removes the role that was sent as JSON text',
      { roles: [{ value: text('25') }, { value: text('26') }] },
      { op: 'remove', path: 'roles[value eq "25"]' },
      { roles: [{ value: text('26') }] },
    ],
    [
      'a value path keeps the role whose JSON text has another value',
      { roles: [{ value: text('25') }, { value: '26' }] },
      { op: 'remove', path: 'roles[value ne "25"]' },
      { roles: [{ value: text('25') }] },
    ],
    [
      'a value path with JSON text removes the role that was sent without it',
      { roles: [{ value: '25' }, { value: '26' }] },
      { op: 'remove', path: `roles[not (value ne ${JSON.stringify(text('25'))})]` },
      { roles: [{ value: '26' }] },
    ],
    [
      'a value path keeps JSON text of several roles',
      { roles: [{ value: '[{"value":"25"},{"value":"26"}]' }] },
      { op: 'remove', path: 'roles[value eq "25"]' },
      { roles: [{ value: '[{"value":"25"},{"value":"26"}]' }] },
    ],
    [
      'a value path replaces the JSON text of the role',
      { roles: [{ value: text('25') }] },
      { op: 'replace', path: 'roles[value eq "25"].value', value: '26' },
      { roles: [{ value: '26' }] },
    ],
    [
      'remove of JSON text leaves values of other attributes',
      { ims: [{ value: '25' }] },
      { op: 'remove', path: 'ims', value: [{ value: text('25') }] },
      { ims: [{ value: '25' }] },
    ],
  ]);
});
