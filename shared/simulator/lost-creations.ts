import { valueAt } from './expectation';
import type { Run, TestResource } from './run-state';
import { filterOf } from './steps';
import { Unreachable, type Send } from './wire';

/**
 * Finds the test users and the group whose creation was sent, but whose id did not arrive, for example
 * because the connection broke off. The cleanup deletes resources by their ids. A resource that is not found
 * stays until the next simulation.
 */
export async function findLostCreations({ users, group }: Run, send: Send): Promise<void> {
  try {
    for (const user of users) await findId(user, '/Users', 'userName', user.userName, send);
    await findId(group, '/Groups', 'displayName', group.displayName, send);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
  }
}

async function findId(
  resource: TestResource,
  path: string,
  attribute: string,
  name: string,
  send: Send,
): Promise<void> {
  if (!resource.isSent || resource.id !== undefined) return;
  const { body } = await send({ method: 'GET', path: `${path}?${filterOf(attribute, name, '%20')}` });
  const found = valueAt(body, ['Resources']);
  // A service that ignores the filter returns resources of others.
  const resources: readonly unknown[] = Array.isArray(found) ? found : [];
  const own = resources.find((each) => isNamed(valueAt(each, [attribute]), name));
  const id = valueAt(own, ['id']);
  if (typeof id === 'string' || typeof id === 'number') resource.id = String(id);
}

const isNamed = (found: unknown, name: string): boolean =>
  typeof found === 'string' && found.toLowerCase() === name.toLowerCase();
