import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SweepAlarms } from '../constructs/sweep/sweep-alarms';
import { Sweeper } from '../constructs/sweep/sweeper';
import type { ScimDataStack } from './scim-data-stack';

/** What tidies up in the table behind the requests of clients. */
export class ScimSweepStack extends Stack {
  public readonly sweeper: Sweeper;

  public constructor(scope: Construct, id: string, { table, alarmTopic }: ScimDataStack) {
    super(scope, id, { description: 'SCIM provisioning: sweeping' });
    this.sweeper = new Sweeper(this, 'Sweeper', { table });
    new SweepAlarms(this, 'Alarms', { sweeper: this.sweeper, topic: alarmTopic });
    new CfnOutput(this, 'FailureQueueUrl', {
      description: 'Deletions of groups and domains of which something is left behind',
      value: this.sweeper.failures.queueUrl,
    });
  }
}
