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
import { FeedLog } from '../../../shared/store/events/feed-log';
import {
  DEPLOYMENT,
  DOMAIN_LIST_PARTITION,
  domainKey,
  INDEX_SORT_KEYS,
} from '../../../shared/store/table/keys';
import { outboxPartition, SHARED_OUTBOX_PARTITION } from '../../../shared/store/table/mail-keys';
import { keyOf } from '../../../shared/store/table/read-item';
import { Table } from '../../../shared/store/table/table';
import { STREAM_VIEW, TTL_ATTRIBUTE } from '../../../shared/table-features';
import { Failure } from '../failure';

// This module is imported only when needed: loading the SDK takes longer than most commands.

/** The state of a feature that DynamoDB does not restore: on before, or turned on by the command. */
export type FeatureState = 'on' | 'turned on';

export interface RestoredFeatures {
  readonly stream: FeatureState;
  readonly timeToLive: FeatureState;
  readonly pointInTimeRecovery: FeatureState;
  readonly deletionProtection: FeatureState;
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
   * Prepares the content for its first use: events of all feeds get larger positions than their readers can know, and the
   * waiting emails are counted. With `pausesEmails`, pauses the emails of the domains that have some.
   */
  async prepareContent(pausesEmails: boolean, now: Date): Promise<RestoredContent> {
    assertUsable(this.name, await this.describe());
    const feeds = new FeedLog(this.table);
    let domains = 0;
    let restartedFeeds = (await feeds.restart(DEPLOYMENT, now)) ? 1 : 0;
    const waitingEmails: Record<string, number> = {};
    for await (const page of this.table.pages({ pk: DOMAIN_LIST_PARTITION })) {
      for (const { sk: domainId } of page.map(keyOf)) {
        domains++;
        if (await feeds.restart(domainId, now)) restartedFeeds++;
        const waiting = await this.count(outboxPartition(domainId));
        if (waiting === 0) continue;
        waitingEmails[domainId] = waiting;
        if (pausesEmails) await this.pauseEmails(domainId);
      }
    }
    // Version 0.1.0 stored the emails of all domains together.
    const shared = await this.count(SHARED_OUTBOX_PARTITION);
    return {
      domains,
      restartedFeeds,
      waitingEmails: { ...waitingEmails, ...(shared > 0 && { 'all domains': shared }) },
    };
  }

  private async pauseEmails(domainId: string): Promise<void> {
    await this.table.update(
      domainKey(domainId),
      { set: { mailPaused: true }, add: { version: 1 } },
      { condition: { expression: 'attribute_exists(pk) AND (NOT #mailPaused = :on)', values: { on: true } } },
    );
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
