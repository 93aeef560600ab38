import { administratorAsCaller } from '../../../shared/http/admin/routes/users/administrator-as-caller';
import { userChangeRoutes } from '../../../shared/http/admin/routes/users/user-change-routes';
import { userFileRoutes } from '../../../shared/http/admin/routes/users/user-file-routes';
import { noSuchUser } from '../../../shared/http/admin/routes/users/no-such-user';
import type { DomainRequest } from '../../../shared/http/admin/request';
import type { AdminRoute } from '../../../shared/http/admin/route';
import { userRoutes } from '../../../shared/http/admin/routes/users/user-routes';
import { userView } from '../../../shared/http/admin/routes/users/user-view';
import { keyKeptUntil } from '../../../shared/service/licenses/key-grace';
import { openLicenseAdmin } from '../../../shared/service/licenses/license-admin';
import { ManagedUsers } from '../../../shared/service/managed-users/managed-users';
import { SeatForecast } from '../../../shared/service/managed-users/seat-forecast';
import { UserImport } from '../../../shared/service/managed-users/user-import';
import { UserList } from '../../../shared/service/users/user-list';
import { Users } from '../../../shared/service/users/users';
import { readCounts } from '../../../shared/store/domains/counts';
import type { Domain } from '../../../shared/store/domains/domain-store';
import { LicenseHistory } from '../../../shared/store/licenses/license-history';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import { ImportLimit } from '../../../shared/store/limits/import-limit';
import { MappingStore } from '../../../shared/store/mappings/mapping-store';
import { ResourceStore } from '../../../shared/store/resources/resource-store';
import { reportFailure } from '../../../shared/logging/telemetry';
import type { AdminParts } from '../admin-parts';

/** An import begins no further row after this time. A row takes a few seconds at most. */
const IMPORT_TIME_MS = 15_000;

/** Wires the routes of users. */
export function wireUserRoutes({ table, deployment, now }: AdminParts): AdminRoute[] {
  const licenses = new LicenseStore(table);
  const history = new LicenseHistory(table);
  const limit = new ImportLimit(table);
  const { keyGraceDays, baseUrl } = deployment;
  const store = (domainId: string) => new ResourceStore(table, domainId, 'USER');
  const readLicenses = (domainId: string, userIds: readonly string[]) => licenses.readAll(domainId, userIds);
  const managed = (request: DomainRequest) =>
    new ManagedUsers(request.domain, new Users(table, deployment, administratorAsCaller(request, baseUrl)));
  const view = async ({ domain: { domainId }, receivedAt }: DomainRequest, userId: string) => {
    const [user, found] = await Promise.all([store(domainId).get(userId), readLicenses(domainId, [userId])]);
    if (!user) throw noSuchUser(userId);
    return userView(user, found.get(userId), (ended) => keyKeptUntil(ended, keyGraceDays, receivedAt));
  };
  return [
    ...userFileRoutes({
      importRows: (request, rows, { dryRun, seatsTaken = 0 }) => {
        const { domainId, mappingsVersion } = request.domain;
        return new UserImport({
          ...{ domainId, licenses, users: store(domainId), managed: managed(request) },
          // Mappings decide which active users get a license, and a dry run does not evaluate them.
          ...(dryRun &&
            mappingsVersion === undefined && {
              forecast: new SeatForecast(() => readCounts(table, domainId), seatsTaken),
            }),
          isTimeUp: () => now() > request.receivedAt + IMPORT_TIME_MS,
          onError: reportFailure,
        }).run(rows, dryRun);
      },
      limit: (domainId, rows, at) => limit.take(domainId, rows, at),
      page: (domainId, size, after) => store(domainId).page(size, after),
    }),
    ...userRoutes({
      list: (domainId) => new UserList(table, domainId),
      users: (caller) => new Users(table, deployment, caller),
      record: (domainId, userId) => store(domainId).get(userId),
      licenses: readLicenses,
      history: async (domainId, userId, size) => (await history.page(domainId, userId, size)).entries,
      admin: openLicenseAdmin(deployment),
      view,
      keyGraceDays,
      // A domain that never had mappings needs no read.
      mappings: async ({ domainId, mappingsVersion }: Domain) =>
        mappingsVersion === undefined
          ? []
          : ((await new MappingStore(table, domainId).read())?.mappings ?? []),
      scimBaseUrl: baseUrl,
    }),
    ...userChangeRoutes({ managed, view }),
  ];
}
