import { parseUserFilter, userFilterParameters } from '../../../../portal/src/format/filters/user-filter';

it.each([
  '',
  'search=ann',
  'type=Full+User&license=active',
  'managed=administrator',
  'search=ann&type=Full+User&organization=Research&license=pending',
])('the filter in the address stays the same: ?%s', (query) => {
  const filter = parseUserFilter(new URLSearchParams(query));
  expect(new URLSearchParams(userFilterParameters(filter)).toString()).toBe(query);
});

it('an unknown status in the address does not filter', () => {
  expect(parseUserFilter(new URLSearchParams('license=lost')).licenseStatus).toBeUndefined();
  expect(parseUserFilter(new URLSearchParams('license=toString')).licenseStatus).toBeUndefined();
  expect(parseUserFilter(new URLSearchParams('managed=nobody')).managedBy).toBeUndefined();
});
