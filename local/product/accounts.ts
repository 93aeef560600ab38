import type { Account } from '../services/cognito/accounts';

/** Returns the people who may sign in to the portal: an operator, and an owner and a viewer of the domain. */
export const portalAccounts = (domainId: string): Account[] => [
  { id: 'operator', email: 'operator@example.com', name: 'Olivia Operator', roles: ['operator'] },
  { id: 'owner', email: 'owner@example.com', name: 'Oscar Owner', roles: [`${domainId}:owner`] },
  { id: 'viewer', email: 'viewer@example.com', name: 'Vera Viewer', roles: [`${domainId}:viewer`] },
];
