import * as z from 'zod/mini';
import type { ItemPosition } from '../../../../service/verification/items/item-pages';
import type { ItemVerifier } from '../../../../service/verification/item-verification';
import type { Actor } from '../../../../store/audit/audit';
import { fields } from '../../fields';
import { cursorOf, ID_POSITION, positionIn } from '../../paging';
import { ok, route, type AdminRoute } from '../../route';

const KEY_POSITION = z.strictObject({
  pk: z.string().check(z.minLength(1), z.maxLength(2_048)),
  sk: z.string().check(z.minLength(1), z.maxLength(1_024)),
});

const ITEM_POSITION: z.ZodMiniType<ItemPosition> = z.union([
  z.strictObject({ scanAfter: z.nullable(KEY_POSITION) }),
  z.strictObject({
    section: z.int().check(z.minimum(0)),
    group: z.nullable(ID_POSITION),
    after: z.nullable(z.string().check(z.minLength(1), z.maxLength(1_024))),
  }),
]);

const ITEM_VERIFICATION = fields({
  repair: [z.optional(z.boolean()), 'true or false'],
  scan: [z.optional(z.boolean()), 'true or false'],
  maxReadUnits: [z.optional(z.int().check(z.minimum(1))), 'a whole number from 1'],
  cursor: [z.optional(z.string()), 'the value of `next` in the previous response'],
});

/**
 * The verification of all items, of one domain or of the deployment, against the items that they depend on.
 */
export const verifyItemRoutes = (
  verifier: (domainId: string | undefined, actor: Actor) => ItemVerifier,
): AdminRoute[] => {
  const verify = async (
    { actor, body }: { readonly actor: Actor; readonly body: z.output<typeof ITEM_VERIFICATION.schema> },
    domainId?: string,
  ) => {
    const { repair = false, scan = true, maxReadUnits, cursor } = body;
    const from = positionIn(ITEM_POSITION, cursor);
    const request = { repair, scan: scan || domainId === undefined, maxReadUnits, from };
    const { next, ...result } = await verifier(domainId, actor).verify(request);
    return ok({ ...result, ...(next && { next: cursorOf(next) }) });
  };
  return [
    route({
      method: 'POST',
      path: '/domains/{domainId}/verify-items',
      access: 'operator',
      body: ITEM_VERIFICATION,
      handle: ({ domain, ...request }) => verify(request, domain.domainId),
    }),
    route({
      method: 'POST',
      path: '/verify-items',
      access: 'operator',
      body: ITEM_VERIFICATION,
      handle: (request) => verify(request),
    }),
  ];
};
