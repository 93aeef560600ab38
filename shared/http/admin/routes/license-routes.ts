import type { LicenseAdmin } from '../../../service/licenses/license-admin';
import { fields } from '../fields';
import { cursorOf, ID_POSITION, limitOf, PAGING, positionIn } from '../paging';
import { ok, route, type AdminRoute } from '../route';
import { licenseEventView, licenseView } from './user-view';

/** Licenses, including those of deleted users. */
export function licenseRoutes(admin: LicenseAdmin): AdminRoute[] {
  return [
    route({
      method: 'GET',
      path: '/domains/{domainId}/licenses/{userId}',
      access: 'viewer',
      query: fields(PAGING),
      handle: async ({ domain: { domainId }, parameters: { userId = '' }, query }) => {
        const after = positionIn(ID_POSITION, query.cursor);
        const page = { limit: limitOf(query), after };
        const { license, history } = await admin.readLicense(domainId, userId, page);
        const { userName, name } = license;
        return ok({
          license: { userId, userName, name, ...licenseView(license) },
          history: history.entries.map(licenseEventView),
          ...(history.next !== undefined && { next: cursorOf(history.next) }),
        });
      },
    }),
  ];
}
