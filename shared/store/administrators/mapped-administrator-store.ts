import { auditWrite, type AuditEvent } from '../audit/audit';
import { addressKeyOf } from '../mail/address-key';
import {
  accountCheckKey,
  administratorTaskKey,
  ADMINISTRATOR_TASKS_PARTITION,
  mappedAdministratorKey,
  mappedAdministratorsPartition,
  mappedInvitedKey,
  mappedRoleKey,
  profileKey,
} from '../table/administrator-keys';
import type { Condition } from '../table/expressions';
import type { Table } from '../table/table';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_IS_ABSENT, type Write } from '../table/write';
import { accountCheckWrite } from './administrator-writes';
import {
  readAdministratorTask,
  readMappedAdministrator,
  type AdministratorTask,
  type MappedAdministrator,
} from './mapped-administrator';

/** No invitation ends before the mapping does. */
const NEVER = '9999-12-31T23:59:59.999Z';

const conditionError = (): Error => new VersionConflict();

type Changes = Partial<Omit<MappedAdministrator, 'userId' | 'revision' | 'since'>>;

/** The writes that join the transaction of a change. */
export interface MappedAdministratorChange {
  readonly audit?: AuditEvent;
  /** Further writes, such as the checks of what was evaluated. */
  readonly extraWrites?: readonly Write[];
}

/**
 * The users whom mappings make administrators, in all domains. A change is one transaction with its audit
 * event, and with the role of the portal user. It throws `VersionConflict` if something has changed since it
 * was read.
 */
export class MappedAdministratorStore {
  constructor(
    private readonly table: Table,
    private readonly auditRetentionDays: number,
  ) {}

  async get(domainId: string, userId: string): Promise<MappedAdministrator | undefined> {
    const item = await this.table.get(mappedAdministratorKey(domainId, userId));
    return item && readMappedAdministrator(item);
  }

  /** Returns all of a domain, in the order of their user ids. A domain has few. */
  async list(domainId: string): Promise<MappedAdministrator[]> {
    const found: MappedAdministrator[] = [];
    for await (const items of this.table.pages({ pk: mappedAdministratorsPartition(domainId) }))
      found.push(...items.map(readMappedAdministrator));
    return found;
  }

  /** Makes a user an administrator, and requests the invitation. */
  async make(
    domainId: string,
    administrator: MappedAdministrator,
    taskId: string,
    change: MappedAdministratorChange,
  ): Promise<void> {
    const { userId, email, since } = administrator;
    await this.transact(domainId, change, [
      {
        put: { ...mappedAdministratorKey(domainId, userId), ...administrator },
        condition: ITEM_IS_ABSENT,
        conditionError,
      },
      {
        put: {
          ...mappedInvitedKey(addressKeyOf(email), domainId, userId),
          // What a lookup of invitations expects. There is no such invitation.
          invitationId: userId,
          expireTime: NEVER,
        },
      },
      taskWrite({ domainId, userId, taskId, kind: 'invite', dueAt: since, attempts: 0, email }),
    ]);
  }

  /** Changes an administrator. A new role is effective immediately. */
  async change(
    domainId: string,
    before: MappedAdministrator,
    changes: Changes,
    { task, ...change }: MappedAdministratorChange & { readonly task?: AdministratorTask },
  ): Promise<void> {
    const { userId, administratorId } = before;
    const changesRole = changes.role !== undefined && changes.role !== before.role;
    await this.transact(domainId, change, [
      {
        update: mappedAdministratorKey(domainId, userId),
        set: { ...changes, revision: before.revision + 1 },
        condition: isUnchanged(before),
        conditionError,
      },
      ...(changesRole && administratorId !== undefined
        ? [
            { put: { ...mappedRoleKey(administratorId, domainId, userId), role: changes.role } },
            { update: profileKey(administratorId), add: { changes: 1 } },
          ]
        : []),
      ...(task ? [taskWrite(task)] : []),
    ]);
  }

  /** Ends the role of an administrator, effective immediately. What else follows is left to a task. */
  async remove(
    domainId: string,
    { userId, email, administratorId, accountId, ...before }: MappedAdministrator,
    taskId: string,
    at: string,
    change: MappedAdministratorChange,
  ): Promise<void> {
    await this.transact(domainId, change, [
      { delete: mappedAdministratorKey(domainId, userId), condition: isUnchanged(before), conditionError },
      { delete: mappedInvitedKey(addressKeyOf(email), domainId, userId) },
      ...(administratorId === undefined
        ? []
        : [
            { delete: mappedRoleKey(administratorId, domainId, userId) },
            { update: profileKey(administratorId), add: { changes: 1 } },
          ]),
      taskWrite({
        ...{ domainId, userId, taskId, kind: 'ended', dueAt: at, attempts: 0, email },
        ...(administratorId !== undefined && { administratorId }),
        ...(accountId !== undefined && { accountId }),
      }),
    ]);
  }

