import { createContext, useContext } from 'react';
import type { Domain, Role } from '../api/schema';

export interface Access {
  readonly domain: Domain;
  readonly role: Role;
}

export const AccessContext = createContext<Access | undefined>(undefined);

/**
 * Returns the current domain and what the user may do there. The API enforces it; the page only follows it.
 */
export function useAccess(): Access & { readonly mayChange: boolean; readonly isOperator: boolean } {
  const access = useContext(AccessContext);
  if (!access) throw new Error('There is no AccessContext.');
  return { ...access, mayChange: access.role !== 'viewer', isOperator: access.role === 'operator' };
}
