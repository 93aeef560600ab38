import * as z from 'zod';
import { arn } from '../../../cloud/template/account';
import { type EngineCall, EngineError } from '../engine/call';
import { errorResponse, type WireResponse } from '../wire-response';
import type { Backup, Backups, TableShape } from './backups';
import type { TableFeatures } from './table-features';

export interface ControlPlaneParts {
  readonly call: EngineCall;
  readonly features: TableFeatures;
  readonly backups: Backups;
  /** Called with the definition of each table that a restore creates. */
  readonly onRestored: (definition: TableShape & { readonly TableName: string }) => void;
}

type Answer = Promise<WireResponse>;

const OfTable = z.object({ TableName: z.string().transform((table) => table.split('/').pop() ?? '') });
const Update = OfTable.extend({ DeletionProtectionEnabled: z.boolean().optional() }).loose();
const UpdateBackups = OfTable.extend({
  PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }),
});
const Create = OfTable.extend({ BackupName: z.string() });
const List = z.object({ TableName: z.string().optional() });
const FromBackup = z.object({ TargetTableName: z.string(), BackupArn: z.string() });
const ToPointInTime = z.object({
  SourceTableName: z.string(),
  TargetTableName: z.string(),
  UseLatestRestorableTime: z.boolean().default(false),
});

/**
 * The operations of DynamoDB that the engines lack: deletion protection, point-in-time recovery, and backups.
 * A restored table has its keys and indexes, but no stream, TTL, recovery, or protection, as on AWS. Only the
 * latest state of a table can be restored.
 */
export class ControlPlane {
  private readonly operations: Readonly<Record<string, (request: object) => Answer>>;

  constructor(private readonly parts: ControlPlaneParts) {
    this.operations = {
      DescribeTable: (request) => this.describeTable(OfTable.parse(request).TableName),
      UpdateTable: (request) => this.updateTable(Update.parse(request)),
      DeleteTable: (request) => this.deleteTable(OfTable.parse(request).TableName),
      DescribeContinuousBackups: (request) => this.describeRecovery(OfTable.parse(request).TableName),
      UpdateContinuousBackups: (request) => this.updateRecovery(UpdateBackups.parse(request)),
      CreateBackup: (request) => this.createBackup(Create.parse(request)),
      ListBackups: (request) => this.listBackups(List.parse(request)),
      RestoreTableFromBackup: (request) => this.restoreFromBackup(FromBackup.parse(request)),
      RestoreTableToPointInTime: (request) => this.restoreToPointInTime(ToPointInTime.parse(request)),
    };
  }

  /** Carries out an operation of the control plane. Returns undefined for all other operations. */
  async run(operation: string, request: object): Promise<WireResponse | undefined> {
    const run = this.operations[operation];
    if (!run) return undefined;
    try {
      return await run(request);
    } catch (error) {
      if (error instanceof EngineError) return errorResponse(error.type, { message: error.message });
      if (error instanceof z.ZodError) return invalid(z.prettifyError(error));
      throw error;
    }
  }

  private async describeTable(TableName: string): Answer {
    const { Table } = await this.parts.call<{ Table: object }>('DynamoDB_20120810.DescribeTable', {
      TableName,
    });
    return ok({ Table: { ...Table, ...this.protectionOf(TableName) } });
  }

  private async updateTable({
    DeletionProtectionEnabled: deletionProtection,
    ...rest
  }: z.infer<typeof Update>): Answer {
    const { TableName } = rest;
    const isForwarded = Object.keys(rest).length > 1;
    const { TableDescription } = isForwarded
      ? await this.parts.call<{ TableDescription: object }>('DynamoDB_20120810.UpdateTable', rest)
      : { TableDescription: (await this.describeTable(TableName)).body.Table as object };
    if (deletionProtection !== undefined) this.parts.features.set(TableName, { deletionProtection });
    return ok({ TableDescription: { ...TableDescription, ...this.protectionOf(TableName) } });
  }

  private async deleteTable(TableName: string): Answer {
    const { backups, call, features } = this.parts;
    const { deletionProtection, pointInTimeRecovery } = features.of(TableName);
    if (deletionProtection)
      return invalid(
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
      );
    if (pointInTimeRecovery) await backups.create(TableName, `${TableName}$DeletedTableBackup`, 'SYSTEM');
    const deleted = await call<Record<string, unknown>>('DynamoDB_20120810.DeleteTable', { TableName });
    features.forget(TableName);
    return ok(deleted);
  }

