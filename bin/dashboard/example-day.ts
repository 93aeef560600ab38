import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../../local/product/session';
import {
  addMember,
  type Client,
  clientWith,
  createClient,
  createGroup,
  createUser,
  findUser,
  setActive,
} from './clients';

/** Okta, Entra ID (which sends no user agent), and others, by domain. */
const TENANTS = [
  { name: 'Northwind', keyName: 'Okta', userAgent: 'Okta SCIM Client 1.0.0' },
  { name: 'Contoso', keyName: 'Entra ID production', userAgent: '' },
  { name: 'Fabrikam', keyName: 'Entra ID', userAgent: '' },
  { name: 'Initech', keyName: 'OneLogin', userAgent: 'OneLogin SCIM/2.0' },
  { name: 'Globex', keyName: 'Okta preview', userAgent: 'Okta SCIM Client 1.0.0' },
  { name: 'Umbrella', keyName: 'Nightly script', userAgent: 'python-requests/2.32' },
] as const;

export const RUN_SECONDS = 180;

/** The parts of the run, in seconds since its start. */
const IMPORT = { from: 25, to: 110, users: 500, clients: 3 };
const TABLE_FAULT = { from: 118, to: 128 };
const BAD_VERSION = { from: 88, to: 100 };
const MAIL_FAULT = { from: 128, to: 158 };
const FLOOD = { from: 60, to: 110 };
const WRONG_KEY = { from: 70, to: 150 };

/**
 * Sends what a deployment gets in a day, in three minutes: the traffic of identity providers, the first
 * import of a domain, a script that exceeds its rate plan, a wrong key, and failures of a function, of the
 * table, and of SES.
 */
export async function runExampleDay(session: Session): Promise<void> {
  const startedAt = Date.now();
  const seconds = () => (Date.now() - startedAt) / 1_000;
  const until = (at: number) => sleep(Math.max(0, at - seconds()) * 1_000);
  const clients: Client[] = [];
  for (const tenant of TENANTS) clients.push(await createClient(session, tenant));
  const limited = await createClient(session, {
    ...TENANTS[3],
    name: 'Hooli',
    settings: { seats: 12, seatPolicy: 'wait' },
  });
  const importing = await createClient(session, { ...TENANTS[1], name: 'Wayne Enterprises' });
  const flooding = await createClient(session, {
    name: 'Stark',
    keyName: 'Sync script',
    userAgent: 'Go-http-client/1.1',
    settings: { ratePlan: 'standard' },
  });

  await Promise.all([
    ...clients.map((client, index) => traffic(client, index, () => seconds() < RUN_SECONDS - 5)),
    (async () => {
      await until(15);
      for (let index = 0; index < 20; index++) await createUser(limited, `hooli-${index}`);
    })(),
    (async () => {
      await until(IMPORT.from);
      await importUsers(importing, () => seconds() < IMPORT.to);
    })(),
    (async () => {
      await until(FLOOD.from);
      const worker = async () => {
        while (seconds() < FLOOD.to) {
          await findUser(flooding, 'nobody');
          await sleep(300);
        }
      };
      await Promise.all([worker(), worker(), worker(), worker()]);
    })(),
    (async () => {
      await until(WRONG_KEY.from);
      const wrong = clientWith(session, '', 'scim_wrong', 'Okta SCIM Client 1.0.0');
      while (seconds() < WRONG_KEY.to) {
        await wrong.send('GET', '/Users?count=1');
        await sleep(1_500);
      }
    })(),
    (async () => {
      await until(TABLE_FAULT.from);
      await control(session, 'POST', 'faults?seed=3&kinds=throttling,internal&share=0.6&function=Users');
      await until(TABLE_FAULT.to);
      await control(session, 'DELETE', 'faults');
      await until(MAIL_FAULT.from);
      await control(session, 'POST', 'ses-faults?fault=Throttling&to=@&times=100000');
      await until(MAIL_FAULT.to);
      await control(session, 'DELETE', 'ses-faults');
    })(),
    (async () => {
      // A run of the outbox for each minute of the pictures.
      while (seconds() < RUN_SECONDS - 2) {
        await control(session, 'POST', 'fire?rule=MailOutbox');
        await sleep(700);
      }
    })(),
    (async () => {
      await until(BAD_VERSION.from);
      await control(
        session,
        'POST',
        'faults?seed=5&kinds=kill-before&share=0.5&operation=lambda:Invoke&function=Groups',
      );
      await until(BAD_VERSION.to);
      await control(session, 'DELETE', 'faults');
    })(),
    ...[20, 80, 140, 174].map(async (at) => {
      await until(at);
      await control(session, 'POST', 'fire?rule=KeyReminders');
      await control(session, 'POST', 'fire?rule=UsageKeys');
    }),
    ...[30, 90, 150].map(async (at) => {
      await until(at);
      // No mail server accepts these, so an operator has to act.
      await control(session, 'POST', `ses-faults?fault=MessageRejected&to=rejected-${at}@&times=1`);
      await createUser(clients[5] ?? importing, `rejected-${at}`, `rejected-${at}@example.com`);
    }),
  ]);
  await until(RUN_SECONDS);
}

/** The requests of an identity provider: lookups, changes, and now and then a mistake. */
async function traffic(client: Client, tenant: number, isRunning: () => boolean): Promise<void> {
  const users: string[] = [];
  const groupId = (await createGroup(client, 'Everybody')).id;
  for (let turn = 0; isRunning(); turn++) {
    const userName = `user-${tenant}-${turn}`;
    const known = users[turn % Math.max(1, users.length)] ?? '';
    await findUser(client, userName);
    if (turn % 4 === 0) {
      const address = turn % 24 === 8 ? `bounce+${userName}@simulator.amazonses.com` : undefined;
      const { id, status } = await createUser(client, userName, address);
      if (status === 201) {
        users.push(id);
        await addMember(client, groupId, id);
      }
    }
    if (turn % 7 === 3) await setActive(client, known, turn % 2 === 0);
    if (turn % 11 === 5) await createUser(client, 'user-taken');
    if (turn % 9 === 4) {
      const project = await createGroup(client, `Project ${turn}`);
      await client.send('DELETE', `/Groups/${project.id}`);
    }
    if (turn % 13 === 6) await client.send('GET', '/Groups?count=100');
    await sleep(500 + 250 * tenant);
  }
}

async function importUsers(client: Client, isRunning: () => boolean): Promise<void> {
  let next = 0;
  const groupId = (await createGroup(client, 'All employees')).id;
  const worker = async () => {
    while (next < IMPORT.users && isRunning()) {
      const userName = `employee-${next++}`;
      await findUser(client, userName);
      const { id, status } = await createUser(client, userName);
      if (status === 201) await addMember(client, groupId, id);
    }
  };
  await Promise.all(Array.from({ length: IMPORT.clients }, worker));
}

async function control(session: Session, method: string, path: string): Promise<void> {
  const response = await fetch(`${session.controlUrl}/${path}`, { method });
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
}
