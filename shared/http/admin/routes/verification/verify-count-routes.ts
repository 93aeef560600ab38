import * as z from 'zod/mini';
import type { CountPosition, CountVerifier } from '../../../../service/verification/count-verification';
import type { Actor } from '../../../../store/audit/audit';
import { fields } from '../../fields';
import { cursorOf, ID_POSITION, positionIn } from '../../paging';
import { ok, route, type AdminRoute } from '../../route';
import { consumedFrom, type ReadUnits } from './read-units';

const POSITION: z.ZodMiniType<CountPosition> = z.union([
  z.strictObject({ checkId: ID_POSITION }),
  z.strictObject({ afterGroup: z.nullable(ID_POSITION) }),
  z.strictObject({ mappings: z.nullable(ID_POSITION), wrong: z.boolean() }),
  z.strictObject({ queue: z.enum(['entries', 'licenses']), after: z.nullable(ID_POSITION) }),
]);

const VERIFICATION = fields({
  repair: [z.optional(z.boolean()), 'true or false'],
  maxReadUnits: [z.optional(z.int().check(z.minimum(1))), 'a whole number from 1'],
  cursor: [z.optional(z.string()), 'the value of `next` in the previous response'],
});

/**
 * The verification of the counts, the seats, the numbers of members, and the results of mappings of a domain.
 */
export const verifyCountRoutes = (
  verifier: (domainId: string, actor: Actor) => CountVerifier,
  readUnits: ReadUnits,
): AdminRoute[] => [
  route({
    method: 'POST',
    path: '/domains/{domainId}/verify-counts',
    access: 'operator',
    body: VERIFICATION,
    handle: async ({ domain: { domainId }, actor, body }) => {
      const { repair = false, maxReadUnits = Infinity, cursor } = body;
      const position = positionIn(POSITION, cursor);
      const consumed = consumedFrom(readUnits);
      const isSpent = () => consumed() >= maxReadUnits;
      const { next, ...result } = await verifier(domainId, actor).verify(repair, position, isSpent);
      return ok({ ...result, readUnits: consumed(), ...(next && { next: cursorOf(next) }) });
    },
  }),
];
