import type { CheckedDomain, Readiness } from '../../service/diagnostics/readiness';
import type { Route } from '../chain/router';

/** It is no resource of SCIM, so its type is that of any JSON. */
const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };

/** What somebody should look at, of the domain whose key it is. */
export const readinessRoutes = (check: (domain: CheckedDomain) => Promise<Readiness>): Route[] => [
  {
    method: 'GET',
    path: '/readiness',
    handle: async ({ principal }) => ({ status: 200, headers: HEADERS, body: await check(principal) }),
  },
];
