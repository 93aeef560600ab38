import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface AlarmTopicProps {
  /** A topic that exists. @default - one is made where there is an `email` */
  readonly topicArn?: string;
  /** Subscribed to the topic; its owner confirms that by the mail that SNS sends. @default - nobody */
  readonly email?: string;
}

/** Where alarms go. With neither a topic nor an address they only show in CloudWatch. */
export class AlarmTopic extends Construct {
  public readonly topic?: ITopic;

  public constructor(scope: Construct, id: string, { topicArn, email }: AlarmTopicProps) {
    super(scope, id);
    if (topicArn) {
      this.topic = Topic.fromTopicArn(this, 'Topic', topicArn);
    } else if (email) {
      this.topic = new Topic(this, 'Topic', { displayName: 'SCIM provisioning alarms', enforceSSL: true });
      // A topic with a policy of its own has lost the one by which alarms may publish.
      this.topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
    }
    if (email) this.topic?.addSubscription(new EmailSubscription(email));
  }

  /** Tells the topic when the alarm goes off, and when it is over. */
  public notify(alarm: Alarm): void {
    if (!this.topic) return;
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
  }
}
