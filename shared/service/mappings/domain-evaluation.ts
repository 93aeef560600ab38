import type { EvaluationRecord } from '../../store/mappings/mapping-items';
import { namesGroups, type MappingState, type MappingStore } from '../../store/mappings/mapping-store';
import type { ResourceStore } from '../../store/resources/resource-store';
import { currentGroup, isNamedBy, type MappedGroups } from './mapped-groups';
import type { UserEvaluation } from './user-evaluation';

/** The number of users or groups between two stores of the progress. */
const PAGE_SIZE = 100;

/** The time between the starts of two pages, each about 50 read units. */
const PAGE_INTERVAL_MS = 100;

/**
 * The time that a changed license takes at least. It costs four write units of the partition of the domain's
 * audit events, and as many of that of its licenses. At 250 a second, half of each partition is left to
 * requests.
 */
const CHANGE_INTERVAL_MS = 4;

export interface DomainEvaluationDependencies {
  readonly mappings: Pick<MappingStore, 'state' | 'evaluation' | 'advance' | 'groups' | 'groupsFound'>;
  readonly mappedGroups: Pick<MappedGroups, 'refresh'>;
  readonly users: Pick<ResourceStore, 'page'>;
  readonly groups: Pick<ResourceStore, 'page'>;
  readonly evaluation: Pick<UserEvaluation, 'evaluate'>;
  readonly isTimeUp: () => boolean;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * Evaluates all users of a domain after a change of its mappings: first finds the groups that mappings name,
 * then evaluates the users page by page. The progress is stored with each page, so another call continues
 * after this one ends or dies. A page may be done twice. Users who are created meanwhile have their own
 * tasks.
 */
export async function evaluateDomain(
  version: number,
  dependencies: DomainEvaluationDependencies,
): Promise<'finished' | 'unfinished'> {
  const { mappings, isTimeUp, now, sleep } = dependencies;
  let next = 0;
  for (;;) {
    const progress = await mappings.evaluation();
    const state = await mappings.state();
    // Newer mappings have a task of their own.
    if (!progress || !state || progress.version !== version || state.record.version !== version)
      return 'finished';
    if (progress.phase === 'finished') return 'finished';
    await sleep(Math.max(0, next - now().getTime()));
    if (isTimeUp()) return 'unfinished';
    const started = now().getTime();
    const { after, changed } =
      progress.phase === 'groups'
        ? { after: await findGroups(progress, state, dependencies), changed: 0 }
        : await evaluateUsers(progress, state, dependencies);
    next = started + Math.max(PAGE_INTERVAL_MS, changed * CHANGE_INTERVAL_MS);
    // If another call has come further, this one continues from there.
    await mappings.advance(progress, { ...after, advancedAt: now().toISOString() });
  }
}

async function findGroups(
  progress: EvaluationRecord,
  state: MappingState,
  { mappings, groups, mappedGroups }: DomainEvaluationDependencies,
): Promise<EvaluationRecord> {
  const { after: _, ...others } = progress;
  const done: EvaluationRecord = { ...others, phase: 'users' };
  if (progress.after === undefined) {
    // Those of earlier mappings, and those of groups that were deleted meanwhile.
    for (const { groupId } of await mappings.groups()) await mappedGroups.refresh(groupId);
  }
  if (!namesGroups(state.record.mappings)) return done;
  const page = await groups.page(PAGE_SIZE, progress.after);
  for (const record of page.records)
    if (isNamedBy(state.record.mappings, currentGroup(record))) await mappedGroups.refresh(record.id);
  if (page.next !== undefined) return { ...progress, after: page.next };
  await mappings.groupsFound(progress.version);
  return done;
}

async function evaluateUsers(
  progress: EvaluationRecord,
  state: MappingState,
  { users, evaluation, now }: DomainEvaluationDependencies,
): Promise<{ after: EvaluationRecord; changed: number }> {
  const { after, ...others } = progress;
  const page = await users.page(PAGE_SIZE, after);
  const ids = page.records.map(({ id }) => id);
  const changed = await evaluation.evaluate(state, ids, { kind: 'mappings' });
  const done = progress.done + page.records.length;
  if (page.next !== undefined) return { after: { ...others, after: page.next, done }, changed };
  return { after: { ...others, phase: 'finished', done, finishedAt: now().toISOString() }, changed };
}
