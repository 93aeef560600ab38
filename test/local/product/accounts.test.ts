import { addPortalAccounts } from '../../../local/product/accounts';
import { Accounts } from '../../../local/services/cognito/accounts';

const rolesOf = (accounts: Accounts) =>
  Object.fromEntries(accounts.all().map(({ email, id, roles }) => [email, [id, ...roles]]));

it('the portal users have the roles of the domain of the session, also after it has changed', () => {
  const accounts = new Accounts();
  addPortalAccounts('d1', accounts);
  const first = rolesOf(accounts);
  expect(first).toEqual({
    'operator@example.com': ['operator', 'operator'],
    'owner@example.com': ['owner', 'd1:owner'],
    'viewer@example.com': ['viewer', 'd1:viewer'],
  });
  addPortalAccounts('d1', accounts);
  expect(rolesOf(accounts)).toEqual(first);
  for (let start = 0; start < 2; start++) {
    addPortalAccounts('d2', accounts);
    expect(rolesOf(accounts)).toEqual({
      'operator@example.com': ['operator', 'operator'],
      'owner@example.com': ['owner-d2', 'd2:owner'],
      'viewer@example.com': ['viewer-d2', 'd2:viewer'],
    });
  }
});
