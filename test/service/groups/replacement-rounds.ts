import { setTimeout as delay } from 'node:timers/promises';
import type { Json, Resource } from '../../../shared/scim/resource';
import { Groups } from '../../../shared/service/groups/groups';
import { patch, refs, type GroupsHarness } from '../../support/service/groups-harness';
import type { Random } from '../../support/random';
import { Killed, mortalTable } from '../../support/store/mortal-table';
import { RETENTION_DAYS } from '../../support/store/records';

/**
 * One round: some requests replace all members of a group at the same time, while single members join and
 * leave.
 */
export interface Round {
  readonly lists: number;
  readonly size: number;
  readonly singles: number;
  /** Whether the first request is killed at a random point, and sent again. */
  readonly kills: boolean;
}

/**
 * Runs one round, and returns what is wrong with the result: the members must be those of one list, except
 * for changes of single members. An ETag of a response that is still current must belong to its list.
 */
export async function runRound(
  harness: GroupsHarness,
  pool: readonly string[],
  round: Round,
  random: Random,
): Promise<string[]> {
  const shuffled = (from: readonly string[]): string[] =>
    from
      .map((id) => ({ id, key: random(1_000_000) }))
      .sort((a, b) => a.key - b.key)
      .map(({ id }) => id);
  const singles = shuffled(pool)
    .slice(0, round.singles)
    .map((id) => ({ id, joins: random(2) === 0 }));
  const lists = Array.from({ length: round.lists }, () => shuffled(pool).slice(0, round.size));
  const { id: groupId = '' } = (await harness.groups().create({
    displayName: `Group ${random(1_000_000_000)}`,
    members: refs(shuffled(pool).slice(0, round.size)),
  })) as {
    id?: string;
  };
  const pause = () => delay(random(40));

  const send = (list: readonly string[], isPut: boolean, groups: Groups): Promise<Resource | undefined> =>
    isPut
      ? groups.replace(groupId, { displayName: `List ${groupId}`, members: refs(list) })
      : groups.patch(groupId, patch({ op: 'replace', path: 'members', value: refs(list) }));
  const replace = async (list: readonly string[], at: number): Promise<Resource | undefined> => {
    const isPut = random(2) === 0;
    await pause();
    if (at === 0 && round.kills) {
      const calls = 1 + random(4 + Math.ceil(round.size / 30));
      const mortal = new Groups(mortalTable(harness.table, calls), RETENTION_DAYS, harness.caller);
      try {
        return await send(list, isPut, mortal);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      }
      await pause();
    }
    return send(list, isPut, harness.groups());
  };
  const single = async ({ id, joins }: { id: string; joins: boolean }): Promise<void> => {
    await pause();
    await pause();
    const op = joins ? 'add' : 'remove';
    await harness.groups().patch(groupId, patch({ op, path: 'members', value: refs([id]) }));
  };

  const [responses] = await Promise.all([Promise.all(lists.map(replace)), Promise.all(singles.map(single))]);
  const group = await harness.read(groupId);
  const members = new Set((group.members as { value: string }[]).map(({ value }) => value));
  const differences = lists.map((list) => differencesOf(list, members, singles));
  await harness.groups().delete(groupId);
  return [
    ...(differences.some((each) => each.length === 0)
      ? []
      : [
          `${JSON.stringify(round)}: the lists miss or have in excess ${differences.map(({ length }) => length).join(', ')}`,
        ]),
    ...responses.flatMap((response, at) => {
      const shown = (response?.members as { value: string }[] | undefined)?.map(({ value }) => value).sort();
      if (!shown || versionOf(response) !== versionOf(group)) return [];
      return JSON.stringify(shown) === JSON.stringify([...members].sort())
        ? []
        : [`${JSON.stringify(round)}: response ${at} has the current ETag and other members`];
    }),
  ];
}

const versionOf = (resource: Resource | undefined): Json | undefined =>
  (resource?.meta as { version?: string } | undefined)?.version;

/** Returns the members that a list lacks or has in excess, and that no single change explains. */
function differencesOf(
  list: readonly string[],
  members: ReadonlySet<string>,
  singles: readonly { id: string; joins: boolean }[],
): string[] {
  const explained = (id: string, joins: boolean) =>
    singles.some((single) => single.id === id && single.joins === joins);
  return [
    ...list.filter((id) => !members.has(id) && !explained(id, false)),
    ...[...members].filter((id) => !list.includes(id) && !explained(id, true)),
  ];
}
