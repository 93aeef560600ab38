import { evaluateMappings, namesGroup } from '../../../shared/scim/mapping/evaluate';
import type { Mapping, MappingSource, MappingTarget } from '../../../shared/scim/mapping/mapping';
import type { Attributes } from '../../../shared/scim/resource';
import { DEFAULT_PRODUCT_SETTINGS, productOf } from '../../../shared/scim/schemas/product-user';

const PRODUCT = productOf(DEFAULT_PRODUCT_SETTINGS);
const PRODUCT_USER_SCHEMA = DEFAULT_PRODUCT_SETTINGS.userExtension.schema;
const full: MappingTarget = { kind: 'userType', userType: 'Full User' };
const core: MappingTarget = { kind: 'userType', userType: 'Core User' };
const engineering = { groupId: 'g1', displayName: 'Engineering', externalId: 'ext-1' };
const sales = { groupId: 'g2', displayName: 'Sales' };

const mapping = (id: string, from: MappingSource, to: MappingTarget): Mapping => ({ id, from, to });
const role = (value: string): MappingSource => ({ kind: 'role', value });
const organization = (name: string, member = 'member'): MappingTarget => ({
  kind: 'organization',
  organization: name,
  role: member,
});
const evaluate = (mappings: readonly Mapping[], attributes: Attributes = {}, groupIds: string[] = []) =>
  evaluateMappings(mappings, { attributes, groupIds }, [engineering, sales], PRODUCT);

describe('the source of a mapping', () => {
  it.each<[string, MappingSource, boolean]>([
    ['the id of a group', { kind: 'group', by: 'id', value: 'g1' }, true],
    ['the id of a group that is no name of one', { kind: 'group', by: 'id', value: 'g3' }, true],
    ['another id', { kind: 'group', by: 'id', value: 'G1' }, false],
    ['a displayName in another case', { kind: 'group', by: 'displayName', value: ' eNGineering' }, true],
    ['the displayName of another group', { kind: 'group', by: 'displayName', value: 'Sales' }, false],
    ['an externalId', { kind: 'group', by: 'externalId', value: 'ext-1' }, true],
    ['an externalId in another case', { kind: 'group', by: 'externalId', value: 'EXT-1' }, false],
    ['a displayName as an externalId', { kind: 'group', by: 'externalId', value: 'Engineering' }, false],
    ['a role', role('ADMIN'), true],
    ['another role', role('admin2'), false],
    ['an entitlement', { kind: 'entitlement', value: 'export' }, true],
    ['an entitlement as a role', role('export'), false],
    ['an attribute', { kind: 'attribute', path: 'title', value: 'dr' }, true],
    ['an attribute of an extension', { kind: 'attribute', path: 'department', value: 'R&D' }, true],
    [
      'an attribute with its URN',
      {
        kind: 'attribute',
        path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
        value: 'r&d',
      },
      true,
    ],
    ['a sub-attribute', { kind: 'attribute', path: 'name.familyName', value: 'Byron' }, true],
    ['one of several values', { kind: 'attribute', path: 'emails', value: 'ada@example.com' }, true],
    ['a boolean', { kind: 'attribute', path: 'active', value: 'true' }, true],
    ['an attribute that the user lacks', { kind: 'attribute', path: 'nickName', value: 'dr' }, false],
    ['an unknown attribute', { kind: 'attribute', path: 'shoeSize', value: 'dr' }, false],
  ])('matches %s: %p → %p', (_, from, matches) => {
    const attributes = {
      active: true,
      title: 'Dr',
      name: { familyName: 'Byron' },
      emails: [{ value: 'office@example.com' }, { value: 'Ada@example.com' }],
      roles: [{ value: 'Admin' }],
      entitlements: [{ value: 'Export' }],
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'R&D' },
    };
    const { userType } = evaluate([mapping('m', from, full)], attributes, ['g1', 'g3']);
    expect(userType).toBe(matches ? 'Full User' : 'Basic User');
  });

  it('names a group by id, name, or externalId', () => {
    expect(namesGroup({ kind: 'group', by: 'id', value: 'g2' }, sales)).toBe(true);
    expect(namesGroup({ kind: 'group', by: 'displayName', value: 'SALES' }, sales)).toBe(true);
    expect(namesGroup({ kind: 'group', by: 'externalId', value: 'Sales' }, sales)).toBe(false);
    expect(namesGroup({ kind: 'role', value: 'Sales' }, sales)).toBe(false);
  });
});

