import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { UserError } from '../../host/user-error';
import type { LambdaFunction } from '../lambda/function';
import type { Resource } from '../../cloud/template/resources';

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
  /** Of the type `AWS::SNS::Subscription`; topics need nothing of their own. */
  readonly subscriptions: readonly Resource[];
  readonly functionOf: (arn: string) => LambdaFunction;
  readonly invoke: (lambda: LambdaFunction, event: object) => void;
}

/** The topics of the template. Subscribed functions are told; those who would get a mail are not. */
export class Topics {
  private readonly subscriptions: readonly Subscription[];

  constructor(private readonly parts: TopicParts) {
    this.subscriptions = parts.subscriptions.flatMap((resource) => {
      const parsed = SubscriptionProperties.safeParse(resource.properties);
      if (!parsed.success) {
        throw new UserError(
          `The local host cannot run ${resource.logicalId}:\n${z.prettifyError(parsed.error)}`,
        );
      }
      const { TopicArn: topicArn, Protocol, Endpoint } = parsed.data;
      if (Protocol === 'email') return [];
      if (Protocol !== 'lambda') {
        throw new UserError(`${resource.logicalId}: the local host knows no subscription by ${Protocol}.`);
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
