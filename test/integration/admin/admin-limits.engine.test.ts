import { idTokenFor } from '../../support/system/admin-client';
import { createDomainClient, session } from '../../support/system/system';

const FLOOD = 100;

/** Sends a request, and returns its status. Unlike `adminClient`, it does not wait after a 429. */
async function statusOf(token: string, path = '/me'): Promise<number> {
  const response = await fetch(session().adminUrl + path, { headers: { authorization: `Bearer ${token}` } });
  await response.arrayBuffer();
  return response.status;
}

const flood = (token: string): Promise<number[]> =>
  Promise.all(Array.from({ length: FLOOD }, () => statusOf(token)));

it('a flood by users, strangers, and invalid tokens never keeps an operator from working', async () => {
  const { domainId } = await createDomainClient();
  const role = (name: string) => idTokenFor({ id: `flooding-${name}`, roles: [`${domainId}:${name}`] });
  const [owner, viewer, stranger] = await Promise.all([
    role('owner'),
    role('viewer'),
    idTokenFor({ id: 'flooding-stranger', roles: [] }),
  ]);
  const invalid = `${owner.slice(0, -20)}${'A'.repeat(20)}`;
  const operator = await idTokenFor({ id: 'working-operator', roles: ['operator'] });

  const seen = { owner: new Set<number>(), viewer: new Set<number>(), stranger: new Set<number>() };
  const refused = new Set<number>();
  let isWorking = true;
  const keepFlooding = async (token: string, statuses: Set<number>): Promise<void> => {
    // An owner and a viewer are refused at some time, whatever the speed of the machine.
    while (isWorking || (statuses.has(200) && !statuses.has(429)))
      for (const status of await flood(token)) statuses.add(status);
  };
  const work = async (): Promise<number[]> => {
    const statuses: number[] = [];
    for (let request = 0; request < 20; request++)
      statuses.push(await statusOf(operator, `/domains/${domainId}`));
    isWorking = false;
    return statuses;
  };
  const [statuses] = await Promise.all([
    work(),
    keepFlooding(owner, seen.owner),
    keepFlooding(viewer, seen.viewer),
    keepFlooding(stranger, seen.stranger),
    keepFlooding(invalid, refused),
  ]);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(seen).toEqual({
    owner: new Set([200, 429]),
    viewer: new Set([200, 429]),
    stranger: new Set([403]),
  });
  expect(refused).toEqual(new Set([401]));
});