describe('the user type', () => {
  const attributes = { roles: [{ value: 'a' }, { value: 'b' }] };

  it('is that of the first matching mapping', () => {
    const mappings = [
      mapping('1', role('c'), full),
      mapping('2', role('b'), core),
      mapping('3', role('a'), full),
    ];
    expect(evaluate(mappings, attributes)).toMatchObject({
      userType: 'Core User',
      userTypeCause: { kind: 'mapping', mappingId: '2' },
    });
  });

  it('is that of the client, if the client sent one', () => {
    const explicit = { ...attributes, [PRODUCT_USER_SCHEMA]: { nrUserType: 'Core User' } };
    expect(evaluate([mapping('1', role('a'), full)], explicit)).toMatchObject({
      userType: 'Core User',
      userTypeCause: { kind: 'attribute' },
    });
  });

  it('is the default without a match', () => {
    expect(evaluate([mapping('1', role('c'), full)], attributes)).toEqual({
      userType: 'Basic User',
      userTypeCause: { kind: 'default' },
      organizations: [],
      license: true,
    });
  });

  it('is never one that the deployment does not have', () => {
    const former: MappingTarget = { kind: 'userType', userType: 'Super User' };
    expect(
      evaluate([mapping('1', role('a'), former), mapping('2', role('b'), core)], attributes).userType,
    ).toBe('Core User');
  });
});

describe('organizations', () => {
  it('accumulate, each role once with its first mapping', () => {
    const attributes = { roles: [{ value: 'a' }] };
    const mappings = [
      mapping('1', role('a'), organization('Berlin')),
      mapping('2', role('a'), organization('BERLIN', 'Member')),
      mapping('3', role('a'), organization('Berlin', 'manager')),
      mapping('4', role('z'), organization('Oslo')),
      mapping('5', role('a'), organization('Paris')),
    ];
    expect(evaluate(mappings, attributes).organizations).toEqual([
      { organization: 'Berlin', role: 'member', mappingId: '1' },
      { organization: 'Berlin', role: 'manager', mappingId: '3' },
      { organization: 'Paris', role: 'member', mappingId: '5' },
    ]);
  });
});

describe('the license', () => {
  const attributes = { roles: [{ value: 'a' }] };
  const administrator = (license: boolean): MappingTarget => ({
    kind: 'administrator',
    role: 'owner',
    license,
  });

  it('is absent if the first mapping that decides says so', () => {
    const mappings = [
      mapping('1', role('a'), full),
      mapping('2', role('a'), { kind: 'noLicense' }),
      mapping('3', role('a'), administrator(true)),
    ];
    expect(evaluate(mappings, attributes)).toMatchObject({
      license: false,
      noLicenseMapping: '2',
      administrator: { role: 'owner', license: true, mappingId: '3' },
    });
  });

  it('is there if an administrator with a license comes first', () => {
    const mappings = [
      mapping('1', role('a'), administrator(true)),
      mapping('2', role('a'), { kind: 'noLicense' }),
    ];
    const result = evaluate(mappings, attributes);
    expect(result.license).toBe(true);
    expect(result).not.toHaveProperty('noLicenseMapping');
  });

  it('is absent for an administrator without one', () => {
    expect(evaluate([mapping('1', role('a'), administrator(false))], attributes)).toMatchObject({
      license: false,
      noLicenseMapping: '1',
      administrator: { role: 'owner', license: false, mappingId: '1' },
    });
  });
});
