import * as z from 'zod/mini';
import type { SuppressedAddresses } from '../../service/suppressed-addresses';
import type { SuppressedAddress } from '../../store/suppression-store';
import { fields } from './fields';
import { limitOf, pageBody, PAGING, positionIn } from './paging';
import { ok, route, type AdminRoute } from './route';

/** An address in lower case, as it lies in the table; what could be no key would be an error of the database. */
const ADDRESS_POSITION = z.string().check(z.minLength(1), z.maxLength(256));

/** The addresses of a domain to which no mail goes. */
export function mailRoutes(addresses: SuppressedAddresses): AdminRoute[] {
  return [
    route({
      method: 'GET',
      path: '/domains/{domainId}/suppressed-addresses',
      access: 'viewer',
      query: fields(PAGING),
      handle: async ({ domain: { domainId }, query }) => {
        const after = positionIn(ADDRESS_POSITION, query.cursor);
        const { addresses: found, next } = await addresses.list(domainId, limitOf(query), after);
        return ok(pageBody({ items: found.map(addressView), next }));
      },
    }),
    route({
      method: 'DELETE',
      path: '/domains/{domainId}/suppressed-addresses/{address}',
      access: 'owner',
      handle: async ({ domain: { domainId }, parameters: { address = '' }, actor }) => {
        await addresses.clearAddress(domainId, address, actor);
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
