/** A portal user's role in one domain: an owner can change the domain, a viewer can only see it. */
export type DomainRole = 'owner' | 'viewer';

/** The roles of a caller of the admin API. */
export interface AdminRoles {
  /** An operator can see and change all domains. */
  readonly operator: boolean;
  /** The role in each domain, by domain ID. */
  readonly domains: Readonly<Record<string, DomainRole>>;
}

export const OPERATOR: AdminRoles = { operator: true, domains: {} };

const ROLE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(owner|viewer)$/;

/**
 * Returns the roles in a claim of an ID token: `operator`, `<domainId>:owner`, `<domainId>:viewer`. The claim
 * is a list, or one string with spaces between the roles. Other values belong to other applications and are
 * ignored.
 */
export function rolesOfClaim(claim: unknown): AdminRoles {
  const values = typeof claim === 'string' ? claim.split(/\s+/) : Array.isArray(claim) ? claim : [];
  const domains: Record<string, DomainRole> = {};
  for (const value of values) {
    const [, domainId, role] = (typeof value === 'string' && ROLE.exec(value)) || [];
    // A user who is both owner and viewer of a domain is an owner.
    if (domainId && domains[domainId] !== 'owner') domains[domainId] = role as DomainRole;
  }
  return { operator: values.includes('operator'), domains };
}
