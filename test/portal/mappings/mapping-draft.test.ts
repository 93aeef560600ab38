import {
  draftOf,
  inputOf,
  isSameDraft,
  moveMapping,
  putMapping,
  putOrganization,
  removeMapping,
  removeOrganization,
} from '../../../portal/src/mappings/mapping-draft';

const from = { kind: 'role', value: 'admin' } as const;
const to = { kind: 'noLicense' } as const;
const draft = draftOf({
  version: 3,
  mappings: ['a', 'b', 'c'].map((id) => ({ id, from, to })),
  organizations: [{ name: 'Research', roles: ['member'] }],
  vendorOrganizations: [],
  userTypes: [],
  defaultUserType: '',
});
const keysOf = ({ mappings }: typeof draft) => mappings.map(({ key }) => key).join('');

it('a mapping moves up and down, but not beyond the ends', () => {
  expect(keysOf(moveMapping(draft, 'c', -1))).toBe('acb');
  expect(keysOf(moveMapping(draft, 'a', 1))).toBe('bac');
  expect(keysOf(moveMapping(draft, 'a', -1))).toBe('abc');
  expect(keysOf(moveMapping(draft, 'c', 1))).toBe('abc');
  expect(keysOf(moveMapping(draft, 'unknown', 1))).toBe('abc');
});

it('a changed mapping keeps its place and its ID, and a new one comes last without an ID', () => {
  const changed = putMapping(draft, { key: 'b', id: 'b', from: { kind: 'role', value: 'owner' }, to });
  const added = putMapping(changed, { key: 'new', from, to });
  expect(keysOf(added)).toBe('abcnew');
  expect(inputOf(added).mappings).toEqual([
    { id: 'a', from, to },
    { id: 'b', from: { kind: 'role', value: 'owner' }, to },
    { id: 'c', from, to },
    { from, to },
  ]);
});

it('a draft without a change is the same as the saved mappings', () => {
  expect(isSameDraft(moveMapping(moveMapping(draft, 'a', 1), 'a', -1), draft)).toBe(true);
  expect(isSameDraft(removeMapping(draft, 'a'), draft)).toBe(false);
  expect(isSameDraft(removeOrganization(draft, 'Research'), draft)).toBe(false);
});

it('a renamed organization keeps its place, and a new one comes last', () => {
  const sales = { name: 'Sales', roles: ['lead'] };
  const both = putOrganization(draft, sales);
  expect(both.organizations.map(({ name }) => name)).toEqual(['Research', 'Sales']);
  const renamed = putOrganization(both, { name: 'Science', roles: ['member'] }, 'Research');
  expect(renamed.organizations.map(({ name }) => name)).toEqual(['Science', 'Sales']);
});
