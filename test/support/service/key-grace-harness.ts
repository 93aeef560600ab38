import { newId } from '../../../shared/id';
import type { Resource } from '../../../shared/scim/resource';
import { promoteQueued, type PromotionResult } from '../../../shared/service/licenses/promotion';
import type { Caller } from '../../../shared/service/resources/caller';
import { Users } from '../../../shared/service/users/users';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import { SeatQueue } from '../../../shared/store/licenses/seat-queue';
import { licenseRecordKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../consistency/consistency';
import { createCaller } from '../requests/caller';
import { createTableLikeSystem } from '../store/create-table';
import { startEngineProxy, type EngineProxy } from '../store/engine-proxy';
import { RETENTION_DAYS, USER_SETTINGS } from '../store/records';
import { setSeats } from '../store/set-seats';
import { activate } from './seats-harness';

const DAY_MS = 86_400_000;
/** The default of the harness. */
export const KEY_GRACE_DAYS = 30;

/** The users of a new domain, with a clock that the test advances. */
export class KeyGraceHarness {
  table!: Table;
  front!: EngineProxy;
  caller!: Caller;
  /** The clock of the service. It stays in the past, so that no request is late. */
  private clockMs = 0;

  async open(): Promise<void> {
    this.table = await createTableLikeSystem();
    this.front = await startEngineProxy(this.table.name);
  }

  /** Starts a test with a new domain. */
  reset(): void {
    this.caller = createCaller();
    this.clockMs = Date.now() - 1000 * DAY_MS;
  }

  passDays(days: number): void {
    this.clockMs += days * DAY_MS;
  }

  users(keyGraceDays = KEY_GRACE_DAYS): Users {
    const settings = { ...USER_SETTINGS, keyGraceDays };
    return new Users(this.front.table, settings, this.caller, () => new Date(this.clockMs));
  }

  create(more: object = {}): Promise<Resource> {
    return this.users().create({ userName: `${newId()}@example.com`, ...more });
  }

  async licenseOf({ id }: Resource): Promise<LicenseRecord> {
    const license = await new LicenseStore(this.table).read(this.caller.domainId, id);
    if (!license) throw new Error(`The user ${id} has no license.`);
    return license;
  }

  async activationOf(user: Resource): Promise<string | undefined> {
    return (await this.licenseOf(user)).activationId;
  }

  /** Sends a change of `active`, and returns the number of transactions that it took. */
  async setActive({ id }: Resource, active: boolean, keyGraceDays?: number): Promise<number> {
    this.front.takeOperations();
    await this.users(keyGraceDays).patch(id, activate(active));
    return this.front.takeOperations().filter((operation) => operation === 'TransactWriteItems').length;
  }

  /** Limits the seats. Users wait for one. */
  setSeats(seats: number): Promise<void> {
    return setSeats(this.table, this.caller.domainId, { seats, seatPolicy: 'wait' });
  }

  promote(): Promise<PromotionResult> {
    const queue = new SeatQueue(this.table, this.caller.domainId, RETENTION_DAYS);
    return promoteQueued(queue, { now: () => new Date(this.clockMs), isTimeUp: () => false });
  }

  /**
   * Removes what only this version of the service stores, as if the previous version had ended the license.
   */
  async forgetEnd({ id }: Resource): Promise<void> {
    const key = licenseRecordKey(this.caller.domainId, id);
    await this.table.update(key, { remove: ['keptActivationId', 'endedAt'] });
  }
}

/** Registers the hooks that give each test a new domain in a table of the file, and check the domain. */
export function useKeyGraceHarness(): KeyGraceHarness {
  const harness = new KeyGraceHarness();
  beforeAll(() => harness.open());
  beforeEach(() => harness.reset());
  afterEach(() => expectConsistent(harness.caller.domainId, harness.table));
  afterAll(() => harness.front.close());
  return harness;
}
