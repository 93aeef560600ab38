import type { EmailSubscription } from './email-subscriptions';

/** An email of SNS itself, which needs no identity in SES. */
export interface SnsEmail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Returns the email that asks the recipient of alarms to confirm the subscription. */
export const confirmationEmail = (
  { topicArn, endpoint, token }: EmailSubscription,
  localUrl: string,
): SnsEmail => ({
  from: 'AWS Notifications <no-reply@sns.amazonaws.com>',
  to: endpoint,
  subject: 'AWS Notification - Subscription Confirmation',
  text: [
    `You have chosen to subscribe to the topic:\n${topicArn}`,
    `To confirm this subscription, visit this link:\n${localUrl}/sns-confirmation?token=${token}`,
  ].join('\n\n'),
});
