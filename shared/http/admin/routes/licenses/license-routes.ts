import type { LicenseAdmin } from '../../../../service/licenses/license-admin';
import type { LicenseRecord } from '../../../../store/licenses/license-record';
import { fields } from '../../fields';
import { cursorOf, ID_POSITION, limitOf, PAGING, positionIn } from '../../paging';
import { ok, route, type AdminRoute } from '../../route';
import { licenseEventView, licenseView } from '../users/user-view';

/** Licenses, including those of deleted users. */
export function licenseRoutes(admin: LicenseAdmin): AdminRoute[] {
  return [
    route({
      method: 'GET',
      path: '/domains/{domainId}/licenses/{userId}',
      access: 'viewer',
      query: fields(PAGING),
      handle: async ({ domain: { domainId }, parameters: { userId }, query }) => {
        const after = positionIn(ID_POSITION, query.cursor);
        const page = { limit: limitOf(query), after };
        const { license, history } = await admin.readLicense(domainId, userId, page);
        return ok({
          license: holderView(license),
          history: history.entries.map(licenseEventView),
          ...(history.next !== undefined && { next: cursorOf(history.next) }),
        });
      },
    }),
    route({
      method: 'POST',
      path: '/domains/{domainId}/licenses/{userId}/replace-key',
      access: 'owner',
      handle: async ({ domain: { domainId }, parameters: { userId }, actor }) =>
        ok(holderView(await admin.replaceKey(domainId, userId, actor))),
    }),
  ];
}

const holderView = (license: LicenseRecord): object => {
  const { userId, userName, name } = license;
  return { userId, userName, name, ...licenseView(license) };
};
