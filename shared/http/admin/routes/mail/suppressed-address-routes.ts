import * as z from 'zod/mini';
import type { SuppressionAdmin } from '../../../../service/mail/suppression-admin';
import type { SuppressedAddress } from '../../../../store/mail/suppression-store';
import { isKeyText } from '../../../../store/table/keys';
import { fields } from '../../fields';
import { limitOf, pageBody, PAGING, positionIn } from '../../paging';
import { ok, route, type AdminRoute } from '../../route';

/** An address in lower case, as in the table. A text that cannot be a key would cause a database error. */
const ADDRESS_POSITION = z.string().check(z.refine(isKeyText));

/** API Gateway waits 29 s. The difference leaves time to finish running work. */
const TIME_LIMIT_MS = 20_000;

/** The suppressed addresses of a domain. */
export const suppressedAddressRoutes = (addresses: SuppressionAdmin): AdminRoute[] => [
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
    handle: async ({ domain: { domainId }, parameters: { address }, actor, receivedAt }) => {
      await addresses.clearAddress(domainId, address, actor, receivedAt + TIME_LIMIT_MS);
      return { status: 204 };
    },
  }),
];

const addressView = ({ address, reason, at, detail, userId }: SuppressedAddress): object => ({
  address,
  reason,
  at,
  detail,
  userId,
});
