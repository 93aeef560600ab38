import type { AdminRoles, DomainRole } from '../../service/admin/admin-roles';
import type { AdminCaller } from './request';
import { Problem } from './problem';
import type { AdminRoute } from './route';

/** Told of a domain that does not exist, and of one that the caller may not see: they are not to be told apart. */
export const noSuchDomain = (domainId: string): Problem =>
  Problem.notFound(`There is no domain ${domainId.slice(0, 100)}.`);

/**
 * The one place that decides what a caller may do. Throws 404 for a domain that it may not see, 403 for what it may see and not do.
 * `body` is looked at last, for members that are an operator's.
 */
export function authorize(
  { access, operatorOnly = [] }: AdminRoute,
  { domainId }: Readonly<Record<string, string>>,
  { roles }: AdminCaller,
  body: () => unknown,
): void {
  if (roles.operator || access === 'public' || access === 'anyone') return;
  const role = domainId === undefined ? undefined : roleIn(roles, domainId);
  if (domainId !== undefined && role === undefined) throw noSuchDomain(domainId);
  if (access === 'operator') throw Problem.forbidden('Only an operator of the deployment may do this.');
  if (access === 'owner' && role !== 'owner') {
    throw Problem.forbidden('You may see this domain, not change it. Ask one of its owners.');
  }
  if (operatorOnly.length === 0) return;
  const given = body();
  const refused = operatorOnly.filter((name) => isObject(given) && Object.hasOwn(given, name));
  if (refused.length > 0) {
    throw Problem.forbidden(
      `Only an operator of the deployment may change ${refused.join(', ')}. Leave it out.`,
    );
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Undefined for a domain that the caller may not see. */
export function roleIn({ operator, domains }: AdminRoles, domainId: string): Role | undefined {
  if (operator) return 'operator';
  return Object.hasOwn(domains, domainId) ? domains[domainId] : undefined;
}

type Role = DomainRole | 'operator';
