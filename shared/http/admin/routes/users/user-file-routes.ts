import { COLUMNS } from '../../../../service/managed-users/columns';
import type { ImportRow, RowResult } from '../../../../service/managed-users/user-import';
import { columnValuesOf } from '../../../../service/managed-users/user-values';
import { managerOf } from '../../../../service/users/user-manager';
import type { RecordPage } from '../../../../store/resources/resource-store';
import { AdminError } from '../../../../service/admin/admin-error';
import { fields } from '../../fields';
import { ID_POSITION, limitOf, pageBody, PAGING, positionIn } from '../../paging';
import type { DomainRequest } from '../../request';
import { ok, route, type AdminRoute } from '../../route';
import { textsOf, USER_IMPORT } from './user-bodies';

export interface UserFileRoutesOptions {
  /** Imports rows until the time of the request is up. */
  readonly importRows: (
    request: DomainRequest,
    rows: readonly ImportRow[],
    options: { readonly dryRun: boolean; readonly seatsTaken?: number },
  ) => Promise<RowResult[]>;
  /** Counts rows. Returns 0, or the seconds until they can be imported. */
  readonly limit: (domainId: string, rows: number, now: number) => Promise<number>;
  /** Returns the users after an id, in the order of ids. */
  readonly page: (domainId: string, limit: number, after?: string) => Promise<RecordPage>;
}

/** The import and export of users as rows of a file. List these routes before those with the id of a user. */
export const userFileRoutes = ({ importRows, limit, page }: UserFileRoutesOptions): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/domains/{domainId}/users/columns',
    access: 'viewer',
    handle: () =>
      ok({
        items: COLUMNS.map(({ name, type, description, required, values }) => ({
          ...{ name, type, description, required },
          ...(values && { values }),
        })),
      }),
  }),
  route({
    method: 'GET',
    path: '/domains/{domainId}/users/export',
    access: 'viewer',
    query: fields(PAGING),
    handle: async ({ domain, query }) => {
      const after = positionIn(ID_POSITION, query.cursor);
      const { records, next } = await page(domain.domainId, limitOf(query), after);
      const items = records.map((user) => ({
        userId: user.id,
        managedBy: managerOf(user),
        values: columnValuesOf(user.attributes),
      }));
      return ok(pageBody({ items, next }));
    },
  }),
  route({
    method: 'POST',
    path: '/domains/{domainId}/users/import',
    access: 'owner',
    body: USER_IMPORT,
    handle: async (request) => {
      const { domain, body, receivedAt } = request;
      const seconds = await limit(domain.domainId, body.rows.length, receivedAt);
      if (seconds > 0)
        throw new AdminError(
          `The administrators of this domain import too many rows. Send the request again in ${seconds} ` +
            `${seconds === 1 ? 'second' : 'seconds'}.`,
          'tooSoon',
          seconds,
        );
      const rows = body.rows.map(({ row, values }) => ({ row, values: textsOf(values) }));
      return ok({ results: await importRows(request, rows, body) });
    },
  }),
];
