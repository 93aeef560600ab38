import { setTimeout as sleep } from 'node:timers/promises';
import { isWellFormedLicenseKey } from '../../../shared/license-key';
import { type SeatCounts, readCounts } from '../../../shared/store/domains/counts';
import type { SeatSettings } from '../../../shared/store/licenses/seat-settings';
import { uniqueName, patchBody, replaceBody, userBody } from '../../support/requests/bodies';
import { createUserOperation, sendBulk } from '../../support/requests/bulk';
import { expectWithinSeats } from '../../support/consistency/consistency';
import { systemTable } from '../../support/consistency/domain-data';
import { provisionUser } from '../../support/requests/provision-user';
import { seedUsers } from '../../support/seed/seed-users';
import { type Mail, listMailsTo, waitForMail } from '../../support/system/mails';
import {
  type DomainClient,
  createDomainClient,
  persistentClient,
  planKill,
} from '../../support/system/system';
import { countOutcomes } from '../../support/requests/outcomes';
import { eventually } from '../../support/jest/timeouts';
import { setSeats as setDomainSeats } from '../../support/store/set-seats';

/** A small number: test/service/licenses/seats.engine.test.ts tests 200 users and 50 seats without emails. */
const SEATS = 15;
const CREATED = 30;
const ACTIVATED = 30;

async function createDomainWithSeats(settings: SeatSettings): Promise<DomainClient> {
  const domain = await createDomainClient();
  await setSeats(domain, settings);
  return domain;
}

const setSeats = async ({ domainId }: DomainClient, settings: SeatSettings): Promise<void> =>
  setDomainSeats(await systemTable(), domainId, settings, new Date().toISOString());

const countsOf = async ({ domainId }: DomainClient): Promise<SeatCounts> =>
  readCounts(await systemTable(), domainId);

const waitUntilPending = (domain: DomainClient, count: number) =>
  eventually('the promotions', async () => (await countsOf(domain)).pendingLicenses === count);

const keyInMail = ({ body }: Mail): string => /\w{5}(-\w{5}){4}/.exec(body.text ?? '')?.[0] ?? '';

/** Makes many users active concurrently: half of them are created, the others are activated. */
async function activateMany(domain: DomainClient) {
  const inactive = await seedUsers(domain.domainId, ACTIVATED);
  let done = false;
  let maxActive = 0;
  const watch = async () => {
    while (!done) {
      maxActive = Math.max(maxActive, (await countsOf(domain)).activeLicenses);
      await sleep(20);
    }
  };
  const watching = watch();
  const { request } = persistentClient(domain);
  const responses = await Promise.all([
    ...Array.from({ length: CREATED }, () => request('POST', '/Users', userBody())),
    ...inactive.map((id) => request('PATCH', `/Users/${id}`, replaceBody('active', true))),
  ]);
  done = true;
  await watching;
  return { responses, maxActive };
}

