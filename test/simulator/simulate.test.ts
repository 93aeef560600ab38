import { PROVIDER_IDS, type ProviderId } from '../../shared/simulator/provider-id';
import type { SimulatedResponse } from '../../shared/simulator/wire';
import { failures, runSimulation, sendTo, titlesOf } from '../support/simulator/run';
import { type Faults, serveSmallService, type SmallService } from '../support/simulator/small-service';

let service: SmallService | undefined;
afterEach(async () => {
  await service?.close();
  service = undefined;
});

async function run(
  provider: ProviderId,
  faults: Faults = {},
  more: Parameters<typeof runSimulation>[2] = {},
) {
  service = await serveSmallService(faults);
  return runSimulation(provider, { baseUrl: service.url }, more);
}

const left = () => [...service!.resources.Users.values(), ...service!.resources.Groups.values()];

describe.each(PROVIDER_IDS)('the simulation of %s', (provider) => {
  it('passes on a service that does everything right, and deletes what it created', async () => {
    const results = await run(provider);
    expect(failures(results)).toEqual([]);
    expect(titlesOf(results, 'skipped')).toEqual([]);
    expect(new Set(results.map(({ phase }) => phase))).toEqual(
      new Set(['test connection', 'match', 'create', 'update', 'group push', 'deactivate', 'cleanup']),
    );
    expect(left()).toEqual([]);
  });

  it('sends one request for each user in the steps that are repeated', async () => {
    const results = await run(provider, {}, { users: 5 });
    expect(results.find(({ title }) => title === 'Create the user')?.requests).toBe(5);
    expect(failures(results)).toEqual([]);
  });
});

describe('the explanation of a failed step', () => {
  it.each<[string, ProviderId, Faults, string, RegExp, RegExp]>([
    [
      'a search without a result that returns 404',
      'entra',
      { notFoundForNoResult: true },
      'Search for a user that does not exist',
      /returned 404 instead of 200: Nothing\./,
      /without a result returns 200 with an empty list/,
    ],
    [
      'a filter that is ignored',
      'okta',
      { ignoresFilter: true },
      'Find the user in capitals',
      /found 2 results instead of 1/,
      /compare userName without case/,
    ],
    [
      'a deactivation that is not stored',
      'okta',
      { keepsActive: true },
      'Deactivate the user',
      /active is true instead of false/,
      /people who leave keep their access/,
    ],
    [
      '"False" that is stored as text',
      'entra',
      { storesActiveAsText: true },
      'Disable the user, with "False" as text',
      /active is "False" instead of false/,
      /JSON boolean false/,
    ],
    [
      'a removal that empties the group',
      'jumpcloud',
      { emptiesGroup: true },
      'Count the other members',
      /has 0 members instead of 1/,
      /removes only these/,
    ],
    [
      'a duplicate that is created',
      'okta',
      { allowsDuplicates: true },
      'Create the same user again',
      /returned 201 instead of 409/,
      /Refuse a second user/,
    ],
    [
      'an inactive user whom a search does not find',
      'entra',
      { hidesInactive: true },
      'Find the disabled user',
      /found 0 results instead of 1/,
      /also inactive ones/,
    ],
    ['a creation without an id', 'onelogin', { omitsId: true }, 'Create the user', /no id/, /stores the id/],
    [
      'PATCH that is missing',
      'keycloak',
      { refusesPatch: true },
      'Change attributes with a value that is JSON text',
      /returned 501 instead of 200 or 204/,
      /Implement PATCH/,
    ],
    [
      'a credential that is not accepted',
      'okta',
      { always: { status: 401, type: 'application/scim+json', body: '{}' } },
      'List users',
      /returned 401/,
      /credential is not accepted/,
    ],
    [
      'a redirect',
      'okta',
      { always: { status: 307, location: 'https://login.example.com/' } },
      'List users',
      /returned 307/,
      /do not follow redirects.*https:\/\/login\.example\.com\//,
    ],
    [
      'a web page instead of JSON',
      'okta',
      { always: { status: 200, body: '<html></html>' } },
      'List users',
      /not a JSON object, but text\/html/,
      /sign-in page/,
    ],
    [
      'a service that fails',
      'okta',
      { always: { status: 500, type: 'application/json', body: '{}' } },
      'List users',
      /returned 500/,
      /in its logs/,
    ],
  ])('names %s', async (_, provider, faults, title, problem, remedy) => {
    const found = failures(await run(provider, faults)).find((each) => each.title === title);
    expect(found?.problem).toMatch(problem);
    expect(found?.remedy).toMatch(remedy);
  });

  it('says that nothing responds', async () => {
    const results = await runSimulation('okta', { baseUrl: 'http://127.0.0.1:1' });
    expect(failures(results)[0]?.problem).toMatch(/did not respond/);
    expect(titlesOf(results, 'passed')).toEqual([]);
  });
});

it('deletes what was created even if the response was wrong', async () => {
  await run('okta', { keepsActive: true, hidesInactive: true });
  expect(left()).toEqual([]);
});

