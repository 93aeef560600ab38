import { SIMULATED_SUFFIX } from '../scim/simulated-suffix';
import type { ProviderId } from './provider-id';

/**
 * The prefix of the names of all test users and groups. The next run finds those of an interrupted run by it.
 */
export const NAME_PREFIX = 'simulation-';

/** A user or a group that a simulation creates. */
export interface TestResource {
  /** The id that the service gave. Undefined until the response to the creation arrives. */
  id?: string;
  /** Whether the request that creates it was sent. It may exist then, even without an id. */
  isSent?: boolean;
}

/** A user of a simulation. */
export interface TestUser extends TestResource {
  readonly userName: string;
  readonly externalId: string;
  readonly givenName: string;
  readonly familyName: string;
  /** The user as the service showed it last. */
  shown?: Readonly<Record<string, unknown>>;
}

/** The group of a simulation. */
interface TestGroup extends TestResource {
  readonly displayName: string;
  readonly externalId: string;
}

/** The users and the group of one simulation. */
export interface Run {
  readonly users: readonly TestUser[];
  readonly group: TestGroup;
  /** A UUID that names nothing in the service. */
  readonly unknownId: string;
}

/**
 * Returns the users and the group of a new simulation. `uuid` makes their names differ from those of other
 * runs.
 */
export function newRun(provider: ProviderId, users: number, uuid: string): Run {
  const name = `${NAME_PREFIX}${provider}-${uuid.slice(0, 8)}`;
  return {
    users: Array.from({ length: users }, (_, at) => ({
      userName: `${name}-${at + 1}${SIMULATED_SUFFIX}`,
      externalId: `${name}-${at + 1}`,
      givenName: 'Test',
      familyName: `User ${at + 1}`,
    })),
    group: { displayName: `${name}-group${SIMULATED_SUFFIX}`, externalId: `${name}-group` },
    unknownId: uuid,
  };
}

/** Returns whether a name is that of a user or a group of a simulation. */
export const isSimulationName = (name: unknown): boolean =>
  typeof name === 'string' && name.startsWith(NAME_PREFIX) && name.endsWith(SIMULATED_SUFFIX);
