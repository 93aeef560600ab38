import type { Json, Resource } from '../../../shared/scim/resource';
import { promoteQueued } from '../../../shared/service/licenses/promotion';
import type { Caller } from '../../../shared/service/resources/caller';
import { Users } from '../../../shared/service/users/users';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import { SeatQueue } from '../../../shared/store/licenses/seat-queue';
import { seatSettingsWrite } from '../../../shared/store/licenses/seat-settings';
import { licenseRecordKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { newId } from '../../../shared/id';
import { expectConsistent } from '../../support/consistency/consistency';
import { createCaller } from '../../support/requests/caller';
import { activate } from '../../support/service/seats-harness';
import { createTableLikeSystem } from '../../support/store/create-table';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { AT, RETENTION_DAYS, USER_SETTINGS } from '../../support/store/records';

const DAY_MS = 86_400_000;
const KEY_GRACE_DAYS = 30;

let table: Table;
let front: EngineProxy;
let caller: Caller;
/** The clock of the service, which a test advances. It stays in the past, so that no request is late. */
let clockMs: number;

beforeAll(async () => {
  table = await createTableLikeSystem();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());
beforeEach(() => {
  caller = createCaller();
  clockMs = Date.now() - 1000 * DAY_MS;
});
afterEach(() => expectConsistent(caller.domainId, table));

const now = () => new Date(clockMs);
const passDays = (days: number) => (clockMs += days * DAY_MS);
const users = (keyGraceDays = KEY_GRACE_DAYS) =>
  new Users(front.table, { ...USER_SETTINGS, keyGraceDays }, caller, now);
const create = (more: object = {}): Promise<Resource> =>
  users().create({ userName: `${newId()}@example.com`, ...more });
const licenseOf = async ({ id }: Resource): Promise<LicenseRecord> =>
  (await new LicenseStore(table).read(caller.domainId, id)) as LicenseRecord;
const activationOf = async (user: Resource) => (await licenseOf(user)).activationId;

/** Sends a change of `active`, and returns the number of transactions that it took. */
async function setActive({ id }: Resource, active: boolean, keyGraceDays?: number): Promise<number> {
  front.takeOperations();
  await users(keyGraceDays).patch(id, activate(active));
  return front.takeOperations().filter((operation) => operation === 'TransactWriteItems').length;
}

async function setSeats(seats: number): Promise<void> {
  await table.transact([seatSettingsWrite(caller.domainId, { seats, seatPolicy: 'wait' }, AT)]);
}
const promote = () =>
  promoteQueued(new SeatQueue(table, caller.domainId, RETENTION_DAYS), { now, isTimeUp: () => false });

/** Removes what only this version of the service stores, as if the previous version had ended the license. */
async function forgetEnd({ id }: Resource): Promise<void> {
  await table.update(licenseRecordKey(caller.domainId, id), { remove: ['keptActivationId', 'endedAt'] });
}

describe('a license that becomes active again', () => {
  it.each([0, 1, KEY_GRACE_DAYS - 1])('after %d days keeps its key, in one transaction', async (days) => {
    const user = await create();
    const before = await activationOf(user);
    await setActive(user, false);
    passDays(days);
    expect(await setActive(user, true)).toBe(1);
    const license = await licenseOf(user);
    expect(license).toMatchObject({ status: 'active', activationId: before });
    expect(license.changeId).not.toBe(before);
    expect(license.endedAt).toBeUndefined();
    expect(license.keptActivationId).toBeUndefined();
  });

  it.each([KEY_GRACE_DAYS, KEY_GRACE_DAYS + 1, 500])(
    'after %d days has a new key, in one transaction',
    async (days) => {
      const user = await create();
      const before = await activationOf(user);
      await setActive(user, false);
      passDays(days);
      expect(await setActive(user, true)).toBe(1);
      const { activationId, changeId } = await licenseOf(user);
      expect(activationId).not.toBe(before);
      expect(activationId).toBe(changeId);
    },
  );

  it('after the period has a new key, also if the user has changed within it', async () => {
    const user = await create();
    const before = await activationOf(user);
    await setActive(user, false);
    passDays(KEY_GRACE_DAYS - 5);
    await users().patch(user.id, { Operations: [{ op: 'add', path: 'title', value: 'Countess' }] });
    passDays(6);
    expect(await setActive(user, true)).toBe(2);
    expect(await activationOf(user)).not.toBe(before);
  });

  it('within the period keeps its key, whatever else the user was or is', async () => {
    const user = await create();
    const before = await activationOf(user);
    await users().replace(user.id, { userName: `${newId()}@example.com`, active: false });
    passDays(3);
    const type = { 'urn:ietf:params:scim:schemas:extension:newrelic:2.0:User': { nrUserType: 'Full User' } };
    await users().replace(user.id, { userName: `${newId()}@example.com`, active: true, ...type });
    expect(await licenseOf(user)).toMatchObject({ activationId: before, userType: 'Full User' });
  });

  it('counts the days from the last end', async () => {
    const user = await create();
    const before = await activationOf(user);
    for (let times = 0; times < 4; times++) {
      await setActive(user, false);
      passDays(KEY_GRACE_DAYS - 1);
      await setActive(user, true);
      passDays(KEY_GRACE_DAYS + 1);
    }
    expect(await activationOf(user)).toBe(before);
  });

  it('always has a new key if the period is 0 days', async () => {
    const user = await create();
    const before = await activationOf(user);
    await setActive(user, false, 0);
    expect(await setActive(user, true, 0)).toBe(1);
    const second = await activationOf(user);
    expect(second).not.toBe(before);
    // The period was 0 days when the first key ended. It stays replaced.
    await setActive(user, false);
    await setActive(user, true);
    expect(await activationOf(user)).toBe(second);
  });

  it('has its first key if it was never active', async () => {
    const user = await create({ active: false });
    expect(await setActive(user, true)).toBe(1);
    const { activationId, changeId } = await licenseOf(user);
    expect(activationId).toBe(changeId);
    const late = await create({ active: false });
    passDays(KEY_GRACE_DAYS + 1);
    expect(await setActive(late, true)).toBe(1);
    expect(await activationOf(late)).toBeDefined();
  });

  it('has a new key if the previous version of the service ended it', async () => {
    const user = await create();
    const before = await activationOf(user);
    await setActive(user, false);
    await forgetEnd(user);
    expect(await setActive(user, true)).toBe(1);
    const after = await activationOf(user);
    expect(after).not.toBe(before);
    await setActive(user, false);
    await setActive(user, true);
    expect(await activationOf(user)).toBe(after);
  });

  it('is another license if the user was deleted and created again', async () => {
    const user = await create();
    await users().delete(user.id);
    const again = await users().create({ userName: user.userName } as Json);
    expect(await activationOf(again)).not.toBe(await activationOf(user));
    expect(await licenseOf(user)).not.toHaveProperty('keptActivationId', expect.anything());
  });

  it.each(['lostAnswer', 'conflict', 'inProgress'] as const)(
    'keeps its key if the write meets the fault %s',
    async (kind) => {
      const user = await create();
      const before = await activationOf(user);
      for (const active of [false, true]) {
        front.injectFaults('TransactWriteItems', { kind });
        await setActive(user, active);
      }
      expect(await activationOf(user)).toBe(before);
    },
  );

  it('is consistent if many requests switch it at the same time', async () => {
    const user = await create();
    const before = await activationOf(user);
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        users()
          .patch(user.id, activate(at % 2 === 0))
          .catch(() => 0),
      ),
    );
    await users().patch(user.id, activate(true));
    expect(await activationOf(user)).toBe(before);
  });
});

