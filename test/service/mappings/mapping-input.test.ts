import type { MappingInput } from '../../../shared/service/mappings/mapping-input';
import { validateMappings } from '../../../shared/service/mappings/mapping-input';
import { AdminError } from '../../../shared/service/admin/admin-error';
import { newId } from '../../../shared/id';

const BERLIN = { name: 'Berlin', roles: ['member', 'manager'] };
const VENDOR = { name: 'Vendor', roles: ['admin'] };
const noLicense = { kind: 'noLicense' } as const;
const role = (value: string) => ({ kind: 'role', value }) as const;
const attribute = (path: string) => ({ kind: 'attribute', path, value: 'x' }) as const;
const validate = (...mappings: MappingInput[]) => validateMappings(mappings, [BERLIN], [VENDOR]).mappings;

describe('a valid mapping', () => {
  it('gets an id, or keeps its own, and is stored without surrounding white space', () => {
    const id = newId();
    const [kept, added] = validate(
      { id, from: role(' Admin '), to: noLicense },
      { from: { kind: 'group', by: 'id', value: 'g' }, to: noLicense },
    );
    expect(kept).toEqual({ id, from: role('Admin'), to: noLicense });
    expect(added?.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('gets the spelling of the user type, the organization, and its role', () => {
    const [type, own, vendor] = validate(
      { from: role('a'), to: { kind: 'userType', userType: 'full user' } },
      { from: role('a'), to: { kind: 'organization', organization: 'BERLIN', role: 'Manager' } },
      { from: role('a'), to: { kind: 'organization', organization: 'vendor', role: 'ADMIN' } },
    ).map(({ to }) => to);
    expect(type).toEqual({ kind: 'userType', userType: 'Full User' });
    expect(own).toEqual({ kind: 'organization', organization: 'Berlin', role: 'manager' });
    expect(vendor).toEqual({ kind: 'organization', organization: 'Vendor', role: 'admin' });
  });

  it.each(['title', 'DEPARTMENT', 'name.familyName', 'emails', 'emails.value', 'externalId', 'userName'])(
    'names the attribute %s',
    (path) => expect(validate({ from: attribute(path), to: noLicense })).toHaveLength(1),
  );
});

const sameId = newId();

it.each<[string, readonly MappingInput[], RegExp]>([
  ['an empty value', [{ from: role('  '), to: noLicense }], /^Mapping 1 must have a value/],
  ['an invisible value', [{ from: role('\u200b'), to: noLicense }], /^Mapping 1 must have a value/],
  [
    'a value of two lines',
    [{ from: role('a\nb'), to: noLicense }],
    /^Mapping 1 must have a value of one line/,
  ],
  ['a value that is too long', [{ from: role('a'.repeat(257)), to: noLicense }], /1 to 256 characters/],
  [
    'an unknown attribute',
    [{ from: attribute('shoeSize'), to: noLicense }],
    /"shoeSize", which users do not have/,
  ],
  [
    'a secret attribute',
    [{ from: attribute('password'), to: noLicense }],
    /"password", which users do not have/,
  ],
  ['the attribute groups', [{ from: attribute('groups'), to: noLicense }], /use the kind group/],
  [
    'an attribute of several parts',
    [{ from: attribute('name'), to: noLicense }],
    /Name a part of it, such as name\./,
  ],
  [
    'an unknown user type',
    [{ from: role('a'), to: { kind: 'userType', userType: 'Super User' } }],
    /"Super User".*Use one of Basic User, Core User, Full User/,
  ],
  [
    'an organization that is not declared',
    [{ from: role('a'), to: { kind: 'organization', organization: 'Oslo', role: 'member' } }],
    /"Oslo", which is not declared/,
  ],
  [
    'a role that the organization does not have',
    [{ from: role('a'), to: { kind: 'organization', organization: 'Berlin', role: 'chief' } }],
    /"chief".*Use one of member, manager/,
  ],
  ['an id that is no UUID', [{ id: '1', from: role('a'), to: noLicense }], /no UUID/],
  [
    'an id that another mapping has',
    [
      { id: sameId, from: role('a'), to: noLicense },
      { id: sameId, from: role('b'), to: noLicense },
    ],
    /^Mapping 2 has the same id/,
  ],
  [
    'more than 200 mappings',
    Array.from({ length: 201 }, () => ({ from: role('a'), to: noLicense })),
    /at most 200 mappings, but these are 201/,
  ],
])('%s is refused', (_, mappings, message) => {
  expect(() => validateMappings(mappings, [BERLIN], [VENDOR])).toThrow(AdminError);
  expect(() => validateMappings(mappings, [BERLIN], [VENDOR])).toThrow(message);
});

it.each([
  ['an organization without roles', [{ name: 'Oslo', roles: [] }], /"Oslo" must have 1 to 50 roles/],
  ['a blank organization', [{ name: ' ', roles: ['a'] }], /The name of an organization must have/],
  ['a role twice', [{ name: 'Oslo', roles: ['a', 'A'] }], /has the role "A" twice/],
  ['an organization twice', [BERLIN, { name: 'berlin', roles: ['a'] }], /"berlin" is declared twice/],
  ["the vendor's organization", [{ name: 'VENDOR', roles: ['a'] }], /"VENDOR" is declared twice/],
  [
    'more than 100 organizations',
    Array.from({ length: 101 }, (_, at) => ({ name: `o${at}`, roles: ['a'] })),
    /at most 100 organizations/,
  ],
  [
    'more than fits into an item',
    Array.from({ length: 100 }, (_, at) => ({
      name: `o${at}`,
      roles: Array.from({ length: 50 }, (_role, number) => `${number}${'€'.repeat(95)}`),
    })),
    /too large together/,
  ],
])('%s is refused', (_, organizations, message) => {
  expect(() => validateMappings([], organizations, [VENDOR])).toThrow(message);
});
