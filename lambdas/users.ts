import { resourceRoutes } from '../shared/http/routes/resource-routes';
import { scimHandler } from '../shared/http/chain/scim-handler';
import { readUserSettings, Users } from '../shared/service/users/users';
import { openTable } from '../shared/store/table/table';
import { userResourceType } from '../shared/product/product';

/** Serves `/Users`. */
export const handler = scimHandler(() => {
  const table = openTable();
  const settings = readUserSettings();
  return resourceRoutes(userResourceType, (caller) => new Users(table, settings, caller));
});
