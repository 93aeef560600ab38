import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { GroupSweepAlarms } from '../constructs/group-sweep-alarms';
import { GroupSweeper } from '../constructs/group-sweeper';
import type { ScimDataStack } from './scim-data-stack';

/** What tidies up in the table behind the requests of clients. */
export class ScimSweepStack extends Stack {
  public readonly sweeper: GroupSweeper;

  public constructor(scope: Construct, id: string, { table, alarmTopic }: ScimDataStack) {
    super(scope, id, { description: 'SCIM provisioning: sweeping' });
    this.sweeper = new GroupSweeper(this, 'Sweeper', { table });
    new GroupSweepAlarms(this, 'Alarms', { sweeper: this.sweeper, topic: alarmTopic });
    new CfnOutput(this, 'FailureQueueUrl', {
      description: 'Deletions of groups of which something is left behind',
      value: this.sweeper.failures.queueUrl,
    });
  }
}
