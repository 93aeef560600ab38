import { detailPath, hasNames } from '../../../portal/src/format/detail-links';

it.each([
  ['userId', { userId: 'u1', since: 'x' }, 'users/u1'],
  ['userName', { userId: 'u1', userName: 'ada' }, 'users/u1'],
  ['address', { userId: 'u1', address: 'ada@example.com' }, 'users/u1'],
  ['address', { address: 'it@example.com' }, undefined],
  ['userName', { userId: 'u1', userName: null }, undefined],
  ['groupId', { groupId: 'g1' }, 'groups/g1'],
  ['connection', { connectionId: 'c1', connection: 'Okta' }, 'settings/scim/connections/c1'],
  ['connectionId', { connectionId: 'c1', connection: null }, 'settings/scim/connections/c1'],
  ['otherId', { resourceType: 'Group', resourceId: 'g1', otherId: 'g2' }, 'groups/g2'],
  ['resourceId', { resourceType: 'User', resourceId: 'u1', otherId: 'u2' }, 'users/u1'],
  ['status', { requests: 3, status: 409, connectionId: 'c1' }, 'requests?show=409&connection=c1'],
  ['status', { requests: 3, status: 409 }, 'requests?show=409'],
  ['subscriptionId', { subscriptionId: 's1' }, 'settings/events'],
  ['detail', { userId: 'u1', detail: 'Choose another name.' }, undefined],
])('%s of %j leads to %s', (name, row, path) => expect(detailPath(name, row)).toBe(path));

it('an ID is not shown if each row has a name for it', () => {
  expect(hasNames('userId', [{ userId: 'u1', userName: 'ada' }, { address: 'it@example.com' }])).toBe(true);
  expect(hasNames('userId', [{ userId: 'u1', userName: null }])).toBe(false);
  expect(hasNames('keyId', [{ keyId: 'k1', name: 'Okta' }])).toBe(false);
});
