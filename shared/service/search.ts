import { readCursorSecret } from '../cursor-secret';
import type { Table } from '../store/table';
import type { Caller } from './caller';
import { groupSource } from './group-source';
import type { ListQuery } from './list-query';
import { Lister } from './lister';
import type { Listing } from './resource-service';
import { userSource } from './user-source';

/** Lists the users and the groups of the caller's domain together: users first, where no other order is asked for. */
export const search = (
  table: Table,
  caller: Caller,
  query: ListQuery,
  now: () => Date = () => new Date(),
): Promise<Listing> =>
  new Lister({
    table,
    caller,
    sources: [userSource(table, caller), groupSource(table, caller)],
    now,
    cursorSecret: readCursorSecret,
  }).list(query);
