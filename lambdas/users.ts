import { resourceRoutes } from '../shared/http/routes/resource-routes';
import { scimHandler } from '../shared/http/chain/scim-handler';
import { userResourceType } from '../shared/scim/resource-type';
import { readUserSettings, Users } from '../shared/service/users/users';
import { openTable } from '../shared/store/table/table';

/** Serves `/Users`. */
export const handler = scimHandler(() => {
  const table = openTable();
  const settings = readUserSettings();
  return resourceRoutes(userResourceType, (caller) => new Users(table, settings, caller));
});
