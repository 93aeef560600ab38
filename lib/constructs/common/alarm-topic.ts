import { CrossStackReferences, ReferenceStrength, Stack } from 'aws-cdk-lib';
import type { AlarmBase } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import { encryptTopic } from '../encryption/encrypt';
import type { ScimFunction } from './scim-function';

export interface AlarmTopicProps {
  /** An existing topic. @default - a new topic if there is an `email` */
  readonly topicArn?: string;
  /** Subscribes this address to the topic. Its owner must confirm the email from SNS. @default - none */
  readonly email?: string;
}

/** The topic of all alarms. Without a topic and an address, alarms are visible only in CloudWatch. */
export class AlarmTopic extends Construct {
  public readonly topic?: ITopic;
  private readonly email: string | undefined;

  public constructor(scope: Construct, id: string, { topicArn, email }: AlarmTopicProps) {
    super(scope, id);
    this.email = email;
    if (topicArn) {
      this.topic = Topic.fromTopicArn(this, 'Topic', topicArn);
    } else if (email) {
      const topic = new Topic(this, 'Topic', { displayName: 'SCIM provisioning alarms', enforceSSL: true });
      // So that a stage can go back to another topic, or to none. Version 0.1.0 imports the ARN.
      CrossStackReferences.of(topic).produce(ReferenceStrength.BOTH);
      encryptTopic(topic);
      this.topic = topic;
      // `enforceSSL` replaces the default policy, which allowed alarms to publish.
      this.topic.grantPublish(
        new ServicePrincipal('cloudwatch.amazonaws.com').withConditions({
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
        }),
      );
    }
    if (email) this.topic?.addSubscription(new EmailSubscription(email));
  }

  /** Notifies the topic when the alarm goes off and when it recovers. */
  public notify(alarm: AlarmBase): void {
    if (!this.topic) return;
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
  }

  /**
   * Allows the function to read who is subscribed. The topic is in another stack, and this stack depends on
   * it already.
   */
  public grantReadSubscriptions(fn: ScimFunction): void {
    if (!this.topic) return;
    fn.grant(
      new PolicyStatement({
        actions: ['sns:ListSubscriptionsByTopic'],
        resources: [this.topic.topicArn],
      }),
      {
        [ENV.alarmTopicArn]: this.topic.topicArn,
        ...(this.email !== undefined && { [ENV.alarmEmail]: this.email }),
      },
    );
  }
}
