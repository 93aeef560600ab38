import * as z from 'zod/mini';
import type {
  NameVerifier,
  NameVerificationPosition,
} from '../../../../service/verification/name-verification';
import type { Actor } from '../../../../store/audit/audit';
import { fields } from '../../fields';
import { cursorOf, ID_POSITION, positionIn } from '../../paging';
import { ok, route, type AdminRoute } from '../../route';
import { consumedFrom, type ReadUnits } from './read-units';

const POSITION: z.ZodMiniType<NameVerificationPosition> = z.object({
  kind: z.enum(['USER', 'GROUP', 'ADDRESS']),
  id: z.optional(ID_POSITION),
});

const VERIFICATION = fields({
  repair: [z.optional(z.boolean()), 'true or false'],
  cursor: [z.optional(z.string()), 'the value of `next` in the previous response'],
});

/** The verification of the names of a domain. */
export const verifyNameRoutes = (
  verifier: (domainId: string, actor: Actor) => NameVerifier,
  readUnits: ReadUnits,
): AdminRoute[] => [
  route({
    method: 'POST',
    path: '/domains/{domainId}/verify-names',
    access: 'operator',
    body: VERIFICATION,
    handle: async ({ domain: { domainId }, actor, body: { repair = false, cursor } }) => {
      const position = positionIn(POSITION, cursor);
      const consumed = consumedFrom(readUnits);
      const { next, ...result } = await verifier(domainId, actor).verify(repair, position);
      return ok({ ...result, readUnits: consumed(), ...(next && { next: cursorOf(next) }) });
    },
  }),
];
