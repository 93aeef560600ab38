import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requiredAccountLimit, concurrencySchema } from '../../../lib/settings/concurrency';
import { readMailItem } from '../../../shared/store/mail/mail-item';
import { licenseRecordKey } from '../../../shared/store/table/keys';
import { mailPartition } from '../../../shared/store/table/mail-keys';
import { resourcesOf, synthesize } from '../../lib/synthesize';
import { systemTable } from '../../support/consistency/domain-data';
import { type FaultySystem, startFaultySystem } from '../../support/faults/faulty-system';
import { systemAssembly } from '../../support/jest/start-system';
import { eventually } from '../../support/jest/timeouts';
import { replaceBody } from '../../support/requests/bodies';
import { provisionUser } from '../../support/requests/provision-user';
import { setSeats } from '../../support/store/set-seats';
import { copyAssembly } from '../../support/system/edited-assembly';
import { clearSesFaults, injectSesFault } from '../../support/system/ses-faults';
import { createDomainClient, type DomainClient, killInstances } from '../../support/system/system';

/**
 * The smallest numbers that the settings accept, so that a test can use up what is not reserved. AWS keeps at
 * least 100 of it.
 */
const RESERVED = {
  ...{ authorizer: 5, adminAuthorizer: 5, licenseCheckAuthorizer: 1, token: 1, admin: 5, adminUsers: 5 },
  ...{ licenseChanges: 40, mailOutbox: 2, dispatch: 40, promoter: 10 },
  ...{ users: 4, groups: 4, bulk: 2, search: 2 },
};
const UNRESERVED = 100;
const ACCOUNT_LIMIT = UNRESERVED + Object.values(RESERVED).reduce((sum, each) => sum + each, 0);
/** The users of a domain whose emails hang. */
const SEATS = 5;

let directory: string;
let system: FaultySystem;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'isolation-'));
  const assembly = path.join(directory, 'cdk.out');
  const concurrency = { accountLimit: ACCOUNT_LIMIT, ...RESERVED };
  const parsed = concurrencySchema.parse(concurrency);
  expect(parsed && requiredAccountLimit(parsed)).toBe(ACCOUNT_LIMIT);
  const templates = new Map(Object.entries(synthesize({ concurrency: JSON.stringify(concurrency) })));
  let reservations = 0;
  copyAssembly(systemAssembly(), assembly, (stack, { Resources }) => {
    const template = templates.get(stack);
    for (const [id, { Properties }] of Object.entries(
      template ? resourcesOf(template, 'AWS::Lambda::Function') : {},
    )) {
      const count = Properties.ReservedConcurrentExecutions;
      if (count === undefined) continue;
      reservations++;
      Object.assign(Resources[id]?.Properties ?? {}, { ReservedConcurrentExecutions: count });
    }
  });
  expect(reservations).toBe(Object.keys(RESERVED).length);
  system = await startFaultySystem({
    ...{ share: 0, seed: 1, assembly },
    flags: ['--lambda-concurrency', String(ACCOUNT_LIMIT)],
  });
});

afterAll(async () => {
  await system.stop();
  rmSync(directory, { recursive: true });
});

const statusOf = async ({ request }: DomainClient, target: string): Promise<number> =>
  (await request('GET', target)).status;

/**
 * Calls `act` while so many requests wait for the table that further ones are refused. The functions `name`
 * serve the requests of the flood, and `refused` is refused above the limit.
 */
async function duringFlood(
  domain: DomainClient,
  { target, name, refused }: { readonly target: string; readonly name: string; readonly refused: string },
  act: () => Promise<void>,
): Promise<void> {
  // The authorizer caches its response, so the flood does not call it.
  expect(await statusOf(domain, '/Groups')).toBe(200);
  await system.addRule(
    new URLSearchParams({ kinds: 'hang', function: name, operation: 'dynamodb' }).toString(),
  );
  let isOver = false;
  const flood = async () => {
    for (; !isOver; await sleep(50))
      for (let at = 0; at < 5; at++) void domain.request('GET', target).catch(() => undefined);
  };
  const flooding = flood();
  const isLimited = async () => (await statusOf(domain, refused)) === 500;
  try {
    await eventually('the limit', isLimited);
    await act();
    await eventually('the limit, while the flood goes on', isLimited);
  } finally {
    isOver = true;
    await flooding;
    await system.endFaults();
  }
}

