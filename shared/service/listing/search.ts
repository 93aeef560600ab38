import { readCursorSecret } from '../../store/secrets/secrets';
import type { Table } from '../../store/table/table';
import type { Caller } from '../resources/caller';
import { groupSource } from '../groups/group-source';
import type { ListQuery } from './list-query';
import { Lister } from './lister';
import type { Listing } from '../resources/resource-service';
import { userSource } from '../users/user-source';

/**
 * Lists the users and groups of the caller's domain together. Users come first unless the query is sorted.
 */
export const search = (
  table: Table,
  caller: Caller,
  query: ListQuery,
  now: () => Date = () => new Date(),
): Promise<Listing> =>
  new Lister({
    table,
    caller,
    sources: [userSource(table, caller, now), groupSource(table, caller, now)],
    now,
    cursorSecret: readCursorSecret,
  }).list(query);