  /** Gives the role to the portal user who has signed in with the address. */
  async take(
    domainId: string,
    before: MappedAdministrator,
    taken: { readonly administratorId: string; readonly at: string; readonly isNewAccount: boolean },
    change: MappedAdministratorChange,
  ): Promise<void> {
    const { userId, role } = before;
    const { administratorId, at, isNewAccount } = taken;
    await this.transact(domainId, change, [
      {
        update: mappedAdministratorKey(domainId, userId),
        set: { administratorId, signedInAt: at, revision: before.revision + 1 },
        condition: isUnchanged(before),
        conditionError,
      },
      ...(before.administratorId === undefined
        ? []
        : [{ delete: mappedRoleKey(before.administratorId, domainId, userId) }]),
      { put: { ...mappedRoleKey(administratorId, domainId, userId), role } },
      {
        update: profileKey(administratorId),
        set: { ...(isNewAccount && { hasOwnAccount: true }) },
        setIfAbsent: { createdAt: at },
        add: { changes: 1 },
        condition: { expression: 'attribute_not_exists(isClosed)' },
        conditionError,
      },
      ...(isNewAccount ? [{ delete: accountCheckKey(administratorId) }] : []),
    ]);
  }

  /** Stores that the invitation was sent, or why it was not, and ends the task if there is one. */
  async invited(
    domainId: string,
    before: MappedAdministrator,
    task: AdministratorTask | undefined,
    invited: {
      readonly at: string;
      readonly mailProblem?: string;
      /** The account, and when it is checked if nobody uses it. */
      readonly newAccount?: { readonly id: string; readonly dueAt: number };
    },
    change: MappedAdministratorChange,
  ): Promise<void> {
    const { at, mailProblem, newAccount } = invited;
    await this.transact(domainId, change, [
      {
        update: mappedAdministratorKey(domainId, before.userId),
        set: {
          invitedAt: at,
          ...(mailProblem !== undefined && { mailProblem }),
          ...(newAccount && { accountId: newAccount.id }),
          revision: before.revision + 1,
        },
        ...(mailProblem === undefined && { remove: ['mailProblem'] }),
        condition: isUnchanged(before),
        conditionError,
      },
      ...(newAccount ? [accountCheckWrite(newAccount.id, before.email, newAccount.dueAt)] : []),
      ...(task ? [{ delete: taskKey(task) }] : []),
    ]);
  }

  /** Returns at most `limit` tasks that are due. */
  async dueTasks(now: Date, limit: number): Promise<AdministratorTask[]> {
    const due: AdministratorTask[] = [];
    for await (const items of this.table.pages({ pk: ADMINISTRATOR_TASKS_PARTITION })) {
      due.push(...items.map(readAdministratorTask).filter(({ dueAt }) => dueAt <= now.toISOString()));
      if (due.length >= limit) break;
    }
    return due.slice(0, limit);
  }

  async endTask(task: AdministratorTask): Promise<void> {
    await this.table.delete(taskKey(task));
  }

  /** Makes a task due later, unless it has ended. */
  async postpone(task: AdministratorTask, dueAt: Date): Promise<void> {
    await this.table.update(
      taskKey(task),
      { set: { dueAt: dueAt.toISOString(), attempts: task.attempts + 1 } },
      { condition: { expression: 'attribute_exists(pk)' } },
    );
  }

  private async transact(
    domainId: string,
    { audit, extraWrites = [] }: MappedAdministratorChange,
    writes: readonly Write[],
  ): Promise<void> {
    await this.table.transact([
      ...writes,
      ...extraWrites,
      ...(audit ? [auditWrite(domainId, audit, this.auditRetentionDays)] : []),
    ]);
  }
}

const isUnchanged = ({ revision }: Pick<MappedAdministrator, 'revision'>): Condition => ({
  expression: 'revision = :seen',
  values: { seen: revision },
});

const taskKey = ({ domainId, userId, taskId }: AdministratorTask) =>
  administratorTaskKey(domainId, userId, taskId);

function taskWrite({ domainId, userId, taskId, ...task }: AdministratorTask): Write {
  return { put: { ...administratorTaskKey(domainId, userId, taskId), ...task } };
}