describe('a license in its grace period', () => {
  let other: Resource;
  beforeEach(async () => {
    await setSeats(1);
    other = await create();
  });

  /** Returns a user whose license has ended, while the other user has the seat. */
  async function endedUser(): Promise<Resource> {
    await setActive(other, false);
    const user = await create();
    await setActive(user, false);
    await setActive(other, true);
    return user;
  }

  it('has no seat', async () => {
    const user = await endedUser();
    expect(await licenseOf(other)).toMatchObject({ status: 'active' });
    await setActive(user, true);
    expect(await licenseOf(user)).toMatchObject({ status: 'pending' });
  });

  it.each([1, 500])('keeps its key if it gets a seat after %d days in the queue', async (days) => {
    const user = await endedUser();
    const before = await activationOf(user);
    passDays(KEY_GRACE_DAYS - 1);
    await setActive(user, true);
    passDays(days);
    await setActive(other, false);
    expect(await promote()).toEqual({ promoted: 1, finished: true });
    expect(await licenseOf(user)).toMatchObject({ status: 'active', activationId: before });
  });

  it('has a new key if it enters the queue after the period', async () => {
    const user = await endedUser();
    const before = await activationOf(user);
    passDays(KEY_GRACE_DAYS + 1);
    await setActive(user, true);
    await setActive(other, false);
    await promote();
    const { activationId, changeId } = await licenseOf(user);
    expect(activationId).not.toBe(before);
    expect(activationId).toBe(changeId);
  });

  it.each([
    ['keeps its key within the period', 10, true],
    ['has a new key after it', KEY_GRACE_DAYS + 1, false],
  ])('and that leaves the queue %s of its end', async (_, days, isKept) => {
    const user = await endedUser();
    const before = await activationOf(user);
    await setActive(user, true);
    passDays(days);
    await setActive(user, false);
    await setActive(other, false);
    await setActive(user, true);
    const license = await licenseOf(user);
    expect(license.status).toBe('active');
    expect(license.activationId === before).toBe(isKept);
  });

  it('has a new key if it left the queue that it entered after the period', async () => {
    const user = await endedUser();
    const before = await activationOf(user);
    passDays(KEY_GRACE_DAYS + 1);
    await setActive(user, true);
    await setActive(user, false);
    await setActive(other, false);
    await setActive(user, true);
    expect(await activationOf(user)).not.toBe(before);
  });

  it('has a new key if the previous version put it into the queue', async () => {
    const user = await endedUser();
    const before = await activationOf(user);
    await setActive(user, true);
    await forgetEnd(user);
    await setActive(other, false);
    await promote();
    expect(await activationOf(user)).not.toBe(before);
  });
});
