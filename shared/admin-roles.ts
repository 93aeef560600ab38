/** What a portal user may do in one domain: change it, or see it. */
export type DomainRole = 'owner' | 'viewer';

/** What a caller of the admin API may do. */
export interface AdminRoles {
  /** Sees and changes all domains. */
  readonly operator: boolean;
  /** By domain id. */
  readonly domains: Readonly<Record<string, DomainRole>>;
}

export const OPERATOR: AdminRoles = { operator: true, domains: {} };

const ROLE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(owner|viewer)$/;

/**
 * Roles out of the claim of an ID token: `operator`, `<domainId>:owner`, `<domainId>:viewer`, as a list or as one text with
 * spaces between. Whatever else is in it belongs to other applications.
 */
export function rolesOfClaim(claim: unknown): AdminRoles {
  const texts = typeof claim === 'string' ? claim.split(/\s+/) : Array.isArray(claim) ? claim : [];
  const domains: Record<string, DomainRole> = {};
  for (const text of texts) {
    const [, domainId, role] = (typeof text === 'string' && ROLE.exec(text)) || [];
    // An owner who is a viewer as well stays an owner.
    if (domainId && domains[domainId] !== 'owner') domains[domainId] = role as DomainRole;
  }
  return { operator: texts.includes('operator'), domains };
}
