import { setTimeout as sleep } from 'node:timers/promises';
import { AdminError } from '../../../shared/service/admin/admin-error';
import { readCounts } from '../../../shared/store/domains/counts';
import { readOldestQueued } from '../../../shared/store/licenses/seat-queue';
import { expectConsistent } from '../../support/consistency/consistency';
import { systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { replaceBody, userBody } from '../../support/requests/bodies';
import {
  createDomainClient,
  domainAdmin,
  injectFault,
  OPERATOR,
  planKill,
  type DomainClient,
} from '../../support/system/system';

const CLIENTS = 8;
const CHANGES = 12;
/** The number of seats after each change of an administrator; null is unlimited. */
const SEATS = [4, 12, null, 9, 2, 15];
const LAST_SEATS = 10;

/** Creates users, and deactivates, activates, and deletes them, one change after the other. */
async function changeUsers({ request }: DomainClient, first: number): Promise<void> {
  const users: { id: string; active: boolean }[] = [];
  for (let at = 0; at < CHANGES; at++) {
    const user = users[(first + at) % Math.max(1, users.length)];
    if (!user || (first + at) % 3 === 0) {
      const created = await request('POST', '/Users', userBody());
      expect(created.status).toBe(201);
      users.push({ id: (created.body as { id: string }).id, active: true });
    } else if ((first + at) % 7 === 0) {
      expect([204, 404]).toContain((await request('DELETE', `/Users/${user.id}`)).status);
      users.splice(users.indexOf(user), 1);
    } else {
      user.active = !user.active;
      const { status } = await request('PATCH', `/Users/${user.id}`, replaceBody('active', user.active));
      expect(status).toBe(200);
    }
  }
}

/** Sends requests again that a killed function has not answered, as identity providers do. */
function stubborn(domain: DomainClient): DomainClient {
  const untilAnswered: DomainClient['request'] = async (...call) => {
    for (;;) {
      const response = await domain.request(...call);
      if (response.status < 500) return response;
    }
  };
  const request: DomainClient['request'] = async (...call) => {
    const response = await domain.request(...call);
    if (response.status < 500) return response;
    const again = await untilAnswered(...call);
    if (again.status !== 409) return again;
    // The killed function has created the user, and then its response was lost.
    return { ...again, status: 201, body: await userOf(untilAnswered, call[2]) };
  };
  return { ...domain, request };
}

async function userOf(request: DomainClient['request'], body: unknown): Promise<unknown> {
  const { userName } = body as { userName: string };
  const filter = encodeURIComponent(`userName eq "${userName}"`);
  const list = await request('GET', `/Users?filter=${filter}`);
  return (list.body as { Resources: unknown[] }).Resources[0];
}

it('no seat stays free while a license waits, although seats change and functions are killed under load', async () => {
  const domain = await createDomainClient();
  const { domainId } = domain;
  const table = await systemTable();
  const admin = await domainAdmin();
  await admin.updateDomain(domainId, { seats: SEATS[0], seatPolicy: 'wait' }, OPERATOR);
  const kills = await Promise.all([
    planKill('FunctionsUsers', { eventContains: domainId, writes: 20 }),
    planKill('FunctionsUsers', { eventContains: domainId, writes: 45 }),
    planKill('Promoter', { eventContains: domainId, keyContains: `${domainId}#PENDING`, writes: 3 }),
  ]);
  // Records of the stream and messages arrive again.
  for (const name of ['Dispatcher', 'Promoter'])
    await injectFault({
      kinds: 'duplicate,replay',
      function: name,
      operation: 'lambda:DeliverBatch',
      of: domainId,
      times: '8',
    });
  /** Repeats the change while too many licenses change, as its error says. */
  const setSeats = async (seats: number | null | undefined): Promise<void> => {
    await admin.updateDomain(domainId, { seats }, OPERATOR).catch((error: unknown) => {
      if (error instanceof AdminError && error.problem === 'conflict') return setSeats(seats);
      throw error;
    });
  };
  let isOver = false;
  const changeSeats = async () => {
    for (let at = 1; !isOver; at++) {
      await setSeats(SEATS[at % SEATS.length]);
      await sleep(50);
    }
  };
  const setting = changeSeats();
  await Promise.all(Array.from({ length: CLIENTS }, (_, at) => changeUsers(stubborn(domain), at)));
  isOver = true;
  await setting;
  await setSeats(LAST_SEATS);
  for (const killed of kills.slice(0, 2)) expect(await killed()).toBeGreaterThan(0);

  // The queue is empty, or no seat is free.
  await eventually('the promotions', async () => {
    const { activeLicenses } = await readCounts(table, domainId);
    return activeLicenses >= LAST_SEATS || (await readOldestQueued(table, domainId, 1)).length === 0;
  });
  const { counts, pendingQueue } = await expectConsistent(domainId);
  if (pendingQueue.length > 0) expect(counts.activeLicenses).toBeGreaterThanOrEqual(LAST_SEATS);

  // Under load, a seat may have been free each time. Here, a license certainly waits.
  await setSeats(0);
  expect((await domain.request('POST', '/Users', userBody())).status).toBe(201);
  await setSeats(null);
  await eventually(
    'the last promotions',
    async () => (await readOldestQueued(table, domainId, 1)).length === 0,
  );
  const { audit } = await expectConsistent(domainId);
  expect(audit.some(({ action }) => action === 'license.promoted')).toBe(true);
});
