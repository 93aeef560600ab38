import { explainStatus, type Explanation } from './explain-status';
import { valueAt } from './expectation';
import { isSimulationName, NAME_PREFIX } from './run-state';
import { say, type Said } from './texts/say';
import { Unreachable, type Send, type SimulatedRequest, type SimulatedResponse } from './wire';

const PAGE_SIZE = 100;
/** A page with more names of others than this ends the search. Nobody else should use the prefix. */
const MAX_PAGES = 20;
/** The statuses after which a resource no longer exists. Another simulation may have deleted it before. */
const DELETED = [200, 204, 404];

/** The result of the removal. */
interface Removal {
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly requests: number;
  readonly problem?: Said;
  readonly remedy?: Said;
}

/**
 * Deletes the users and groups of simulations that did not finish. It finds them by the beginning of their
 * names, and so reads no other users. A service that does not support such a filter keeps them. Fails with
 * the first refused deletion, after it has tried the others.
 */
export async function removeEarlierRuns(send: Send): Promise<Removal> {
  const counter = { requests: 0 };
  const counted: Send = (request) => {
    counter.requests += 1;
    return send(request);
  };
  try {
    let refused: Explanation | undefined;
    // Groups come first, because the deletion of a user in many groups takes longer.
    for (const [path, attribute] of [
      ['/Groups', 'displayName'],
      ['/Users', 'userName'],
    ] as const) {
      const { search, deletion } = await removeAll(counted, path, attribute);
      if (search) return { ...search, requests: counter.requests };
      refused ??= deletion;
    }
    return { status: refused ? 'failed' : 'passed', requests: counter.requests, ...refused };
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return {
      status: 'failed',
      requests: counter.requests,
      problem: error.reason,
      remedy: say('Check the base URL and the network.'),
    };
  }
}

/** The requests that the service refused. */
interface Refusals {
  /** The search for resources, after which none are left to delete. */
  readonly search?: Omit<Removal, 'requests'>;
  /** The first deletion. */
  readonly deletion?: Explanation;
}

async function removeAll(send: Send, path: string, attribute: string): Promise<Refusals> {
  const filter = encodeURIComponent(`${attribute} sw "${NAME_PREFIX}"`);
  let deletion: Explanation | undefined;
  let startIndex = 1;
  for (let page = 0; page < MAX_PAGES; page++) {
    const request = {
      method: 'GET',
      path: `${path}?filter=${filter}&attributes=${attribute}&startIndex=${startIndex}&count=${PAGE_SIZE}`,
    };
    const response = await send(request);
    if (response.status !== 200) return { search: refusedSearch(request, response) };
    const found = valueAt(response.body, ['Resources']);
    const resources = Array.isArray(found) ? found : [];
    const leftovers = resources
      .filter((resource) => isSimulationName(valueAt(resource, [attribute])))
      .flatMap((resource) => idOf(resource) ?? []);
    const refused: Explanation[] = [];
    for (const id of leftovers) refused.push(...(await remove(send, `${path}/${encodeURIComponent(id)}`)));
    deletion ??= refused[0];
    const isRefusingAll = leftovers.length > 0 && refused.length === leftovers.length;
    if (resources.length < PAGE_SIZE || isRefusingAll) break;
    // The next page begins after the resources that still exist.
    startIndex += resources.length - leftovers.length + refused.length;
  }
  return { deletion };
}

function idOf(resource: unknown): string | undefined {
  const id = valueAt(resource, ['id']);
  return typeof id === 'string' ? id : undefined;
}

/** Returns the explanation if the service refuses the deletion, or nothing. */
async function remove(send: Send, path: string): Promise<Explanation[]> {
  const request = { method: 'DELETE', path };
  const response = await send(request);
  return DELETED.includes(response.status) ? [] : [explainStatus(request, response, [204])];
}

function refusedSearch(request: SimulatedRequest, response: SimulatedResponse): Omit<Removal, 'requests'> {
  if (![400, 404, 501].includes(response.status))
    return { status: 'failed', ...explainStatus(request, response, [200]) };
  return {
    status: 'skipped',
    problem: say(
      'The service cannot search for names that begin with "{prefix}", so earlier runs are not looked for.',
      { prefix: NAME_PREFIX },
    ),
  };
}
