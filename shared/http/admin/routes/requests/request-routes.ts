import * as z from 'zod/mini';
import { REQUEST_OUTCOMES, type RequestRecord } from '../../../../store/requests/request-record';
import type { RequestLog } from '../../../../store/requests/request-log';
import { timeOfId } from '../../../../id';
import type { Clock } from '../../../chain/clock';
import { fields } from '../../fields';
import { CONNECTION, ID_POSITION, limitOf, pageBody, PAGING, positionIn } from '../../paging';
import { ok, route, type AdminRoute } from '../../route';
import { TIME } from '../../time-parameter';

const FILTER = {
  outcome: [z.optional(z.enum(REQUEST_OUTCOMES)), '"accepted" or "refused"'],
  status: [
    z.optional(z.string().check(z.regex(/^[1-5](?:xx|\d\d)$/))),
    'a status such as 409, or a class of statuses such as 4xx',
  ],
  from: TIME,
  to: TIME,
} as const;

/** The requests that identity providers sent to a domain in the last seven days. */
export const requestRoutes = (log: RequestLog, now: Clock): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/domains/{domainId}/requests',
    access: 'viewer',
    query: fields({ ...FILTER, ...CONNECTION, ...PAGING }),
    handle: async ({ domain, query }) => {
      const { limit, cursor, status, ...filter } = query;
      const after = positionIn(ID_POSITION, cursor);
      const page = await log.page(
        domain.domainId,
        { ...filter, ...(status !== undefined && { status: Number(status.replace('xx', '')) }) },
        limitOf({ limit }),
        new Date(now()),
        after,
      );
      return ok(pageBody({ items: page.requests.map(requestView), next: page.next }));
    },
  }),
];

function requestView({ id, keyId, keyName, operations, others, ...request }: RequestRecord): object {
  return {
    id,
    at: timeOfId(id).toISOString(),
    ...request,
    credential: { id: keyId, name: keyName },
    operations: operations?.total,
    failedOperations: operations?.failed,
    similarRequests: others,
  };
}
