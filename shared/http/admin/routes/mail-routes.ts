import * as z from 'zod/mini';
import { DOMAIN_CONCURRENCY } from '../../../service/mail/change-replay';
import type { RedrivePosition } from '../../../service/mail/mail-redrive';
import type { RedriveAdmin } from '../../../service/mail/redrive-admin';
import { MAX_SPANS } from '../../../service/mail/redrive-spans';
import type { SuppressionAdmin } from '../../../service/mail/suppression-admin';
import type { SuppressedAddress } from '../../../store/mail/suppression-store';
import { isKeyText } from '../../../store/table/keys';
import { fields } from '../fields';
import { cursorOf, ID_POSITION, limitOf, pageBody, PAGING, positionIn } from '../paging';
import { ok, route, type AdminRoute } from '../route';

/** An address in lower case, as in the table. A text that cannot be a key would cause a database error. */
const ADDRESS_POSITION = z.string().check(z.refine(isKeyText));

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
    isBusy: z.optional(z.literal(true)),
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

export interface MailRoutesOptions {
  readonly addresses: SuppressionAdmin;
  readonly redrive: RedriveAdmin;
}

/** API Gateway waits 29 s. The difference leaves time to finish running work. */
const TIME_LIMIT_MS = 20_000;

/** The suppressed addresses of a domain, and the redrive of undelivered emails of all domains. */
export function mailRoutes({ addresses, redrive }: MailRoutesOptions): AdminRoute[] {
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
    route({
      method: 'GET',
      path: '/domains/{domainId}/suppressed-addresses',
      access: 'viewer',
      query: fields(PAGING),
      handle: async ({ domain: { domainId }, query }) => {
        const after = positionIn(ADDRESS_POSITION, query.cursor);
        const page = await addresses.list(domainId, limitOf(query), after);
        return ok(pageBody({ items: page.addresses.map(addressView), next: page.next }));
      },
    }),
    route({
      method: 'DELETE',
      path: '/domains/{domainId}/suppressed-addresses/{address}',
      access: 'owner',
      handle: async ({ domain: { domainId }, parameters: { address = '' }, actor, receivedAt }) => {
        await addresses.clearAddress(domainId, address, actor, receivedAt + TIME_LIMIT_MS);
        return { status: 204 };
      },
    }),
  ];
}

const addressView = ({ address, reason, at, detail, userId }: SuppressedAddress): object => ({
  address,
  reason,
  at,
  detail,
  userId,
});
