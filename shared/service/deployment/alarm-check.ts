import type { TopicSubscriptions } from '../../mail/sns/topic-subscriptions';
import type { CheckResult } from './check-result';
import { missing, asExpected, unknown } from './check-result';

export interface AlarmFacts {
  /** The topic to which alarms are published, if there is one. */
  readonly alarmTopicArn?: string;
  /** The address that the deployment subscribes to the topic, if there is one. */
  readonly alarmEmail?: string;
  readonly subscriptions: (topicArn: string) => Promise<TopicSubscriptions>;
}

/** Checks whether somebody receives the alarms. SNS emails only addresses whose subscription is confirmed. */
export async function alarmCheck({
  alarmEmail,
  alarmTopicArn,
  subscriptions,
}: AlarmFacts): Promise<CheckResult> {
  if (alarmTopicArn === undefined)
    return missing(
      'Nobody is notified of alarms.',
      'Set alarmEmail or alarmTopicArn in the settings of the stage, and deploy again.',
    );
  const all = await subscriptions(alarmTopicArn);
  if (all === 'no-topic')
    return missing(
      `The topic of the alarms, ${alarmTopicArn}, does not exist.`,
      'Create it, or set another one in alarmTopicArn, and deploy again.',
    );
  if (all === 'not-allowed')
    return unknown(
      `Alarms go to ${alarmTopicArn}, whose subscriptions this service may not read.`,
      'Make sure in SNS that this topic has a confirmed subscription.',
    );
  if (alarmEmail !== undefined) {
    const own = all.filter(({ protocol, endpoint }) => protocol === 'email' && isSame(endpoint, alarmEmail));
    return emailCheck(alarmEmail, alarmTopicArn, own);
  }
  return all.some(({ isConfirmed }) => isConfirmed)
    ? asExpected('Alarms go to the topic in the setting alarmTopicArn, which has a confirmed subscription.')
    : missing(
        'Alarms go to the topic in the setting alarmTopicArn, but nobody has a confirmed subscription to it.',
        'Subscribe an address or another endpoint to this topic in SNS, and confirm the subscription.',
      );
}

function emailCheck(email: string, topicArn: string, own: Exclude<TopicSubscriptions, string>): CheckResult {
  if (own.some(({ isConfirmed }) => isConfirmed)) return asExpected(`Alarms are emailed to ${email}.`);
  const again = `Get a new email with: ${subscribeCommand(topicArn, email)}`;
  return own.length > 0
    ? missing(
        `No alarm is emailed to ${email} until the subscription is confirmed.`,
        'Open the link in the email “AWS Notification - Subscription Confirmation”. It is valid for two days. ' +
          again,
      )
    : missing(
        `No alarm is emailed to ${email}: the subscription was not confirmed in time, or it was ended.`,
        `${again}. Then open the link in this email.`,
      );
}

/** SNS sends the email again for each call, as long as the subscription is not confirmed. */
function subscribeCommand(topicArn: string, email: string): string {
  const region = topicArn.split(':')[3] ?? '';
  return `aws sns subscribe --region ${region} --topic-arn ${topicArn} --protocol email --notification-endpoint ${email}`;
}

const isSame = (address: string, other: string): boolean => address.toLowerCase() === other.toLowerCase();
