import { ASSUMPTIONS } from './assumptions';
import { MEASURED_CAPACITY, type MeasuredOperation, type Units } from './measured-capacity';

/** Requests of one kind in a month. */
interface Requests {
  readonly operation: MeasuredOperation;
  readonly count: number;
}

/** The use of a deployment in a month. */
export interface Workload {
  readonly name: string;
  readonly users: number;
  /** Requests of identity providers to the SCIM API. */
  readonly requests: readonly Requests[];
  /** License keys and notices. Each has an email. */
  readonly keys: number;
  readonly notices: number;
  readonly licenseChecks: number;
}

/** A deployment without users. */
export const IDLE: Workload = { name: 'idle', users: 0, requests: [], keys: 0, notices: 0, licenseChecks: 0 };

const changesOf = (users: number) => {
  const { joining, leaving, changing, changingGroups } = ASSUMPTIONS;
  return {
    joining: users * joining,
    leaving: users * leaving,
    changing: users * changing,
    changingGroups: users * changingGroups,
  };
};

/**
 * Entra ID with a cycle of 40 minutes. `share` is the share of the users that it looks up in each cycle: 0 if
 * its cycles are incremental, and 1 as the most, which is what a full cycle does.
 */
export function entra(users: number, share: number, licenseChecksPerUser: number): Workload {
  const { joining, leaving, changing, changingGroups } = changesOf(users);
  const { hoursPerMonth, entraCycleMinutes, usersPerGroup } = ASSUMPTIONS;
  const cycles = (hoursPerMonth * 60) / entraCycleMinutes;
  const changed = leaving + changing;
  return {
    name: share === 0 ? 'Entra, changes' : 'Entra, every user',
    users,
    requests: [
      { operation: 'find it by userName', count: users * share * cycles },
      { operation: 'get a group without members', count: (users / usersPerGroup) * share * cycles },
      // Before each write, Entra finds the user by the matching attribute and reads it.
      { operation: 'find no user of a userName', count: joining },
      { operation: 'create a user', count: joining },
      { operation: 'find it by userName', count: changed },
      { operation: 'get it by id', count: changed },
      { operation: 'change displayName (PATCH)', count: changing },
      { operation: 'deactivate (PATCH active)', count: leaving },
      { operation: 'get a group without members', count: changingGroups },
      { operation: 'add a member to a group', count: changingGroups },
    ],
    keys: joining,
    notices: leaving,
    licenseChecks: users * licenseChecksPerUser,
  };
}

/** Okta: pushes of changes, and full imports. It renames a group before each push of members. */
export function okta(users: number, licenseChecksPerUser: number): Workload {
  const { joining, leaving, changing, changingGroups } = changesOf(users);
  const pages = Math.ceil(users / 100) * ASSUMPTIONS.oktaImports;
  return {
    name: 'Okta',
    users,
    requests: [
      { operation: 'find no user of a userName', count: joining },
      { operation: 'create a user', count: joining },
      { operation: 'get it by id', count: leaving + changing },
      { operation: 'change displayName (PATCH)', count: changing },
      { operation: 'deactivate (PATCH active)', count: leaving },
      { operation: 'repeat the name of a group (PATCH)', count: changingGroups },
      { operation: 'add a member to a group', count: changingGroups },
      { operation: 'list a page of 100 users', count: pages },
    ],
    keys: joining,
    notices: leaving,
    licenseChecks: users * licenseChecksPerUser,
  };
}

/**
 * The events of each operation that has any: those of the user and of its license, or of the members of a
 * group.
 */
const EVENTS: Partial<Readonly<Record<MeasuredOperation, number>>> = {
  'create a user': 2,
  'change displayName (PATCH)': 1,
  'deactivate (PATCH active)': 2,
  'add a member to a group': 1,
};

/** Returns the events of a subscription of the whole deployment to all types. */
export const eventCount = ({ requests }: Workload): number =>
  requests.reduce((sum, { operation, count }) => sum + count * (EVENTS[operation] ?? 0), 0);

export const requestCount = ({ requests }: Workload): number =>
  requests.reduce((sum, { count }) => sum + count, 0);

/** Returns whether an operation changes no resource. A list may still leave a mark for its next page. */
export const isRead = (operation: MeasuredOperation): boolean =>
  /^(get|find|list) /.test(operation) || MEASURED_CAPACITY[operation].write === 0;

/** Returns the units that the requests consume, without those that count them against their rate plans. */
export function unitsOf({ requests }: Workload): Units {
  const sum = (side: keyof Units): number =>
    requests.reduce((total, { operation, count }) => total + count * MEASURED_CAPACITY[operation][side], 0);
  return { read: sum('read'), write: sum('write') };
}

/** The domains of the users. Each has a connection and administrators. */
export const domainsOf = ({ users }: Workload): number => Math.ceil(users / ASSUMPTIONS.usersPerDomain);
