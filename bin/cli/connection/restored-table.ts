import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../../shared/id';
import { ADMIN_TOKEN_ID } from '../../../shared/service/credentials/caller-identity';
import { type Actor, auditWrite } from '../../../shared/store/audit/audit';
import { FeedLog } from '../../../shared/store/events/feed-log';
import {
  DEPLOYMENT,
  DOMAIN_LIST_PARTITION,
  domainKey,
  INDEX_SORT_KEYS,
} from '../../../shared/store/table/keys';
import { outboxPartition, SHARED_OUTBOX_PARTITION } from '../../../shared/store/table/mail-keys';
import { keyOf, text } from '../../../shared/store/table/read-item';
import { Table } from '../../../shared/store/table/table';
import { STREAM_VIEW, TTL_ATTRIBUTE } from '../../../shared/table-features';
import { Failure } from '../failure';

// This module is imported only when needed: loading the SDK takes longer than most commands.

/** The author of the audit events of this command. It has the id of everybody who uses the admin token. */
const ACTOR: Actor = { kind: 'admin', id: ADMIN_TOKEN_ID };

/** The state of a feature that DynamoDB does not restore: on before, or turned on by the command. */
export type FeatureState = 'on' | 'turned on';

export interface RestoredFeatures {
  readonly stream: FeatureState;
  readonly timeToLive: FeatureState;
  readonly pointInTimeRecovery: FeatureState;
  readonly deletionProtection: FeatureState;
}

/** A request to pause emails. `auditRetentionDays` is that of the stage. */
export interface EmailPause {
  readonly auditRetentionDays: number;
}

export interface RestoredContent {
  readonly domains: number;
  /** The number of feeds that begin anew. */
  readonly restartedFeeds: number;
  /** The emails that are sent when the functions use the table, by domain. */
  readonly waitingEmails: Readonly<Record<string, number>>;
}

const POLL_MS = 2_000;

/** A table that DynamoDB has restored, before or after the stage uses it. */
export class RestoredTable {
  private readonly client = new DynamoDBClient({});
  private readonly table: Table;

  constructor(private readonly name: string) {
    this.table = new Table(name, this.client);
  }

  /** Turns on what DynamoDB does not restore. Throws a `Failure` if the table cannot be that of a stage. */
  async turnOnFeatures(): Promise<RestoredFeatures> {
    assertUsable(this.name, await this.describe());
    // The stream comes last, so that it has only changes from now on.
    const pointInTimeRecovery = await this.turnOnRecovery();
    const timeToLive = await this.turnOnTimeToLive();
    const deletionProtection = await this.turnOnProtection();
    return { stream: await this.turnOnStream(), timeToLive, pointInTimeRecovery, deletionProtection };
  }

  /**
   * Prepares the content for its first use: events of all feeds get larger positions than their readers can
   * know, and the waiting emails are counted. With `pause`, pauses the emails of the domains that have some.
   */
  async prepareContent(pause: EmailPause | undefined, now: Date): Promise<RestoredContent> {
    assertUsable(this.name, await this.describe());
    const feeds = new FeedLog(this.table);
    let domains = 0;
    let restartedFeeds = (await feeds.restart(DEPLOYMENT, now)) ? 1 : 0;
    const waitingEmails: Record<string, number> = {};
    const shared = await this.countShared();
    for await (const page of this.table.pages({ pk: DOMAIN_LIST_PARTITION })) {
      for (const { sk: domainId } of page.map(keyOf)) {
        domains++;
        if (await feeds.restart(domainId, now)) restartedFeeds++;
        const waiting = (await this.count(outboxPartition(domainId))) + (shared.get(domainId) ?? 0);
        if (waiting === 0) continue;
        waitingEmails[domainId] = waiting;
        if (pause) await this.pauseEmails(domainId, pause, now);
      }
    }
    return { domains, restartedFeeds, waitingEmails };
  }

  /** Writes nothing if the emails of the domain are paused. */
  private async pauseEmails(domainId: string, { auditRetentionDays }: EmailPause, now: Date): Promise<void> {
    const changes = [{ attribute: 'mailPaused', before: false, after: true }];
    const event = { id: newId(now), at: now.toISOString(), action: 'domain.updated' } as const;
    await this.table.tryTransact([
      {
        update: domainKey(domainId),
        ...{ set: { mailPaused: true }, add: { version: 1 } },
        condition: { expression: 'attribute_exists(pk) AND (NOT #mailPaused = :on)', values: { on: true } },
      },
      auditWrite(domainId, { ...event, resourceId: domainId, actor: ACTOR, changes }, auditRetentionDays),
    ]);
  }

