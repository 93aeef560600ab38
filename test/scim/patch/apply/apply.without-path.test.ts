import { applyPatch } from '../../../../shared/scim/patch/apply';
import { parsePatch } from '../../../../shared/scim/patch/parse';
import { groupResourceType } from '../../../../shared/scim/resource-type';
import { ENTERPRISE_USER_SCHEMA as ENT } from '../../../../shared/scim/urns';
import { home, itAppliesPatches, work, type Row } from './patch-rows';
import { PRODUCT_USER_SCHEMA } from '../../../support/scim/product';

describe('applyPatch: without a path', () => {
  itAppliesPatches([
    ['plain names', { active: true }, { op: 'replace', value: { active: false } }, { active: false }],
    [
      'dotted names, URNs and value paths',
      { name: { familyName: 'King' }, emails: [work] },
      {
        op: 'replace',
        value: {
          'name.givenName': 'Augusta',
          'emails[type eq "work"].value': 'n@example.com',
          [`${ENT}:department`]: 'Analytical',
          [`${PRODUCT_USER_SCHEMA}:nrUserType`]: 'Core User',
          active: false,
        },
      },
      {
        name: { familyName: 'King', givenName: 'Augusta' },
        emails: [{ ...work, value: 'n@example.com' }],
        [ENT]: { department: 'Analytical' },
        [PRODUCT_USER_SCHEMA]: { nrUserType: 'Core User' },
        active: false,
      },
    ],
    [
      'objects merge',
      { name: { familyName: 'King' } },
      { op: 'replace', value: { name: { givenName: 'Ada' } } },
      { name: { familyName: 'King', givenName: 'Ada' } },
    ],
    [
      'an extension under its URN merges',
      { [ENT]: { department: 'D' } },
      { op: 'replace', value: { [ENT]: { division: 'E', manager: 'm' } } },
      { [ENT]: { department: 'D', division: 'E', manager: { value: 'm' } } },
    ],
    [
      'add appends to an array',
      { emails: [work] },
      { op: 'add', value: { emails: [home] } },
      { emails: [work, home] },
    ],
    [
      'replace replaces an array',
      { emails: [work] },
      { op: 'replace', value: { emails: [home] } },
      { emails: [home] },
    ],
    [
      'null clears',
      { title: 'A', nickName: 'B' },
      { op: 'replace', value: { title: null, nickName: '' } },
      {},
    ],
    ['JSON text', {}, { op: 'replace', value: '{"title":"A"}' }, { title: 'A' }],
    ['an empty object changes nothing', { title: 'A' }, { op: 'replace', value: {} }, { title: 'A' }],
  ]);
});

describe('applyPatch: attributes that a client cannot change', () => {
  const kept = { title: 'A' };
  itAppliesPatches([
    ...[
      'id',
      'meta',
      'meta.version',
      'schemas',
      'groups',
      'password',
      'shoeSize',
      'name.initials',
      'urn:example:x',
      'urn:example:2.0:User:y',
    ].flatMap((path): Row[] => [
      [
        `${path} as a path`,
        kept,
        [
          { op: 'add', path, value: 'x' },
          { op: 'replace', path, value: [] },
          { op: 'remove', path },
        ],
        kept,
      ],
      [`${path} as a key`, kept, { op: 'replace', value: { [path]: 'x' } }, kept],
    ]),
    [
      'an ignored operation does not block the next one',
      { active: true },
      [
        { op: 'Add', path: 'costume', value: 'x' },
        { op: 'Replace', path: 'active', value: 'False' },
      ],
      { active: false },
    ],
    [
      'a filter on a simple attribute',
      kept,
      { op: 'replace', path: 'title[value eq "A"]', value: 'B' },
      kept,
    ],
    [
      'a filter after a sub-attribute',
      { emails: [work] },
      { op: 'remove', path: 'emails.value[type eq "work"]' },
      { emails: [work] },
    ],
    [
      'an unknown sub-attribute after a filter',
      { emails: [work] },
      { op: 'add', path: 'emails[type eq "work"].size', value: 1 },
      { emails: [work] },
    ],
    [
      'a filter on an unknown sub-attribute',
      { emails: [work] },
      { op: 'add', path: 'emails[size eq "1"].value', value: 'x' },
      { emails: [work] },
    ],
    [
      'a read-only sub-attribute',
      { [ENT]: { manager: { value: 'm' } } },
      { op: 'add', path: 'manager.displayName', value: 'x' },
      { [ENT]: { manager: { value: 'm' } } },
    ],
    ['an extension that is sent as text', kept, { op: 'add', path: ENT, value: 'x' }, kept],
  ]);

  it('ignores members of a group, which splitMembership handles', () => {
    const operations = parsePatch({
      Operations: [{ op: 'add', value: { members: [{ value: 'u' }], displayName: 'B' } }],
    });
    expect(applyPatch(groupResourceType, { displayName: 'A' }, operations)).toEqual({ displayName: 'B' });
  });
});
