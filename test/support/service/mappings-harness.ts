import { isDeepStrictEqual } from 'node:util';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { newId } from '../../../shared/id';
import type { AppliesAdministrators } from '../../../shared/service/administrators/mapped-administrator';
import { Groups } from '../../../shared/service/groups/groups';
import { MappingAdmin, type MappingsReplacement } from '../../../shared/service/mappings/mapping-admin';
import {
  mappingTasksIn,
  parseMappingTask,
  type MappingTask,
} from '../../../shared/service/mappings/mapping-task';
import { runMappingTask } from '../../../shared/service/mappings/mapping-worker';
import type { Caller } from '../../../shared/service/resources/caller';
import { Users } from '../../../shared/service/users/users';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import { mappingsPartition, resourcePartition } from '../../../shared/store/table/keys';
import { sweepGroup } from '../../../shared/store/sweep/group-sweep';
import { MailStore } from '../../../shared/store/mail/mail-store';
import type { Item } from '../../../shared/store/table/read-item';
import type { Table } from '../../../shared/store/table/table';
import { createCaller } from '../requests/caller';
import { auditEvent, domainRecord, RETENTION_DAYS, USER_SETTINGS } from '../store/records';

const ADMIN = { kind: 'admin', id: 'admin' } as const;

/**
 * The users, groups, and mappings of a new domain. Nothing reads the stream of `table`: `changes` returns the
 * records of what has changed since the last call, and the test decides when they are worked on.
 */
export class MappingsHarness {
  readonly caller: Caller = createCaller();
  /** The calls that make users administrators. */
  readonly administrators: AppliesAdministrators;
  private images = new Map<string, Item>();
  private sequence = 0;
  private readonly mails: MailStore;
  private readonly deletedGroups: string[] = [];
  flushes = 0;

  constructor(
    readonly table: Table,
    administrators?: AppliesAdministrators,
  ) {
    this.mails = new MailStore(table, { leaseMs: 15_000, retentionDays: RETENTION_DAYS });
    this.administrators = administrators ?? { apply: () => Promise.resolve('unchanged') };
  }

  /** Creates the domain. */
  async create(): Promise<this> {
    const { domainId } = this.caller;
    const domain = domainRecord({ domainId });
    await new DomainStore(this.table, RETENTION_DAYS).create(domain, auditEvent('domain.created', domainId));
    return this;
  }

  admin(through = this.table): MappingAdmin {
    return new MappingAdmin({
      table: through,
      usageKeys: {
        flushAuthorizerCache: () => {
          this.flushes++;
          return Promise.resolve();
        },
      },
      awaitDispatchers: () => Promise.resolve(),
      vendorOrganizations: [{ name: 'Vendor', roles: ['member', 'admin'] }],
      auditRetentionDays: RETENTION_DAYS,
      now: () => new Date(),
    });
  }

  /** Replaces the mappings at their current version. */
  async map(
    mappings: MappingsReplacement['mappings'],
    organizations?: MappingsReplacement['organizations'],
  ): Promise<void> {
    const { domainId } = this.caller;
    const { version } = await this.admin().get(domainId);
    await this.admin().replace(
      domainId,
      { mappings, version, ...(organizations && { organizations }) },
      ADMIN,
    );
  }

  /** Returns a new service, because a service serves one request. `knowsMappings`: as the authorizer says. */
  users(knowsMappings = true, through = this.table): Users {
    return new Users(through, USER_SETTINGS, { ...this.caller, hasMappings: knowsMappings });
  }

  groups(through = this.table): Groups {
    return new Groups(through, RETENTION_DAYS, this.caller);
  }

  license(userId: string): Promise<LicenseRecord | undefined> {
    return new LicenseStore(this.table).read(this.caller.domainId, userId);
  }

