import type { CheckedDomain } from '../../service/diagnostics/finding';
import type { Readiness } from '../../service/diagnostics/readiness';
import type { ScimRoute } from '../chain/scim-route';

/** The report is not a SCIM resource, so its media type is plain JSON. */
const HEADERS = { 'content-type': 'application/json' };

/** The readiness report of the domain that the SCIM key belongs to. */
export const scimReadinessRoutes = (check: (domain: CheckedDomain) => Promise<Readiness>): ScimRoute[] => [
  {
    method: 'GET',
    path: '/readiness',
    handle: async ({ principal }) => ({ status: 200, headers: HEADERS, body: await check(principal) }),
  },
];
