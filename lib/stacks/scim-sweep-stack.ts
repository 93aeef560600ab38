import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config';
import { SweepAlarms } from '../constructs/sweep/sweep-alarms';
import { Sweeper } from '../constructs/sweep/sweeper';
import type { ScimDataStack } from './scim-data-stack';
import { stageProps } from './stage-props';

/** The background removal of what deleted groups and domains leave behind. */
export class ScimSweepStack extends Stack {
  public readonly sweeper: Sweeper;

  public constructor(scope: Construct, id: string, config: Config, { table, alarmTopic }: ScimDataStack) {
    super(scope, id, { ...stageProps(config), description: 'SCIM provisioning: sweeping' });
    this.sweeper = new Sweeper(this, 'Sweeper', { table });
    new SweepAlarms(this, 'Alarms', { sweeper: this.sweeper, topic: alarmTopic });
    new CfnOutput(this, 'FailureQueueUrl', {
      description: 'Queue of deletions whose sweep failed after all retries',
      value: this.sweeper.failures.queueUrl,
    });
  }
}
