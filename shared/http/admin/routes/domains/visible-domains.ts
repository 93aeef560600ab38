import { AdminError } from '../../../../service/admin/admin-error';
import type { DomainAdmin } from '../../../../service/domains/domain-admin';
import type { DomainSummary } from '../../../../store/domains/domain-store';
import type { AdminCaller } from '../../request';

/** Returns the existing domains in which the caller has a role, oldest first. */
export async function visibleDomains(
  { roles }: AdminCaller,
  admin: Pick<DomainAdmin, 'getDomain'>,
): Promise<DomainSummary[]> {
  const ids = Object.keys(roles.domains).sort();
  const found = await Promise.all(
    ids.map((domainId) => admin.getDomain(domainId).catch(undefinedIfNotFound)),
  );
  return found.flatMap((domain) => (domain ? [{ domainId: domain.domainId, name: domain.name }] : []));
}

function undefinedIfNotFound(error: unknown): undefined {
  if (error instanceof AdminError && error.problem === 'notFound') return undefined;
  throw error;
}
