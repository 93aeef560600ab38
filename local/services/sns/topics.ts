import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { readProperties } from '../../cloud/template/properties';
import type { Resource } from '../../cloud/template/resources';
import { UserError } from '../../host/user-error';
import type { LambdaFunction } from '../lambda/function';

const SubscriptionProperties = z.object({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  FilterPolicy: z.undefined('filter policies are not supported').optional(),
});

interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly lambda: LambdaFunction;
}

export interface TopicParts {
  /** Resources of the type `AWS::SNS::Subscription`. Topics have no state. */
  readonly subscriptions: readonly Resource[];
  readonly functionOf: (arn: string) => LambdaFunction;
  readonly invoke: (lambda: LambdaFunction, event: object) => void;
}

/**
 * The topics of the template. A message invokes the subscribed functions. No emails are sent to email
 * subscriptions.
 */
export class Topics {
  private readonly subscriptions: readonly Subscription[];

  constructor(private readonly parts: TopicParts) {
    this.subscriptions = parts.subscriptions.flatMap((resource) => {
      const { TopicArn: topicArn, Protocol, Endpoint } = readProperties(SubscriptionProperties, resource);
      if (Protocol === 'email') return [];
      if (Protocol !== 'lambda') {
        throw new UserError(
          `${resource.logicalId}: the protocol ${Protocol} of subscriptions is not supported.`,
        );
      }
      return [{ arn: `${topicArn}:${resource.ref}`, topicArn, lambda: parts.functionOf(Endpoint) }];
    });
  }

  publish(topicArn: string, subject: string, message: string): void {
    const MessageId = randomUUID();
    for (const subscription of this.subscriptions) {
      if (subscription.topicArn !== topicArn) continue;
      this.parts.invoke(subscription.lambda, {
        Records: [
          {
            EventSource: 'aws:sns',
            EventVersion: '1.0',
            EventSubscriptionArn: subscription.arn,
            Sns: {
              Type: 'Notification',
              MessageId,
              TopicArn: topicArn,
              Subject: subject,
              Message: message,
              Timestamp: new Date().toISOString(),
              SignatureVersion: '1',
              Signature: 'local',
              SigningCertUrl: '',
              UnsubscribeUrl: '',
              MessageAttributes: {},
            },
          },
        ],
      });
    }
  }
}
