import { uniqueName, type Operation, patchBody, replaceBody, userBody } from '../../support/requests/bodies';
import { expectConsistent } from '../../support/consistency/consistency';
import { findByFilter } from '../../support/requests/list';
import { provisionUser } from '../../support/requests/provision-user';
import {
  type DomainClient,
  createDomainClient,
  waitForMail,
  type ClientResponse,
  killInstances,
} from '../../support/system/system';
import { runConcurrently } from '../../support/requests/outcomes';
import { setTimeout as sleep } from 'node:timers/promises';

const MAX_ATTEMPTS = 100;
/** About as long as a request takes, so that the kill hits the others anywhere in their work. */
const MAX_KILL_DELAY_MS = 30;

export interface CrashingClient extends DomainClient {
  /** Requests that did not survive. */
  readonly failures: () => number;
}

/**
 * A client that, after every few successes, has the instances of a function killed in the middle of what they do for its
 * other requests; and that sends what failed on the service's side again, as identity providers do.
 */
export function crashingClient(domain: DomainClient, part: string, successes: number): CrashingClient {
  let failures = 0;
  let left = successes;
  const request = async (...what: Parameters<DomainClient['request']>): Promise<ClientResponse> => {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const answer = await domain.request(...what);
      if (answer.status >= 500) {
        failures++;
        continue;
      }
      if (--left === 0) {
        await sleep(Math.random() * MAX_KILL_DELAY_MS);
        await killInstances(part, domain.domainId);
        left = Math.ceil(Math.random() * 2 * successes);
      }
      return answer;
    }
    throw new Error(`${what[0]} ${what[1]} failed ${MAX_ATTEMPTS} times.`);
  };
  return { ...domain, request, failures: () => failures };
}

const PARALLEL = 4;
const USERS_PER_CLIENT = 6;

/** Creates a user as an identity provider does, which looks for it where the name is taken: by itself, it may be. */
async function createOrFind(client: DomainClient, userName: string): Promise<string> {
  const answer = await client.request('POST', '/Users', userBody(userName));
  if (answer.status === 201) return (answer.body as { id: string }).id;
  expect(answer).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } });
  const { Resources } = await findByFilter(client, '/Users', `userName eq "${userName}"`);
  expect(Resources).toHaveLength(1);
  return Resources[0]!.id;
}

describe('where the function is killed in the middle of writes, again and again,', () => {
  it('each user is whole: claim, license, counts and audit trail agree, and each turn is mailed once', async () => {
    const domain = await createDomainClient();
    const client = crashingClient(domain, 'Users', 10);
    const live = async (isDeleted: boolean) => {
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

    const lives: Awaited<ReturnType<typeof live>>[] = [];
    do {
      await runConcurrently(PARALLEL, async () => {
        for (let at = 0; at < USERS_PER_CLIENT; at++) lives.push(await live(at % 2 === 0));
      });
    } while (client.failures() === 0);

    const { users, counts, licenses, audit } = await expectConsistent(domain.domainId);
    const kept = lives.length / 2;
    expect(counts).toMatchObject({ users: kept, activeLicenses: kept });
    expect(licenses).toHaveLength(lives.length);
    for (const { id, userName, isDeleted } of lives) {
      const attributes = { userName: `renamed-${userName}`, title: userName, active: true };
      const user = users.find((each) => each.id === id);
      if (isDeleted) expect(user).toBeUndefined();
      else expect(user).toMatchObject({ attributes, version: 5 });
      const turns = audit.filter(({ resourceId, license }) => resourceId === id && license);
      expect(turns).toHaveLength(isDeleted ? 4 : 3);
      expect(await waitForMail(userName, turns.length)).toHaveLength(turns.length);
    }
  });

  it('a group gets all of its members by the same request sent again', async () => {
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
            // 204 where the group has too many members to be shown.
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
