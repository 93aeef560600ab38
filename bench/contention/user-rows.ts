import { newId } from '../../shared/id';
import type { BenchDomain } from './bench-domain';
import type { Load, LoadSize, Row } from './row';

const TARGETS = { maxTries: 1.2, maxSlowdown: 1.5 } as const;
const CREATION_TARGETS = { maxTries: 1.1, maxSlowdown: 1.5 } as const;
/** The free seats of a domain whose seats are nearly used up. */
const FEW_SEATS = 8;
const BULK_OPERATIONS = 500;

const newUser = (): object => ({
  userName: `${newId()}@example.com`,
  emails: [{ value: `${newId()}@example.com` }],
});
const replace = (value: object): object => ({ Operations: [{ op: 'replace', value }] });

const create = async (domain: BenchDomain): Promise<number> =>
  (await domain.request('POST', '/Users', newUser())).status;
const patch = async (domain: BenchDomain, id: string | undefined, value: object): Promise<number> =>
  (await domain.request('PATCH', `/Users/${id}`, replace(value))).status;

const creations = (domain: BenchDomain): Load => ({ send: () => create(domain) });

/** Each creation takes one of the few free seats, and the deactivation of another user frees one. */
async function creationsWithFewSeats(domain: BenchDomain, { requests }: LoadSize): Promise<Load> {
  const taken = await domain.createUsers(requests);
  return {
    send: async () => {
      await patch(domain, taken.pop(), { active: false });
      return create(domain);
    },
  };
}

async function mixed(domain: BenchDomain, { requests }: LoadSize): Promise<Load> {
  const each = Math.ceil(requests / 5);
  const active = await domain.createUsers(3 * each);
  const inactive = await domain.createUsers(each, { active: false });
  const next = [
    () => create(domain),
    () => patch(domain, active.pop(), { active: false }),
    () => patch(domain, active.pop(), { displayName: 'Jane Doe' }),
    () => patch(domain, inactive.pop(), { active: true }),
    async () => (await domain.request('DELETE', `/Users/${active.pop()}`)).status,
  ];
  return { send: (at) => (next[at % next.length] as () => Promise<number>)() };
}

/** A deactivation, a rename, and an activation in turn, each of another user. */
async function changes(domain: BenchDomain, { requests }: LoadSize): Promise<Load> {
  const each = Math.ceil(requests / 3);
  const active = await domain.createUsers(2 * each);
  const inactive = await domain.createUsers(each, { active: false });
  const next = [
    () => patch(domain, active.pop(), { active: false }),
    () => patch(domain, active.pop(), { displayName: 'Jane Doe' }),
    () => patch(domain, inactive.pop(), { active: true }),
  ];
  return { send: (at) => (next[at % next.length] as () => Promise<number>)() };
}

async function runBulks(domain: BenchDomain, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const Operations = Array.from({ length: BULK_OPERATIONS }, (_, at) => ({
      ...{ method: 'POST', path: '/Users', bulkId: String(at) },
      data: newUser(),
    }));
    const { status } = await domain.request('POST', '/Bulk', { Operations });
    if (status !== 200 && status !== 503) throw new Error(`A bulk returned ${status}.`);
  }
}

/** Loads on users and their licenses. */
export const USER_ROWS: readonly Row[] = [
  {
    name: 'creations, no seats',
    ...CREATION_TARGETS,
    prepare: async (createDomain) => {
      const domain = await createDomain();
      return [domain, creations(domain)];
    },
  },
  {
    name: 'creations, seats to spare',
    ...CREATION_TARGETS,
    prepare: async (createDomain, { requests }) => {
      const domain = await createDomain({ seats: 10 * requests, seatPolicy: 'refuse' });
      return [domain, creations(domain)];
    },
  },
  {
    name: 'creations, the last seats',
    ...CREATION_TARGETS,
    prepare: async (createDomain, { requests }) => {
      const domain = await createDomain({ seats: requests, seatPolicy: 'refuse' });
      return [domain, creations(domain)];
    },
  },
  {
    name: 'creations after a deactivation, few free seats',
    ...CREATION_TARGETS,
    prepare: async (createDomain, size) => {
      const domain = await createDomain({ seats: size.requests + FEW_SEATS, seatPolicy: 'refuse' });
      return [domain, await creationsWithFewSeats(domain, size)];
    },
  },
  {
    name: 'deactivations',
    ...TARGETS,
    prepare: async (createDomain, { requests }) => {
      const domain = await createDomain();
      const users = await domain.createUsers(requests);
      return [domain, { send: () => patch(domain, users.pop(), { active: false }) }];
    },
  },
  {
    name: 'mixed',
    ...TARGETS,
    prepare: async (createDomain, size) => {
      const domain = await createDomain();
      return [domain, await mixed(domain, size)];
    },
  },
  {
    name: `creations next to bulks of ${BULK_OPERATIONS}`,
    ...TARGETS,
    prepare: async (createDomain) => {
      const domain = await createDomain();
      return [domain, { ...creations(domain), background: (isOver) => runBulks(domain, isOver) }];
    },
  },
  {
    name: `PATCHes next to bulks of ${BULK_OPERATIONS}`,
    ...TARGETS,
    prepare: async (createDomain, size) => {
      const domain = await createDomain();
      const load = await changes(domain, size);
      return [domain, { ...load, background: (isOver) => runBulks(domain, isOver) }];
    },
  },
];
