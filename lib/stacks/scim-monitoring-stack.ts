import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config';
import { RootAlarms } from '../constructs/monitoring/root-alarms';
import type { ScimAdminStack } from './scim-admin-stack';
import type { ScimDataStack } from './scim-data-stack';
import { stageProps } from './stage-props';

/** What is monitored. Its alarms refer to those of all other stacks. */
export interface MonitoringStackDependencies {
  readonly data: ScimDataStack;
  readonly admin: ScimAdminStack;
  /** The other stacks whose alarms exist before this stack. */
  readonly others: readonly Stack[];
}

/** The alarms that notify operators. */
export class ScimMonitoringStack extends Stack {
  public constructor(
    scope: Construct,
    id: string,
    config: Config,
    { data, admin, others }: MonitoringStackDependencies,
  ) {
    super(scope, id, { ...stageProps(id, config), description: 'SCIM provisioning: monitoring' });
    for (const stack of [data, admin, ...others]) this.addStackDependency(stack);
    new RootAlarms(this, 'Alarms', { topic: data.alarmTopic, hasPortalAlarms: admin.hasPortalAlarms });
    // Also an import from the data, so that the order in which stacks can be destroyed is the same without a topic.
    new CfnOutput(this, 'TableName', {
      description: 'Table whose alarms notify',
      value: data.table.table.tableName,
    });
  }
}
