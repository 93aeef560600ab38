import * as z from 'zod/mini';
import type { Readiness } from '../../../../service/diagnostics/readiness';
import { FINDING_LANGUAGES, type FindingLanguage } from '../../../../service/diagnostics/texts/finding-texts';
import type { Domain } from '../../../../store/domains/domain-store';
import { fields } from '../../fields';
import { CONNECTION } from '../../paging';
import { ok, route, type AdminRoute } from '../../route';

const READINESS_QUERY = fields({
  ...CONNECTION,
  language: [z.optional(z.enum(FINDING_LANGUAGES)), `one of ${FINDING_LANGUAGES.join(', ')}`],
});

/** The readiness report of a domain, or of one of its connections. */
export const readinessRoutes = (
  readiness: (domain: Domain, connectionId?: string, language?: FindingLanguage) => Promise<Readiness>,
): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/domains/{domainId}/readiness',
    access: 'viewer',
    query: READINESS_QUERY,
    handle: async ({ domain, query }) => ok(await readiness(domain, query.connectionId, query.language)),
  }),
];
