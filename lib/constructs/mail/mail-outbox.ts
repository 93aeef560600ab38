import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { MailDelivery } from './mail-delivery';
import { ScimFunction } from '../common/scim-function';

export interface MailOutboxProps {
  readonly delivery: MailDelivery;
}

/** Sends the mails that wait for their time, every minute. */
export class MailOutbox extends Construct {
  public readonly handler: ScimFunction;
  public readonly rule: Rule;

  public constructor(scope: Construct, id: string, { delivery }: MailOutboxProps) {
    super(scope, id);
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'mail-outbox',
      description: 'Mails what was due later',
      // A run takes no mail up that it could not finish in the minute until the next one.
      timeout: Duration.seconds(75),
      memorySize: 512,
      files: [...delivery.files],
    });
    delivery.grant(this.handler);
    this.rule = new Rule(this, 'EveryMinute', {
      description: 'Sends the license mails that are due',
      schedule: Schedule.rate(Duration.minutes(1)),
      // A run that did not begin is not made up for: the next one does its work.
      targets: [
        new LambdaFunction(this.handler.function, { retryAttempts: 0, maxEventAge: Duration.minutes(1) }),
      ],
    });
  }
}
