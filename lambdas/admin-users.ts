import { adminHandler } from '../shared/http/admin/admin-handler';
import { openAdminParts, wireAdminChain } from './wiring/admin-parts';
import { wireUserRoutes } from './wiring/routes/users';

/**
 * Serves the users of a domain to administrators, below `/domains/{domainId}/users`. It is a function of its
 * own, so that imports do not keep the rest of the admin API busy.
 */
export const handler = adminHandler((now) => {
  const parts = openAdminParts(now);
  return {
    ...wireAdminChain(parts),
    limitFlushes: () => Promise.reject(new Error('No route of users flushes the cache.')),
    routes: wireUserRoutes(parts),
  };
});
