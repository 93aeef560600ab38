import { scimHandler } from '../shared/http/chain/scim-handler';
import { searchRoutes } from '../shared/http/routes/search-routes';
import { search } from '../shared/service/listing/search';
import { openTable } from '../shared/store/table/table';

/** Serves the base URL and `/.search`: users and groups in one list. */
export const handler = scimHandler(() => {
  const table = openTable();
  return searchRoutes((caller, query) => search(table, caller, query));
});
