import * as z from 'zod/mini';
import type { NameVerifier, VerificationPosition } from '../../../service/diagnostics/name-verification';
import { fields } from '../fields';
import { cursorOf, ID_POSITION, positionIn } from '../paging';
import { ok, route, type AdminRoute } from '../route';

const POSITION: z.ZodMiniType<VerificationPosition> = z.object({
  kind: z.enum(['USER', 'GROUP', 'ADDRESS']),
  id: z.optional(ID_POSITION),
});

const VERIFICATION = fields({
  repair: [z.optional(z.boolean()), 'true or false'],
  cursor: [z.optional(z.string()), 'the value of `next` in the previous response'],
});

/** The verification of the names of a domain. */
export const nameRoutes = (verifier: (domainId: string) => NameVerifier): AdminRoute[] => [
  route({
    method: 'POST',
    path: '/domains/{domainId}/verify-names',
    access: 'operator',
    body: VERIFICATION,
    handle: async ({ domain: { domainId }, body: { repair = false, cursor } }) => {
      const { next, ...result } = await verifier(domainId).verify(repair, positionIn(POSITION, cursor));
      return ok({ ...result, ...(next && { next: cursorOf(next) }) });
    },
  }),
];
