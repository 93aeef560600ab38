import type { StoredConnection } from '../../connections/connection-view';
import { type CheckedDomain, draftFinding, type FindingDraft } from '../finding';

/**
 * Returns whether a domain deliberately has no identity provider: it has no connection, and SCIM is disabled
 * or not available. Administrators manage all of its users manually.
 */
export const hasNoIdentityProvider = (
  { scimAvailable = true, scimEnabled = true }: CheckedDomain,
  connections: readonly StoredConnection[],
): boolean =>
  !(scimAvailable && scimEnabled) && connections.every(({ record }) => record.revokedAt !== undefined);

/** Reports that the operator does not make SCIM available to a domain that has an identity provider. */
export function availabilityFindings(
  domain: CheckedDomain,
  connections: readonly StoredConnection[],
  contactText?: string,
): FindingDraft[] {
  if (domain.scimAvailable !== false || hasNoIdentityProvider(domain, connections)) return [];
  return [draftFinding('scim-unavailable', 'error', { ...(contactText !== undefined && { contactText }) })];
}
