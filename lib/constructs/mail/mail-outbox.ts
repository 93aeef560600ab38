import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { MailDelivery } from './mail-delivery';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';

export interface MailOutboxProps {
  readonly table: ScimTable;
  readonly delivery: MailDelivery;
}

/** The function that sends due emails from the outbox every minute. */
export class MailOutbox extends Construct {
  public readonly handler: ScimFunction;
  public readonly rule: Rule;

  public constructor(scope: Construct, id: string, { table, delivery }: MailOutboxProps) {
    super(scope, id);
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'mail-outbox',
      description: 'Sends due emails from the outbox',
      // A run starts no email that it could not finish within a minute, before the next run.
      timeout: Duration.seconds(75),
      memorySize: 512,
      files: [...delivery.files],
    });
    delivery.grant(this.handler);
    table.grantOutbox(this.handler);
    this.rule = new Rule(this, 'EveryMinute', {
      description: 'Sends the license emails that are due',
      schedule: Schedule.rate(Duration.minutes(1)),
      // A missed run needs no retry, because the next run sends its emails.
      targets: [
        new LambdaFunction(this.handler.function, { retryAttempts: 0, maxEventAge: Duration.minutes(1) }),
      ],
    });
  }
}
