import * as z from 'zod/mini';
import type { CountPosition, CountVerifier } from '../../../../service/domains/count-verification';
import type { ItemPosition } from '../../../../service/verification/item-pages';
import type { ItemVerifications } from '../../../../service/verification/item-verification';
import type { Actor } from '../../../../store/audit/audit';
import { fields } from '../../fields';
import { cursorOf, ID_POSITION, positionIn } from '../../paging';
import { ok, route, type AdminRoute } from '../../route';

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

/** Returns the read units that the process has consumed. */
export type ReadUnits = () => number;

/** Returns how many read units are consumed from now on. */
export function consumedFrom(readUnits: ReadUnits): () => number {
  const before = readUnits();
  return () => Math.round((readUnits() - before) * 10) / 10;
}

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
  verifications: (domainId: string | undefined, actor: Actor) => ItemVerifications,
): AdminRoute[] => {
  const verify = async (
    { actor, body }: { readonly actor: Actor; readonly body: z.output<typeof ITEM_VERIFICATION.schema> },
    domainId?: string,
  ) => {
    const { repair = false, scan = true, maxReadUnits, cursor } = body;
    const from = positionIn(ITEM_POSITION, cursor);
    const request = { repair, scan: scan || domainId === undefined, maxReadUnits, from };
    const { next, ...result } = await verifications(domainId, actor).verify(request);
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
