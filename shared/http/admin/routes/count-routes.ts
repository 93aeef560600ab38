import * as z from 'zod/mini';
import type { CountPosition, CountVerifier } from '../../../service/domains/count-verification';
import type { Actor } from '../../../store/audit/audit';
import { fields } from '../fields';
import { cursorOf, ID_POSITION, positionIn } from '../paging';
import { ok, route, type AdminRoute } from '../route';

const POSITION: z.ZodMiniType<CountPosition> = z.union([
  z.strictObject({ checkId: ID_POSITION }),
  z.strictObject({ afterGroup: z.nullable(ID_POSITION) }),
  z.strictObject({ queue: z.enum(['entries', 'licenses']), after: z.nullable(ID_POSITION) }),
]);

const VERIFICATION = fields({
  repair: [z.optional(z.boolean()), 'true or false'],
  cursor: [z.optional(z.string()), 'the value of `next` in the previous response'],
});

/** The verification of the counts, the seats, and the numbers of members of a domain. */
export const countRoutes = (verifier: (domainId: string, actor: Actor) => CountVerifier): AdminRoute[] => [
  route({
    method: 'POST',
    path: '/domains/{domainId}/verify-counts',
    access: 'operator',
    body: VERIFICATION,
    handle: async ({ domain: { domainId }, actor, body: { repair = false, cursor } }) => {
      const position = positionIn(POSITION, cursor);
      const { next, ...result } = await verifier(domainId, actor).verify(repair, position);
      return ok({ ...result, ...(next && { next: cursorOf(next) }) });
    },
  }),
];
