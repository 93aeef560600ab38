import { Aws, Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { customerKeyOf } from '../encryption/customer-key';
import { nameInStage } from '../stage/stage';
import { nagText } from './nag-id';
import type { ScimTable } from './scim-table';

export interface TableBackupProps {
  readonly table: ScimTable;
  readonly removalPolicy: RemovalPolicy;
}

/** Copies of the table in a vault of AWS Backup: one a day for 35 days, and one a month for a year. */
export class TableBackup extends Construct {
  public constructor(scope: Construct, id: string, { table, removalPolicy }: TableBackupProps) {
    super(scope, id);
    const plan = new BackupPlan(this, 'Plan', {
      backupVault: this.createVault(removalPolicy),
      backupPlanRules: [
        new BackupPlanRule({
          ruleName: 'daily',
          scheduleExpression: Schedule.cron({ hour: '3', minute: '0' }),
          deleteAfter: Duration.days(35),
        }),
        new BackupPlanRule({
          ruleName: 'monthly',
          scheduleExpression: Schedule.cron({ day: '1', hour: '4', minute: '0' }),
          deleteAfter: Duration.days(366),
        }),
      ],
    });
    const policies = ['AWSBackupServiceRolePolicyForBackup', 'AWSBackupServiceRolePolicyForRestores'].map(
      (name) => `service-role/${name}`,
    );
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: policies.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    for (const name of policies)
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM4[Policy::${nagText(this, `arn:${Aws.PARTITION}:iam::aws:policy/${name}`)}]`,
        reason: 'AWS maintains this policy for the role, which only AWS Backup can assume.',
      });
    plan.addSelection('Table', {
      role,
      disableDefaultBackupPolicy: true,
      resources: [BackupResource.fromDynamoDbTable(table.table)],
    });
  }

  /**
   * Creates a vault. A vault keeps its key, so one with another key needs another name, next to the former
   * vault and its copies. So that this happens once, it has the key of the stage as soon as there is one.
   */
  private createVault(removalPolicy: RemovalPolicy): BackupVault {
    const encryptionKey = customerKeyOf(this)?.key;
    return new BackupVault(this, 'Vault', {
      backupVaultName: nameInStage(this, encryptionKey ? 'scim-backups-customer-key' : 'scim-backups'),
      encryptionKey,
      removalPolicy,
    });
  }
}
