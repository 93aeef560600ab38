import type { AdminRoles, DomainRole } from '../../service/admin/admin-roles';
import { DEPLOYMENT } from '../../store/table/keys';
import { Problem } from './problem';
import type { AdminCaller } from './request';
import type { AdminRoute } from './route';

/**
 * Creates the error for a domain that does not exist or that the caller may not see. The two must look the
 * same.
 */
export const noSuchDomain = (domainId: string): Problem =>
  Problem.notFound(`There is no domain ${domainId.slice(0, 100)}.`);

/**
 * Decides what a caller may do; no other code does. Throws 404 for a domain that the caller may not see, and
 * 403 for an operation that the caller may not perform. `body` is called last, to find members that only an
 * operator may send.
 */
export async function authorize(
  route: AdminRoute,
  parameters: Readonly<Record<string, string>>,
  caller: AdminCaller,
  body: () => Promise<unknown>,
): Promise<void> {
  const { domainId } = parameters;
  if (caller.kind === 'setupLink') return authorizeSetupLink(route, domainId, caller);
  if (caller.kind === 'product') return authorizeProduct(route, parameters, caller);
  const { access, operatorOnly = [] } = route;
  const { roles } = caller;
  if (roles.operator || access === 'public' || access === 'anyone') return;
  const role = domainId === undefined ? undefined : roleIn(roles, domainId);
  if (domainId !== undefined && role === undefined) throw noSuchDomain(domainId);
  if (access === 'operator') throw Problem.forbidden('Only an operator of the deployment may do this.');
  if (access === 'owner' && role !== 'owner') {
    throw Problem.forbidden('You may view this domain, but not change it. Ask one of its owners.');
  }
  if (operatorOnly.length === 0) return;
  const members = await body();
  const forbidden = operatorOnly.filter((name) => isObject(members) && Object.hasOwn(members, name));
  if (forbidden.length > 0) {
    throw Problem.forbidden(
      `Only an operator of the deployment may change ${forbidden.join(', ')}. Leave it out of the body.`,
    );
  }
}

/** A setup link covers the routes that allow it, for its own domain. Its caller has no role. */
function authorizeSetupLink(
  { access, allowsSetupLink, operatorOnly = [] }: AdminRoute,
  domainId: string | undefined,
  { setupDomainId }: AdminCaller,
): void {
  if (access === 'public') return;
  if (domainId !== undefined && domainId !== setupDomainId) throw noSuchDomain(domainId);
  if (allowsSetupLink && operatorOnly.length === 0) return;
  throw Problem.forbidden(
    'A setup link allows only the setup of connections and keys of its domain. For everything else, sign in with an ' +
      'account of your own.',
  );
}

/** A token reads the feed of its own scope, or polls for its own subscription. Its caller has no role. */
function authorizeProduct(
  { access, allowsProduct, allowsPoll }: AdminRoute,
  { domainId, subscriptionId }: Readonly<Record<string, string>>,
  { id, feed, pollScope }: AdminCaller,
): void {
  if (access === 'public') return;
  const scope = feed?.scope ?? pollScope;
  if (domainId !== undefined && domainId !== scope) throw noSuchDomain(domainId);
  if (allowsProduct && access === 'anyone') return;
  const isInScope = scope === (domainId ?? DEPLOYMENT);
  if (feed && allowsProduct && isInScope) return;
  if (pollScope && allowsPoll && isInScope && subscriptionId === id) return;
  const base = scope === DEPLOYMENT ? '' : `/domains/${scope ?? ''}`;
  const allowed = feed ? `GET ${base}/events` : `POST ${base}/subscriptions/${id}/sets`;
  throw Problem.forbidden(`This events token allows only ${allowed}. For everything else, sign in.`);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Returns the caller's role in a domain, or undefined if the caller may not see the domain. */
export function roleIn({ operator, domains }: AdminRoles, domainId: string): Role | undefined {
  if (operator) return 'operator';
  return Object.hasOwn(domains, domainId) ? domains[domainId] : undefined;
}

type Role = DomainRole | 'operator';