it('concurrent activations without a free seat wait; the oldest pending license gets the next free seat, and the key is sent', async () => {
  const domain = await createDomainWithSeats({ seats: SEATS, seatPolicy: 'wait' });
  const { responses, maxActive } = await activateMany(domain);

  expect(countOutcomes(responses)).toEqual({ '200': ACTIVATED, '201': CREATED });
  for (const { body } of responses) expect(body).toMatchObject({ active: true });
  expect(maxActive).toBeLessThanOrEqual(SEATS);
  const full = await expectWithinSeats(domain.domainId);
  const waiting = CREATED + ACTIVATED - SEATS;
  expect(full.counts).toMatchObject({ activeLicenses: SEATS, pendingLicenses: waiting });

  const FREED = 5;
  const active = full.licenses.filter(({ status }) => status === 'active').map(({ userId }) => userId);
  const next = full.pendingQueue.slice(0, FREED).map(({ userId }) => userId);
  await Promise.all(
    active.slice(0, FREED).map((id) => domain.request('PATCH', `/Users/${id}`, replaceBody('active', false))),
  );
  await waitUntilPending(domain, waiting - FREED);

  const after = await expectWithinSeats(domain.domainId);
  expect(after.counts.activeLicenses).toBe(SEATS);
  const promotions = after.audit.filter(({ action }) => action === 'license.promoted');
  expect(promotions.map(({ resourceId }) => resourceId)).toEqual(next);
  const licenses = new Map(after.licenses.map((license) => [license.userId, license]));
  for (const id of next) {
    const { email = '', ...license } = licenses.get(id) ?? {};
    expect(license).toMatchObject({ status: 'active', changedBy: { kind: 'system', name: 'promotion' } });
    const mails = await waitForMail(email);
    expect(mails.map(keyInMail).map(isWellFormedLicenseKey)).toEqual([true]);
  }
  const [stillPending] = after.pendingQueue;
  expect(await listMailsTo(licenses.get(stillPending?.userId ?? '')?.email ?? '')).toEqual([]);

  // The function is killed while it promotes licenses, and continues after a retry.
  const MORE = 30;
  const stillWaiting = waiting - FREED;
  const kills = await Promise.all(
    [MORE / 6, MORE / 2].map((writes) =>
      planKill('Promoter', {
        eventContains: domain.domainId,
        keyContains: `${domain.domainId}#PENDING`,
        writes,
      }),
    ),
  );
  await setSeats(domain, { seats: SEATS + MORE });
  for (const killed of kills) expect(await killed()).toBeGreaterThan(0);
  await waitUntilPending(domain, stillWaiting - MORE);
  const all = await expectWithinSeats(domain.domainId);
  expect(all.counts).toMatchObject({ activeLicenses: SEATS + MORE, pendingLicenses: stillWaiting - MORE });
  const allPromotions = all.audit.filter(({ action }) => action === 'license.promoted');
  expect(allPromotions.map(({ resourceId }) => resourceId)).toEqual(
    full.pendingQueue.slice(0, FREED + MORE).map(({ userId }) => userId),
  );
});

describe('a user with a pending license', () => {
  let domain: DomainClient;
  let first: { path: string };
  beforeEach(async () => {
    domain = await createDomainWithSeats({ seats: 1, seatPolicy: 'wait' });
    first = await provisionUser(domain);
  });
  afterEach(() => expectWithinSeats(domain.domainId));

  it('is stored as the identity provider sent it, and receives the key when a seat becomes free', async () => {
    const { path, userName } = await provisionUser(domain);
    expect((await domain.request('GET', path)).body).toMatchObject({ active: true });
    await domain.request('PATCH', path, replaceBody('title', 'Countess'));
    expect(await countsOf(domain)).toMatchObject({ users: 2, activeLicenses: 1, pendingLicenses: 1 });
    expect(await listMailsTo(userName)).toEqual([]);
    await domain.request('DELETE', first.path);
    const [mail] = await waitForMail(userName);
    expect(isWellFormedLicenseKey(keyInMail(mail!))).toBe(true);
    expect(await countsOf(domain)).toMatchObject({ users: 1, activeLicenses: 1, pendingLicenses: 0 });
  });

  it('receives no email if the license ends before a seat becomes free', async () => {
    const [patched, put, deleted] = [
      await provisionUser(domain),
      await provisionUser(domain),
      await provisionUser(domain),
    ];
    await domain.request('PATCH', patched.path, replaceBody('active', false));
    await domain.request('PUT', put.path, userBody(put.userName, { active: false }));
    await domain.request('DELETE', deleted.path);
    await domain.request('PATCH', first.path, replaceBody('active', false));
    // Streams are ordered: emails of the other users would arrive before this one.
    await waitForMail((await provisionUser(domain)).userName);
    for (const { userName } of [patched, put, deleted]) expect(await listMailsTo(userName)).toEqual([]);
  });
});

it('an operation of a bulk fails without a free seat, and the others succeed', async () => {
  const domain = await createDomainWithSeats({ seats: 2 });
  const operations = [true, false, true, true].map((active, at) =>
    createUserOperation(String(at), uniqueName(), { active }),
  );
  const responses = await sendBulk(domain, operations);
  expect(responses.map(({ status }) => status)).toEqual(['201', '201', '201', '403']);
  await expectWithinSeats(domain.domainId);
});

it('a PATCH without a free seat changes nothing', async () => {
  const domain = await createDomainWithSeats({ seats: 0 });
  const { path } = await provisionUser(domain, userBody(uniqueName(), { active: false }));
  const both = patchBody(
    { op: 'replace', path: 'title', value: 'Countess' },
    { op: 'replace', path: 'active', value: true },
  );
  expect((await domain.request('PATCH', path, both)).status).toBe(403);
  expect((await domain.request('GET', path)).body).not.toHaveProperty('title');
});
