import { newId } from '../../../shared/id';
import type { Json, Resource } from '../../../shared/scim/resource';
import { promoteQueued, type PromotionResult } from '../../../shared/service/licenses/promotion';
import type { Caller } from '../../../shared/service/resources/caller';
import { Users } from '../../../shared/service/users/users';
import { SeatQueue } from '../../../shared/store/licenses/seat-queue';
import type { SeatSettings } from '../../../shared/store/licenses/seat-settings';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../consistency/consistency';
import { createCaller } from '../requests/caller';
import { setSeats } from '../store/set-seats';
import { RETENTION_DAYS, USER_SETTINGS } from '../store/records';

/**
 * The users and seats of a new domain. Nothing reads the stream of `table`, so seats are given when a test
 * promotes.
 */
export class SeatsHarness {
  readonly caller: Caller = createCaller();

  constructor(readonly table: Table) {}

  /** Returns a new service, because a service serves one request. */
  users(through = this.table): Users {
    return new Users(through, USER_SETTINGS, this.caller);
  }

  queue(through = this.table): SeatQueue {
    return new SeatQueue(through, this.caller.domainId, RETENTION_DAYS);
  }

  setSeats(settings: SeatSettings): Promise<void> {
    return setSeats(this.table, this.caller.domainId, settings);
  }

  promote(through = this.table): Promise<PromotionResult> {
    return promoteQueued(this.queue(through), { now: () => new Date(), isTimeUp: () => false });
  }

  create(attributes: object = {}, through = this.table): Promise<Resource> {
    return this.users(through).create({ userName: `${newId()}@example.com`, ...attributes });
  }

  /** Returns the license statuses of the users, in order. */
  async statuses(...users: Resource[]): Promise<(string | undefined)[]> {
    const { licenses } = await expectConsistent(this.caller.domainId, this.table);
    return users.map(({ id }) => licenses.find(({ userId }) => userId === id)?.status);
  }
}

export const activate = (active: boolean): Json => ({
  Operations: [{ op: 'replace', path: 'active', value: active }],
});
