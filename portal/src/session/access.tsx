import { createContext, useContext } from 'react';
import type { Domain, Role, SetupProgress } from '../api/schema';

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

/** The domain of a setup link, whose holder administers its connections without an account. */
export const SetupDomainContext = createContext<SetupProgress['domain'] | undefined>(undefined);

/** Returns the domain whose connections the page shows, for a user and for the holder of a setup link. */
export function useConnectionAccess(): {
  readonly domain: SetupProgress['domain'];
  readonly mayChange: boolean;
} {
  const access = useContext(AccessContext);
  const setupDomain = useContext(SetupDomainContext);
  if (access) return { domain: access.domain, mayChange: access.role !== 'viewer' };
  if (!setupDomain) throw new Error('There is neither an AccessContext nor a SetupDomainContext.');
  return { domain: setupDomain, mayChange: true };
}

/** Returns the name of the domain that the page shows; an empty text if it shows none. */
export function useDomainName(): string {
  const access = useContext(AccessContext);
  const setupDomain = useContext(SetupDomainContext);
  return access?.domain.name ?? setupDomain?.name ?? '';
}