  private async describeRecovery(TableName: string): Answer {
    await this.describeTable(TableName);
    const { pointInTimeRecovery } = this.parts.features.of(TableName);
    const now = Date.now() / 1000;
    const times = { EarliestRestorableDateTime: now, LatestRestorableDateTime: now };
    const PointInTimeRecoveryDescription = pointInTimeRecovery
      ? { PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 35, ...times }
      : { PointInTimeRecoveryStatus: 'DISABLED' };
    return ok({
      ContinuousBackupsDescription: { ContinuousBackupsStatus: 'ENABLED', PointInTimeRecoveryDescription },
    });
  }

  private async updateRecovery({
    TableName,
    PointInTimeRecoverySpecification,
  }: z.infer<typeof UpdateBackups>): Answer {
    await this.describeTable(TableName);
    const { PointInTimeRecoveryEnabled: pointInTimeRecovery } = PointInTimeRecoverySpecification;
    this.parts.features.set(TableName, { pointInTimeRecovery });
    return this.describeRecovery(TableName);
  }

  private async createBackup({ TableName, BackupName }: z.infer<typeof Create>): Answer {
    return ok({ BackupDetails: detailsOf(await this.parts.backups.create(TableName, BackupName, 'USER')) });
  }

  private listBackups({ TableName }: z.infer<typeof List>): Answer {
    const listed = this.parts.backups.list(TableName);
    return Promise.resolve(
      ok({
        BackupSummaries: listed.map((backup) => ({ TableName: backup.tableName, ...detailsOf(backup) })),
      }),
    );
  }

  private async restoreFromBackup({ BackupArn, TargetTableName }: z.infer<typeof FromBackup>): Answer {
    const backup = this.parts.backups.find(BackupArn);
    if (!backup)
      return errorResponse('BackupNotFoundException', { message: `Backup not found: ${BackupArn}` });
    return this.restored(TargetTableName, () => this.parts.backups.restore(backup, TargetTableName));
  }

  private async restoreToPointInTime(request: z.infer<typeof ToPointInTime>): Answer {
    const { SourceTableName, TargetTableName, UseLatestRestorableTime } = request;
    const { backups, features } = this.parts;
    await this.describeTable(SourceTableName);
    if (!features.of(SourceTableName).pointInTimeRecovery)
      return errorResponse('PointInTimeRecoveryUnavailableException', {
        message: `Point in time recovery is not enabled for table '${SourceTableName}'`,
      });
    if (!UseLatestRestorableTime)
      return invalid('The local cloud restores only the latest state. Set UseLatestRestorableTime.');
    return this.restored(TargetTableName, () => backups.restoreNow(SourceTableName, TargetTableName));
  }

  private async restored(TableName: string, restore: () => Promise<void>): Answer {
    if (await this.exists(TableName))
      return errorResponse('TableAlreadyExistsException', { message: `Table already exists: ${TableName}` });
    await restore();
    this.parts.features.set(TableName, {});
    this.parts.onRestored({ TableName, ...(await this.parts.backups.shapeOf(TableName)) });
    return ok({ TableDescription: (await this.describeTable(TableName)).body.Table });
  }

  private async exists(TableName: string): Promise<boolean> {
    try {
      await this.describeTable(TableName);
      return true;
    } catch (error) {
      if (error instanceof EngineError && error.type === 'ResourceNotFoundException') return false;
      throw error;
    }
  }

  private protectionOf(TableName: string) {
    const { deletionProtection } = this.parts.features.of(TableName);
    return {
      TableArn: arn('dynamodb', `table/${TableName}`),
      DeletionProtectionEnabled: deletionProtection,
    };
  }
}

const ok = (body: Record<string, unknown>): WireResponse => ({ status: 200, body });

/** DynamoDB reports an invalid request with the prefix of all services. */
const invalid = (message: string): WireResponse => ({
  status: 400,
  body: { __type: 'com.amazon.coral.validate#ValidationException', message },
});

const detailsOf = ({ arn: BackupArn, name, type, createdAt }: Backup) => ({
  BackupArn,
  BackupName: name,
  BackupStatus: 'AVAILABLE',
  BackupType: type,
  BackupCreationDateTime: createdAt,
});