  /** Sends the email with the key of a license, as the functions of emails record it. */
  async sendKey(userId: string): Promise<void> {
    const license = await this.license(userId);
    if (license?.status !== 'active') return;
    const { changeId = '', userType } = license;
    const ref = { domainId: this.caller.domainId, userId, mailId: changeId };
    const event = { changeId, licenseStatus: 'active', kind: 'license-key' } as const;
    await this.mails.claim(ref, { ...event, to: 'ada@example.com', userType }, new Date());
    await this.mails.mark(ref, { status: 'sent', messageId: changeId }, new Date());
  }

  /**
   * Returns the user type in the email with the key that a license has; undefined if no such email was sent.
   */
  async emailedType(userId: string): Promise<string | undefined> {
    const { changeId: mailId = '' } = (await this.license(userId)) ?? {};
    return (await this.mails.read({ domainId: this.caller.domainId, userId, mailId }))?.userType;
  }

  /** Returns a stream record for each user, group, and evaluation that has changed since the last call. */
  async changes(): Promise<DynamoDBRecord[]> {
    const { domainId } = this.caller;
    const current = new Map<string, Item>();
    for (const pk of [
      resourcePartition(domainId, 'USER'),
      resourcePartition(domainId, 'GROUP'),
      mappingsPartition(domainId),
    ])
      for await (const items of this.table.pages({ pk }))
        for (const item of items) current.set(JSON.stringify([item.pk, item.sk]), item);
    const before = this.images;
    this.images = current;
    return [...new Set([...before.keys(), ...current.keys()])].flatMap((key) =>
      isDeepStrictEqual(before.get(key), current.get(key))
        ? []
        : [this.record(before.get(key), current.get(key))],
    );
  }

  private record(before: Item | undefined, after: Item | undefined): DynamoDBRecord {
    const { pk, sk } = (after ?? before) as { pk: string; sk: string };
    if (!after && pk === resourcePartition(this.caller.domainId, 'GROUP')) this.deletedGroups.push(sk);
    const sequence = String(++this.sequence);
    return {
      eventID: newId(),
      eventName: !before ? 'INSERT' : after ? 'MODIFY' : 'REMOVE',
      dynamodb: {
        SequenceNumber: sequence,
        Keys: { pk: { S: pk }, sk: { S: sk } },
        ...(before && { OldImage: imageOf(before) }),
        ...(after && { NewImage: imageOf(after) }),
      },
    };
  }

  /** Returns the tasks that the dispatcher sends for records, as the messages contain them. */
  tasksOf(records: readonly DynamoDBRecord[]): MappingTask[] {
    return mappingTasksIn(records, () => true).map(({ work }) => parseMappingTask(JSON.stringify(work)));
  }

  /** Does a task with its rest. The table may be one that fails. */
  async work(task: MappingTask, through = this.table): Promise<void> {
    let rest: MappingTask | undefined = task;
    while (rest) rest = await this.workOnce(rest, through);
  }

  workOnce(
    task: MappingTask,
    through = this.table,
    isTimeUp = () => false,
  ): Promise<MappingTask | undefined> {
    return runMappingTask(task, {
      table: through,
      administrators: this.administrators,
      auditRetentionDays: RETENTION_DAYS,
      keyGraceDays: USER_SETTINGS.keyGraceDays,
      now: () => new Date(),
      sleep: () => Promise.resolve(),
      isTimeUp,
      onChanged: () => undefined,
    });
  }

  /** Removes what deleted groups leave behind. */
  async sweep(): Promise<void> {
    const context = {
      now: () => new Date(),
      sleep: () => Promise.resolve(),
      isTimeUp: () => false,
      onSwept: () => undefined,
    };
    for (const groupId of this.deletedGroups.splice(0))
      await sweepGroup(this.table, this.caller.domainId, groupId, context);
  }

  /** Does the work of all changes, until nothing changes. */
  async settle(): Promise<void> {
    for (;;) {
      const tasks = this.tasksOf(await this.changes());
      if (tasks.length === 0) return;
      for (const task of tasks) await this.work(task);
    }
  }
}

const imageOf = (item: Item | undefined) =>
  item &&
  (marshall(item, { removeUndefinedValues: true }) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage']);
