import type { Account, Accounts } from '../services/cognito/accounts';

/** The people who may sign in to the portal: an operator, and an owner and a viewer of the domain. */
const portalAccounts = (domainId: string): Account[] => [
  { id: 'operator', email: 'operator@example.com', name: 'Olivia Operator', roles: ['operator'] },
  { id: 'owner', email: 'owner@example.com', name: 'Oscar Owner', roles: [`${domainId}:owner`] },
  { id: 'viewer', email: 'viewer@example.com', name: 'Vera Viewer', roles: [`${domainId}:viewer`] },
];

/**
 * Adds the people who may sign in to the portal. The service stores the roles of a person once. So if the
 * session has a new domain, its owner and viewer get new accounts, with the same addresses.
 */
export function addPortalAccounts(
  domainId: string,
  accounts: Pick<Accounts, 'findByEmail' | 'add' | 'delete'>,
): void {
  for (const account of portalAccounts(domainId)) {
    const existing = accounts.findByEmail(account.email);
    if (!existing) accounts.add(account);
    else if (String(existing.roles) !== String(account.roles)) {
      accounts.delete(existing.id);
      accounts.add({ ...account, id: `${account.id}-${domainId}` });
    }
  }
}
