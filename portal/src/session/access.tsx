import { createContext, useContext } from 'react';
import type { Domain, Role } from '../api/schema';

export interface Access {
  readonly domain: Domain;
  readonly role: Role;
}

export const AccessContext = createContext<Access | undefined>(undefined);

/** The domain that is looked at, and what the user may do there. The API decides; this only shows what it would allow. */
export function useAccess(): Access & { readonly mayChange: boolean; readonly isOperator: boolean } {
  const access = useContext(AccessContext);
  if (!access) throw new Error('There is no domain here.');
  return { ...access, mayChange: access.role !== 'viewer', isOperator: access.role === 'operator' };
}
