import type { LicenseRecord } from '../../store/licenses/license-record';
import { mailKeyOf, readMailItem, type MailItem } from '../../store/mail/mail-item';
import { MappingStore } from '../../store/mappings/mapping-store';
import { MembershipStore } from '../../store/groups/membership';
import { ResourceStore } from '../../store/resources/resource-store';
import type { Table } from '../../store/table/table';
import type { AppliesAdministrators } from '../administrators/mapped-administrator';
import { evaluateDomain } from './domain-evaluation';
import { isNamedBy, MappedGroups, wasNamedBy } from './mapped-groups';
import type { MappingTask } from './mapping-task';
import { UserEvaluation } from './user-evaluation';

/** The number of users that are read at once. */
const BATCH_SIZE = 100;

export interface MappingWorkerOptions {
  readonly table: Table;
  readonly administrators: AppliesAdministrators;
  readonly auditRetentionDays: number;
  readonly keyGraceDays: number;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  readonly isTimeUp: () => boolean;
  /** Called with the number of licenses that were changed. */
  readonly onChanged: (licenses: number) => void;
}

/** Does a task. Returns the rest of it if the time is up; undefined if it is finished. */
export async function runMappingTask(
  task: MappingTask,
  options: MappingWorkerOptions,
): Promise<MappingTask | undefined> {
  const worker = new MappingWorker(task.domainId, options);
  if ('userIds' in task) return worker.evaluateUsers(task);
  if ('groupId' in task) return worker.evaluateGroup(task);
  return worker.evaluateAll(task);
}

class MappingWorker {
  private readonly mappings: MappingStore;
  private readonly groups: ResourceStore;
  private readonly mappedGroups: MappedGroups;
  private readonly evaluation: UserEvaluation;

  constructor(
    private readonly domainId: string,
    private readonly options: MappingWorkerOptions,
  ) {
    const { table } = options;
    this.mappings = new MappingStore(table, domainId);
    this.groups = new ResourceStore(table, domainId, 'GROUP');
    this.mappedGroups = new MappedGroups({ mappings: this.mappings, groups: this.groups });
    this.evaluation = new UserEvaluation({
      ...options,
      mappings: this.mappings,
      readMail: (license) => readMail(table, license),
    });
  }

  async evaluateUsers(
    task: Extract<MappingTask, { userIds: readonly string[] }>,
  ): Promise<MappingTask | undefined> {
    for (let first = 0; first < task.userIds.length; first += BATCH_SIZE) {
      if (first > 0 && this.options.isTimeUp()) return { ...task, userIds: task.userIds.slice(first) };
      const state = await this.mappings.state();
      if (!state) return undefined;
      const ids = task.userIds.slice(first, first + BATCH_SIZE);
      const before = new Map(Object.entries(task.before ?? {}));
      this.options.onChanged(await this.evaluation.evaluate(state, ids, { kind: 'users', before }));
    }
    return undefined;
  }

  /** The members of a group are evaluated if a mapping names the group, or named it before its change. */
  async evaluateGroup(task: Extract<MappingTask, { groupId: string }>): Promise<MappingTask | undefined> {
    const { groupId, names } = task;
    let state = await this.mappedGroups.refresh(groupId);
    if (!state) return undefined;
    const { mappings } = state.record;
    const current = state.groups.find((each) => each.groupId === groupId);
    if (!wasNamedBy(mappings, names) && !(current && isNamedBy(mappings, current))) return undefined;
    const memberships = new MembershipStore(this.options.table, this.domainId);
    for (let after = task.after; state;) {
      const { members, next } = await memberships.page(groupId, BATCH_SIZE, after);
      const ids = members.map(({ userId }) => userId);
      const cause = { kind: 'group', groupId, names } as const;
      this.options.onChanged(await this.evaluation.evaluate(state, ids, cause));
      if (next === undefined) return undefined;
      if (this.options.isTimeUp()) return { ...task, after: next };
      after = next;
      state = await this.mappings.state();
    }
    return undefined;
  }

  async evaluateAll(task: Extract<MappingTask, { evaluates: number }>): Promise<MappingTask | undefined> {
    const outcome = await evaluateDomain(task.evaluates, {
      ...this.options,
      mappings: this.mappings,
      mappedGroups: this.mappedGroups,
      users: new ResourceStore(this.options.table, this.domainId, 'USER'),
      groups: this.groups,
      evaluation: {
        evaluate: async (...parameters) => {
          const changed = await this.evaluation.evaluate(...parameters);
          this.options.onChanged(changed);
          return changed;
        },
      },
    });
    return outcome === 'finished' ? undefined : task;
  }
}

/** Reads the email of the last change of a license. */
async function readMail(
  table: Table,
  { domainId, userId, changeId: mailId }: LicenseRecord,
): Promise<MailItem | undefined> {
  if (mailId === undefined) return undefined;
  const item = await table.get(mailKeyOf({ domainId, userId, mailId }));
  return item && readMailItem(domainId, item);
}
