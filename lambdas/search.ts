import { scimHandler } from '../shared/http/scim-handler';
import { searchRoutes } from '../shared/http/search-routes';
import { search } from '../shared/service/search';
import { openTable } from '../shared/store/table';

/** The base URL itself and `/.search`: users and groups in one list. */
export const handler = scimHandler(() => {
  const table = openTable();
  return searchRoutes((caller, query) => search(table, caller, query));
});
