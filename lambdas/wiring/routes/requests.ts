import type { AdminRoute } from '../../../shared/http/admin/route';
import { requestCountRoutes } from '../../../shared/http/admin/routes/requests/request-count-routes';
import { requestRoutes } from '../../../shared/http/admin/routes/requests/request-routes';
import { countRequests } from '../../../shared/store/requests/request-counts';
import { RequestLog } from '../../../shared/store/requests/request-log';
import type { AdminParts } from '../admin-parts';

/** Wires the routes of the requests of identity providers. */
export const wireRequestRoutes = ({ table, now }: AdminParts): AdminRoute[] => [
  ...requestRoutes(new RequestLog(table), now),
  ...requestCountRoutes({ count: (...counted) => countRequests(table, ...counted), now }),
];