  /** Counts the emails that version 0.1.0 stored for all domains together, by domain. */
  private async countShared(): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for await (const page of this.table.pages({ pk: SHARED_OUTBOX_PARTITION }))
      for (const domainId of page.map((item) => text(item, 'domainId')))
        counts.set(domainId, (counts.get(domainId) ?? 0) + 1);
    return counts;
  }

  private async count(pk: string): Promise<number> {
    let items = 0;
    for await (const page of this.table.pages({ pk })) items += page.length;
    return items;
  }

  private async turnOnRecovery(): Promise<FeatureState> {
    const { name: TableName } = this;
    const { ContinuousBackupsDescription } = await this.client.send(
      new DescribeContinuousBackupsCommand({ TableName }),
    );
    const { PointInTimeRecoveryStatus } = ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
    if (PointInTimeRecoveryStatus === 'ENABLED') return 'on';
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    await this.client.send(
      new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }),
    );
    return 'turned on';
  }

  private async turnOnTimeToLive(): Promise<FeatureState> {
    const { name: TableName } = this;
    const { TimeToLiveDescription } = await this.client.send(new DescribeTimeToLiveCommand({ TableName }));
    const { AttributeName, TimeToLiveStatus = 'DISABLED' } = TimeToLiveDescription ?? {};
    if (/^ENABL/.test(TimeToLiveStatus)) {
      if (AttributeName === TTL_ATTRIBUTE) return 'on';
      throw new Failure(
        `The time to live of ${TableName} uses the attribute ${AttributeName}. It must use ${TTL_ATTRIBUTE}. ` +
          'Restore the table again, under another name.',
      );
    }
    const TimeToLiveSpecification = { AttributeName: TTL_ATTRIBUTE, Enabled: true };
    await this.client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
    return 'turned on';
  }

  private async turnOnProtection(): Promise<FeatureState> {
    if ((await this.describe()).DeletionProtectionEnabled) return 'on';
    await this.update({ DeletionProtectionEnabled: true });
    return 'turned on';
  }

  private async turnOnStream(): Promise<FeatureState> {
    const { StreamSpecification: stream } = await this.describe();
    if (stream?.StreamEnabled) {
      if (stream.StreamViewType === STREAM_VIEW) return 'on';
      throw new Failure(
        `The stream of ${this.name} contains ${stream.StreamViewType}. It must contain ${STREAM_VIEW}. Disable it with ` +
          `"aws dynamodb update-table --table-name ${this.name} --stream-specification StreamEnabled=false", and run this ` +
          'command again.',
      );
    }
    await this.update({ StreamSpecification: { StreamEnabled: true, StreamViewType: STREAM_VIEW } });
    return 'turned on';
  }

  /** Updates the table, and waits until it can be updated again. */
  private async update(
    changes: Omit<ConstructorParameters<typeof UpdateTableCommand>[0], 'TableName'>,
  ): Promise<void> {
    await this.client.send(new UpdateTableCommand({ TableName: this.name, ...changes }));
    while ((await this.describe()).TableStatus !== 'ACTIVE') await sleep(POLL_MS);
  }

  private async describe(): Promise<TableDescription> {
    try {
      const { Table: table } = await this.client.send(new DescribeTableCommand({ TableName: this.name }));
      return table ?? {};
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      throw new Failure(
        `There is no table ${this.name} in ${await this.client.config.region()}. Restore it first: ` +
          'docs/runbook.md#restore-the-table.',
      );
    }
  }
}

/** Throws a `Failure` if a table is not restored yet, or lacks the key or an index of the service. */
function assertUsable(name: string, table: TableDescription): void {
  if (table.TableStatus !== 'ACTIVE')
    throw new Failure(
      `The table ${name} is ${table.TableStatus}. Wait until it is ACTIVE: aws dynamodb wait table-exists --table-name ${name}`,
    );
  const keysOf = (schema: TableDescription['KeySchema'] = []) =>
    schema.map(({ AttributeName }) => AttributeName).join();
  if (keysOf(table.KeySchema) !== 'pk,sk')
    throw new Failure(
      `The table ${name} has another key than pk and sk. It is not a table of this service. Restore the right one.`,
    );
  const indexes = new Map(
    table.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema }) => [IndexName, keysOf(KeySchema)]),
  );
  for (const [index, sortKey] of Object.entries(INDEX_SORT_KEYS))
    if (indexes.get(index) !== `pk,${sortKey}`)
      throw new Failure(
        `The table ${name} lacks the index ${index} (pk, ${sortKey}). Restore it again, with all its indexes.`,
      );
}
