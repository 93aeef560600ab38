import * as z from 'zod/mini';
import { DOMAIN_CONCURRENCY } from '../../../../service/mail/change-replay';
import type { RedrivePosition } from '../../../../service/mail/mail-redrive';
import type { RedriveAdmin } from '../../../../service/mail/redrive-admin';
import { MAX_SPANS } from '../../../../service/mail/redrive-spans';
import { fields } from '../../fields';
import { cursorOf, ID_POSITION, positionIn } from '../../paging';
import { ok, route, type AdminRoute } from '../../route';

const COUNT = z.int().check(z.minimum(0));
/** A time in seconds since the epoch, at most in the year 9999, which RFC 3339 can express. */
const SECOND = z.int().check(z.minimum(0), z.maximum(253_402_300_799));

const REDRIVE_POSITION: z.ZodMiniType<RedrivePosition> = z.union([
  z.strictObject({ phase: z.literal('mails'), left: COUNT }),
  z.strictObject({
    phase: z.literal('changes'),
    left: COUNT,
    waiting: COUNT,
    spans: z.array(z.tuple([SECOND, SECOND])).check(z.minLength(1), z.maxLength(MAX_SPANS)),
    receivedAt: COUNT,
    search: z.nullable(
      z.strictObject({
        after: z.optional(ID_POSITION),
        open: z
          .array(z.strictObject({ domainId: ID_POSITION, after: z.optional(ID_POSITION) }))
          .check(z.maxLength(DOMAIN_CONCURRENCY)),
      }),
    ),
  }),
]);

const NOT_OF_A_REDRIVE =
  'The cursor does not belong to a redrive. Send the value of `next` in the previous response, unchanged, or no cursor to ' +
  'start again.';

/** API Gateway waits 29 s. The difference leaves time to finish running work. */
const TIME_LIMIT_MS = 20_000;

/** The redrive of the undelivered emails of all domains. */
export function mailRoutes(redrive: RedriveAdmin): AdminRoute[] {
  return [
    route({
      method: 'POST',
      path: '/mail/redrive',
      access: 'operator',
      query: fields({ cursor: [z.optional(z.string()), 'the value of `next` in the previous response'] }),
      handle: async ({ receivedAt, actor, requestId, query }) => {
        const from = positionIn(REDRIVE_POSITION, query.cursor, NOT_OF_A_REDRIVE);
        const { next, ...result } = await redrive.run(receivedAt + TIME_LIMIT_MS, actor, requestId, from);
        return ok({ ...result, ...(next && { next: cursorOf(next) }) });
      },
    }),
  ];
}
