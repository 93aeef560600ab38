import { uniqueName, type Operation, patchBody, replaceBody, userBody } from '../../support/requests/bodies';
import { isOpen, type MailItem } from '../../../shared/store/mail/mail-item';
import { LicenseHistory } from '../../../shared/store/licenses/license-history';
import { expectConsistent } from '../../support/consistency/consistency';
import { systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { NOTICE } from '../../support/mail/delivery-fixture';
import { findByFilter } from '../../support/requests/list';
import { provisionUser } from '../../support/requests/provision-user';
import { listMailsTo } from '../../support/system/mails';
import {
  type DomainClient,
  createDomainClient,
  type ClientResponse,
  killInstances,
} from '../../support/system/system';
import { runConcurrently } from '../../support/requests/outcomes';
import { setTimeout as sleep } from 'node:timers/promises';

const MAX_ATTEMPTS = 100;
/** About the duration of a request, so that the kill hits the other requests at any point. */
const MAX_KILL_DELAY_MS = 30;

export interface CrashingClient extends DomainClient {
  /** Returns the number of failed requests. */
  readonly failures: () => number;
}

/**
 * Returns a client that kills the instances of a function after every few successes, while they process its
 * other requests. It retries requests that fail with a 5xx status, as identity providers do.
 */
export function crashingClient(domain: DomainClient, part: string, successes: number): CrashingClient {
  let failures = 0;
  let remainingSuccesses = successes;
  const request = async (...call: Parameters<DomainClient['request']>): Promise<ClientResponse> => {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const response = await domain.request(...call);
      if (response.status >= 500) {
        failures++;
        continue;
      }
      if (--remainingSuccesses === 0) {
        await sleep(Math.random() * MAX_KILL_DELAY_MS);
        await killInstances(part, domain.domainId);
        remainingSuccesses = Math.ceil(Math.random() * 2 * successes);
      }
      return response;
    }
    throw new Error(`${call[0]} ${call[1]} failed ${MAX_ATTEMPTS} times.`);
  };
  return { ...domain, request, failures: () => failures };
}

const PARALLEL = 4;
const USERS_PER_CLIENT = 6;

/**
 * Creates a user as an identity provider does: if the name is taken, possibly by its own lost request, it
 * searches.
 */
async function createOrFind(client: DomainClient, userName: string): Promise<string> {
  const response = await client.request('POST', '/Users', userBody(userName));
  if (response.status === 201) return (response.body as { id: string }).id;
  expect(response).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } });
  const { Resources } = await findByFilter(client, '/Users', `userName eq "${userName}"`);
  expect(Resources).toHaveLength(1);
  return Resources[0]!.id;
}

/**
 * Waits until each change of a license is done with. Fails unless each email was sent once and the last one
 * has the last state. An email that waited while the license changed again is not sent.
 */
async function expectMails(
  { domainId }: DomainClient,
  license: { id: string; userName: string; changes: number; isActive: boolean },
): Promise<void> {
  const table = await systemTable();
  let entries: readonly MailItem[] = [];
  await eventually(`the emails of ${license.changes} changes`, async () => {
    ({ entries } = await new LicenseHistory(table).page(domainId, license.id, 100));
    return entries.length >= license.changes && !entries.some(isOpen);
  });
  const mails = await listMailsTo(license.userName);
  expect(entries).toHaveLength(license.changes);
  const accepted = entries.filter(({ status }) => status === 'sent' || status === 'delivered');
  expect(mails).toHaveLength(accepted.length);
  if (license.isActive) expect(mails).not.toEqual([]);
  // Somebody who never got a key gets no notice.
  if (license.isActive || mails.length > 0) expect(mails.at(-1)?.subject === NOTICE).toBe(!license.isActive);
}

describe('if the function is killed repeatedly during writes', () => {
  it('claim, license, counts and audit events of each user agree, and each license change is sent once', async () => {
    const domain = await createDomainClient();
    const client = crashingClient(domain, 'Users', 10);
    const runLifecycle = async (isDeleted: boolean) => {
      const userName = uniqueName('killed');
      const id = await createOrFind(client, userName);
      const path = `/Users/${id}`;
      const change = async (attribute: string, value: unknown) =>
        expect(await client.request('PATCH', path, replaceBody(attribute, value))).toMatchObject({
          status: 200,
        });
      await change('title', userName);
      await change('active', false);
      await change('userName', `renamed-${userName}`);
      await change('active', true);
      if (isDeleted) expect([204, 404]).toContain((await client.request('DELETE', path)).status);
      return { id, userName, isDeleted };
    };

    const lifecycles: Awaited<ReturnType<typeof runLifecycle>>[] = [];
    do {
      await runConcurrently(PARALLEL, async () => {
        for (let at = 0; at < USERS_PER_CLIENT; at++) lifecycles.push(await runLifecycle(at % 2 === 0));
      });
    } while (client.failures() === 0);

    const { users, counts, licenses, audit } = await expectConsistent(domain.domainId);
    const kept = lifecycles.length / 2;
    expect(counts).toMatchObject({ users: kept, activeLicenses: kept });
    expect(licenses).toHaveLength(lifecycles.length);
    for (const { id, userName, isDeleted } of lifecycles) {
      const attributes = { userName: `renamed-${userName}`, title: userName, active: true };
      const user = users.find((each) => each.id === id);
      if (isDeleted) expect(user).toBeUndefined();
      else expect(user).toMatchObject({ attributes, version: 5 });
      const licenseChanges = audit.filter(({ resourceId, license }) => resourceId === id && license);
      expect(licenseChanges).toHaveLength(isDeleted ? 4 : 3);
      await expectMails(domain, { id, userName, changes: licenseChanges.length, isActive: !isDeleted });
    }
  });

  it('a group gets all of its members by retries', async () => {
    const domain = await createDomainClient();
    const users = await runConcurrently(60, () => provisionUser(domain));
    const members = users.map(({ id }) => ({ value: id }));
    const groups = await runConcurrently(3, (at) =>
      domain.request('POST', '/Groups', { displayName: `Team ${at}` }),
    );
    const client = crashingClient(domain, 'Groups', 3);

    const changeAll = () =>
      Promise.all(
        groups.map(async ({ body }) => {
          const path = `/Groups/${(body as { id: string }).id}`;
          const change = async (operation: Operation) =>
            // The status is 204 if the group has too many members for the response.
            expect([200, 204]).toContain((await client.request('PATCH', path, patchBody(operation))).status);
          for (let round = 0; round < 2; round++) {
            await change({ op: 'add', path: 'members', value: members });
            await change({ op: 'remove', path: 'members' });
          }
          await change({ op: 'replace', path: 'members', value: members });
        }),
      );

    do await changeAll();
    while (client.failures() === 0);
    const { memberships } = await expectConsistent(domain.domainId);
    expect(memberships).toHaveLength(groups.length * users.length);
  });
});
