import { explainStatus } from './explain-status';
import { valueAt } from './expectation';
import { isSimulationName, NAME_PREFIX } from './run-state';
import { say, type Said } from './texts/say';
import { Unreachable, type Send } from './wire';

const PAGE_SIZE = 100;
/** A page with more names of others than this ends the search. Nobody else should use the prefix. */
const MAX_PAGES = 20;

/** The result of the removal. */
interface Removal {
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly requests: number;
  readonly problem?: Said;
  readonly remedy?: Said;
}

/**
 * Deletes the users and groups of simulations that did not finish. It finds them by the beginning of their
 * names, and so reads no other users. A service that does not support such a filter keeps them.
 */
export async function removeEarlierRuns(send: Send): Promise<Removal> {
  const counter = { requests: 0 };
  const counted: Send = (request) => {
    counter.requests += 1;
    return send(request);
  };
  try {
    // Groups come first, because the deletion of a user in many groups takes longer.
    for (const [path, attribute] of [
      ['/Groups', 'displayName'],
      ['/Users', 'userName'],
    ] as const) {
      const refusal = await removeAll(counted, path, attribute);
      if (refusal) return { ...refusal, requests: counter.requests };
    }
    return { status: 'passed', requests: counter.requests };
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

async function removeAll(
  send: Send,
  path: string,
  attribute: string,
): Promise<Omit<Removal, 'requests'> | undefined> {
  const filter = encodeURIComponent(`${attribute} sw "${NAME_PREFIX}"`);
  let startIndex = 1;
  for (let page = 0; page < MAX_PAGES; page++) {
    const request = {
      method: 'GET',
      path: `${path}?filter=${filter}&attributes=${attribute}&startIndex=${startIndex}&count=${PAGE_SIZE}`,
    };
    const response = await send(request);
    if ([400, 404, 501].includes(response.status))
      return {
        status: 'skipped',
        problem: say(
          'The service cannot search for names that begin with "{prefix}", so earlier runs are not looked for.',
          { prefix: NAME_PREFIX },
        ),
      };
    if (response.status !== 200) return { status: 'failed', ...explainStatus(request, response, [200]) };
    const found = valueAt(response.body, ['Resources']);
    const resources = Array.isArray(found) ? found : [];
    let kept = 0;
    for (const resource of resources) {
      const id = valueAt(resource, ['id']);
      if (typeof id !== 'string' || !isSimulationName(valueAt(resource, [attribute]))) kept++;
      else await send({ method: 'DELETE', path: `${path}/${encodeURIComponent(id)}` });
    }
    if (resources.length < PAGE_SIZE) return undefined;
    startIndex += kept;
  }
  return undefined;
}
