import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { readProperties } from '../../cloud/template/properties';
import type { Resource } from '../../cloud/template/resources';
import { UserError } from '../../host/user-error';
import type { InvocationTarget } from '../lambda/invocation-target';
import { type EmailSubscription, tokenOf } from './email-subscriptions';

const SubscriptionProperties = z.object({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string() }).optional(),
  FilterPolicy: z.undefined('filter policies are not supported').optional(),
});

interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly lambda: InvocationTarget;
  /** ARN of the queue for messages that the function never got. */
  readonly deadLetterQueueArn: string | undefined;
}

export interface TopicParts {
  /** Resources of the type `AWS::SNS::Subscription`. Topics have no state. */
  readonly subscriptions: readonly Resource[];
  readonly functionOf: (arn: string) => InvocationTarget;
  readonly invoke: (lambda: InvocationTarget, event: object) => void;
  /** Returns whether a topic may invoke a function. */
  readonly mayInvoke: (functionArn: string, topicArn: string) => boolean;
  /** Sends a message to a queue if the queue allows it. */
  readonly sendDeadLetter: (queueArn: string, topicArn: string, message: object) => void;
}

/** The topics of the template. A message invokes the subscribed functions. It is not emailed. */
export class Topics {
  /** The email subscriptions, which `EmailSubscriptions` confirms. */
  readonly emails: readonly EmailSubscription[];
  private readonly subscriptions: readonly Subscription[];

  constructor(private readonly parts: TopicParts) {
    const emails: EmailSubscription[] = [];
    this.emails = emails;
    this.subscriptions = parts.subscriptions.flatMap((resource) => {
      const properties = readProperties(SubscriptionProperties, resource);
      const { TopicArn: topicArn, Protocol, Endpoint, RedrivePolicy } = properties;
      if (Protocol === 'email') {
        emails.push({
          ...{ arn: `${topicArn}:${resource.ref}`, topicArn },
          ...{ endpoint: Endpoint, token: tokenOf(topicArn, Endpoint) },
        });
        return [];
      }
      if (Protocol !== 'lambda') {
        throw new UserError(
          `${resource.logicalId}: the protocol ${Protocol} of subscriptions is not supported.`,
        );
      }
      const lambda = parts.functionOf(Endpoint);
      const deadLetterQueueArn = RedrivePolicy?.deadLetterTargetArn;
      return [{ arn: `${topicArn}:${resource.ref}`, topicArn, lambda, deadLetterQueueArn }];
    });
  }

  /** Returns the subscriptions of a topic that invoke functions. */
  functionsOf(topicArn: string): { readonly arn: string; readonly endpoint: string }[] {
    return this.subscriptions
      .filter((each) => each.topicArn === topicArn)
      .map(({ arn, lambda }) => ({ arn, endpoint: lambda.arn }));
  }

  publish(topicArn: string, subject: string, message: string): void {
    const MessageId = randomUUID();
    for (const subscription of this.subscriptions) {
      if (subscription.topicArn !== topicArn) continue;
      const Timestamp = new Date().toISOString();
      const notification = {
        Type: 'Notification',
        MessageId,
        TopicArn: topicArn,
        Subject: subject,
        Message: message,
        Timestamp,
      };
      this.deliver(subscription, notification);
    }
  }

  /** SNS does not retry an invocation that it has no permission for. */
  private deliver({ arn, topicArn, lambda, deadLetterQueueArn }: Subscription, notification: object): void {
    if (!this.parts.mayInvoke(lambda.arn, topicArn)) {
      if (deadLetterQueueArn) this.parts.sendDeadLetter(deadLetterQueueArn, topicArn, notification);
      return;
    }
    const Sns = {
      ...notification,
      SignatureVersion: '1',
      Signature: 'local',
      SigningCertUrl: '',
      UnsubscribeUrl: '',
      MessageAttributes: {},
    };
    this.parts.invoke(lambda, {
      Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: arn, Sns }],
    });
  }
}
