import type * as Sns from '@aws-sdk/client-sns';
import { requestTimeouts } from '../../request-timeouts';

/** A subscription to a topic of SNS. */
export interface TopicSubscription {
  /** For example `email`. */
  readonly protocol: string;
  /** For the protocol `email`, the address. */
  readonly endpoint: string;
  /** False until the recipient has opened the link in the email from SNS. */
  readonly isConfirmed: boolean;
}

/** The subscriptions of a topic, or the reason why there are none to see. */
export type TopicSubscriptions = readonly TopicSubscription[] | 'not-allowed' | 'no-topic';

/** SNS returns at most 100 subscriptions in a page. A topic of the operator may have very many. */
const MAX_PAGES = 10;

/** The value that SNS returns instead of the ARN of a subscription that is not confirmed. */
const PENDING = 'PendingConfirmation';

/** Reads the subscriptions of a topic. Few requests need the client of SNS, so it is loaded here. */
export async function readTopicSubscriptions(topicArn: string): Promise<TopicSubscriptions> {
  const sns = await import('@aws-sdk/client-sns');
  const client = new sns.SNSClient({ maxAttempts: 2, requestHandler: requestTimeouts(2_000) });
  try {
    return await readPages(client, sns, topicArn);
  } catch (error) {
    if (error instanceof sns.AuthorizationErrorException) return 'not-allowed';
    if (error instanceof sns.NotFoundException) return 'no-topic';
    throw error;
  } finally {
    client.destroy();
  }
}

async function readPages(
  client: Sns.SNSClient,
  { ListSubscriptionsByTopicCommand }: typeof Sns,
  TopicArn: string,
): Promise<TopicSubscription[]> {
  const found: TopicSubscription[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn, NextToken }));
    for (const { Protocol = '', Endpoint = '', SubscriptionArn = '' } of answer.Subscriptions ?? []) {
      // A deleted subscription stays in the list for a while, with `Deleted` as its ARN.
      const isConfirmed = SubscriptionArn.startsWith('arn:');
      if (isConfirmed || SubscriptionArn === PENDING)
        found.push({ protocol: Protocol, endpoint: Endpoint, isConfirmed });
    }
    NextToken = answer.NextToken;
    if (!NextToken) break;
  }
  return found;
}