/** Expects that administrators and the authorizer of new keys are served. */
async function expectServed(other: DomainClient): Promise<void> {
  const { adminUrl, adminToken } = system.session;
  for (let at = 0; at < 10; at++) {
    const response = await fetch(`${adminUrl}/domains`, {
      headers: { authorization: `Bearer ${adminToken}` },
    });
    expect(response.status).toBe(200);
  }
  // The first request of a key calls the authorizer.
  expect(await statusOf(other, '/Groups')).toBe(200);
}

it('a flood of requests for users reaches its own limit, and takes nothing from others', async () => {
  const [flooded, other] = [await createDomainClient(), await createDomainClient()];
  const users = { target: '/Users', name: 'FunctionsUsers', refused: '/Users?count=0' };
  await duringFlood(flooded, users, async () => {
    await expectServed(other);
    expect(await statusOf(other, '/ResourceTypes')).toBe(200);
  });
});

it('a flood that uses up all that is not reserved takes nothing from the functions with a reservation', async () => {
  const [flooded, other] = [await createDomainClient(), await createDomainClient()];
  // Neither readiness nor discovery has a reservation, so one takes from the other.
  const readiness = { target: '/readiness', name: 'FunctionsReadiness', refused: '/ResourceTypes' };
  await duringFlood(flooded, readiness, () => expectServed(other));
});

/**
 * Waits until the requests of a flood have ended, so that they do not hold the functions of the next
 * requests.
 */
const waitForInstances = (domain: DomainClient) =>
  eventually('the end of a flood', async () => {
    const statuses = await Promise.all(Array.from({ length: 4 }, () => statusOf(domain, '/Users?count=0')));
    return statuses.every((status) => status === 200);
  });

it('a free seat is given while SES hangs', async () => {
  const table = await systemTable();
  /** Returns whether the emails of a domain were still hanging when one of its seats was given. */
  const isGivenMeanwhile = async (domain: DomainClient): Promise<boolean> => {
    const { domainId, request } = domain;
    await setSeats(table, domainId, { seats: SEATS, seatPolicy: 'wait' });
    await waitForInstances(domain);
    const user = (at: number) => provisionUser(domain, { userName: `${at}.${domainId}@example.com` });
    // One after the other, because few functions may run at the same time.
    const holder = await user(0);
    for (let at = 1; at < SEATS; at++) await user(at);
    /** Returns the emails that are being sent. The next ones of the domain wait for them. */
    const sending = async () => {
      const { items } = await table.query({ pk: mailPartition(domainId) });
      const mails = items.map((item) => readMailItem(domainId, item));
      return mails.filter(({ status }) => status === 'claimed').map(({ mailId }) => mailId);
    };
    await eventually('the sends', async () => (await sending()).length > 0);
    const hanging = await sending();
    const { id } = await user(SEATS);
    await request('PATCH', holder.path, replaceBody('active', false));
    await eventually(
      'the seat',
      async () => (await table.get(licenseRecordKey(domainId, id)))?.status === 'active',
    );
    const stillHanging = await sending();
    return hanging.length > 0 && hanging.every((mailId) => stillHanging.includes(mailId));
  };
  // On a busy machine, a promotion can take longer than SES may hang. If it waited for the emails, no round
  // would succeed.
  await eventually('a round in which the seat does not wait for the emails', async () => {
    const domain = await createDomainClient();
    await injectSesFault('silent', domain.domainId, 1_000);
    try {
      return await isGivenMeanwhile(domain);
    } finally {
      // The emails of this round must not hold up those of the next one.
      await clearSesFaults();
      await killInstances('LicenseChanges', domain.domainId);
    }
  });
});
