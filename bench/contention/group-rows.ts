import { Groups } from '../../shared/service/groups/groups';
import type { BenchDomain } from './bench-domain';
import type { LoadSize, Row } from './row';

const TARGETS = { maxTries: 1.1, maxSlowdown: 1.5 } as const;

const refs = (ids: readonly string[]) => ids.map((value) => ({ value }));

/** A group, users who are its members, and users who are not. */
interface PreparedGroup {
  readonly groupId: string;
  readonly members: string[];
  readonly others: string[];
}

async function prepareGroup(
  domain: BenchDomain,
  counts: { readonly members: number; readonly others: number },
): Promise<PreparedGroup> {
  const userIds = await domain.createUsers(counts.members + counts.others, { active: false });
  const members = userIds.slice(0, counts.members);
  const group = await new Groups(domain.table, 1, domain.caller).create({
    displayName: 'Everyone',
    members: refs(members),
  });
  return { groupId: group.id, members, others: userIds.slice(counts.members) };
}

async function change(
  domain: BenchDomain,
  groupId: string,
  op: 'add' | 'remove',
  from: string[],
): Promise<number> {
  const members = from.splice(0, 1);
  const body = { Operations: [{ op, path: 'members', value: refs(members) }] };
  return (await domain.request('PATCH', `/Groups/${groupId}`, body)).status;
}

const row = (
  name: string,
  countsOf: (size: LoadSize) => { readonly members: number; readonly others: number },
  opOf: (at: number) => 'add' | 'remove',
): Row => ({
  name,
  ...TARGETS,
  prepare: async (createDomain, size) => {
    const domain = await createDomain();
    const { groupId, members, others } = await prepareGroup(domain, countsOf(size));
    const send = (at: number) => {
      const op = opOf(at);
      return change(domain, groupId, op, op === 'add' ? others : members);
    };
    return [domain, { send }];
  },
});

/** Loads on the members of one group, which is not spread at the start. */
export const GROUP_ROWS: readonly Row[] = [
  row(
    'members into one group',
    ({ requests }) => ({ members: 0, others: requests }),
    () => 'add',
  ),
  row(
    'members out of one group',
    ({ requests }) => ({ members: requests, others: 0 }),
    () => 'remove',
  ),
  row(
    'members into and out of one group',
    ({ requests }) => ({ members: requests, others: requests }),
    (at) => (at % 2 === 0 ? 'add' : 'remove'),
  ),
];