it.each<Faults>([{ breaksOffCreations: true }, { breaksOffCreations: true, ignoresFilter: true }])(
  'explains a response that breaks off, and deletes only the user that was created nevertheless (%j)',
  async (faults) => {
    service = await serveSmallService(faults);
    const { Users } = service.resources;
    Users.set('a', { id: 'a', userName: 'ada@example.com' });
    const results = await runSimulation('okta', { baseUrl: service.url });
    const creation = results.find(({ title }) => title === 'Create the user');
    expect(creation?.problem).toMatch(/did not respond to POST \/Users/);
    expect(titlesOf(results, 'passed')).toContain('Delete the user');
    expect([...Users.keys()]).toEqual(['a']);
  },
);

it('reports a deletion that failed, and still deletes the other users', async () => {
  service = await serveSmallService();
  const send = sendTo(service.url);
  let deletions = 0;
  const results = await runSimulation(
    'okta',
    { baseUrl: service.url },
    {
      users: 3,
      send: (request) =>
        request.method === 'DELETE' && request.path.startsWith('/Users/') && ++deletions === 1
          ? Promise.resolve({ status: 500, type: 'application/scim+json', body: {}, isEmpty: false })
          : send(request),
    },
  );
  expect(failures(results)).toMatchObject([
    { title: 'Delete the user', problem: expect.stringContaining('returned 500') as string },
    { title: 'Read the deleted user' },
  ]);
  expect(left()).toHaveLength(1);
});

it('deletes users and groups that an interrupted simulation left, and nothing else', async () => {
  service = await serveSmallService();
  const { Users, Groups } = service.resources;
  Users.set('a', { id: 'a', userName: 'simulation-okta-00000000-1@simulator.invalid' });
  Users.set('b', { id: 'b', userName: 'simulation-study@example.com' });
  Users.set('c', { id: 'c', userName: 'ada@simulator.invalid' });
  Groups.set('d', { id: 'd', displayName: 'simulation-okta-00000000-group@simulator.invalid' });
  expect(failures(await runSimulation('okta', { baseUrl: service.url }))).toEqual([]);
  expect([...Users.keys(), ...Groups.keys()]).toEqual(['b', 'c']);
});

/** Returns the page of a list that the request wants. The small service returns all pages at once. */
function pageOf(path: string, response: SimulatedResponse): SimulatedResponse {
  const query = new URLSearchParams(path.split('?')[1]);
  const { Resources } = (response.body ?? {}) as { Resources?: unknown[] };
  if (!query.has('startIndex') || !Resources) return response;
  const first = Number(query.get('startIndex')) - 1;
  const page = Resources.slice(first, first + Number(query.get('count')));
  return { ...response, body: { ...(response.body as object), Resources: page } };
}

describe('what an interrupted simulation left and the service does not delete', () => {
  const refusedBy = async (leftovers: number, refuses: (id: string) => boolean) => {
    service = await serveSmallService();
    const { Users } = service.resources;
    for (let at = 0; at < leftovers; at++)
      Users.set(`u${at}`, { id: `u${at}`, userName: `simulation-okta-00000000-${at}@simulator.invalid` });
    const send = sendTo(service.url);
    const sent: string[] = [];
    const results = await runSimulation(
      'okta',
      { baseUrl: service.url },
      {
        send: async (request) => {
          sent.push(`${request.method} ${request.path.split('?')[0]}`);
          const id = /^\/Users\/(u\d+)$/.exec(request.path)?.[1];
          if (request.method === 'DELETE' && id !== undefined && refuses(id))
            return { status: 403, type: 'application/scim+json', body: {}, isEmpty: false };
          return pageOf(request.path, await send(request));
        },
      },
    );
    return {
      results,
      left: [...Users.keys()],
      deletions: sent.filter((line) => /^DELETE .*\/u\d/.test(line)),
    };
  };

  it('is reported with the reason, and the others are deleted', async () => {
    const { results, left: kept } = await refusedBy(3, (id) => id === 'u1');
    expect(failures(results)).toMatchObject([
      {
        title: 'Delete what an interrupted simulation left',
        problem: 'DELETE /Users/u1 returned 403 instead of 204',
        remedy: expect.stringMatching(/permission to read and change users/) as string,
      },
    ]);
    expect(kept).toEqual(['u1']);
  });

  it('does not hide the leftovers on the next page', async () => {
    const { left: kept, deletions } = await refusedBy(150, (id) => id === 'u1' || id === 'u120');
    expect(kept).toEqual(['u1', 'u120']);
    expect(deletions).toHaveLength(150);
  });

  it('is not tried again and again', async () => {
    const { results, deletions } = await refusedBy(250, () => true);
    expect(failures(results)).toHaveLength(1);
    expect(deletions).toHaveLength(100);
  });
});

it('runs only the cleanup after an interruption', async () => {
  const interrupted = new AbortController();
  const results = await run(
    'okta',
    {},
    {
      signal: interrupted.signal,
      onProgress: ({ title }) => title === 'Add the members' && interrupted.abort(),
    },
  );
  expect(results.at(-1)?.phase).toBe('cleanup');
  expect(titlesOf(results, 'passed')).not.toContain('Deactivate the user');
  expect(left()).toEqual([]);
});
