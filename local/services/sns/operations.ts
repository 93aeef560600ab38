import * as z from 'zod';
import { type AwsOperations, type Operations, readInput } from '../../cloud/endpoint/operation';
import { ServiceError } from '../../cloud/endpoint/service-error';
import { ACCOUNT } from '../../cloud/template/account';
import type { EmailSubscriptions } from './email-subscriptions';

/** A subscription as SNS lists it. */
export interface ListedSubscription {
  readonly SubscriptionArn: string;
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint: string;
}

const PAGE_SIZE = 100;
const INVALID = 'InvalidParameterException';

const ListInput = z.object({ TopicArn: z.string().min(1), NextToken: z.string().optional() });
const ConfirmationQuery = z.object({ token: z.string().min(1) });

/** Returns the operations of SNS that functions use. `list` returns undefined if there is no such topic. */
export function topicOperations(
  list: (topicArn: string) => readonly ListedSubscription[] | undefined,
): AwsOperations {
  return {
    'SNS.ListSubscriptionsByTopic': {
      permission: ({ input }) => {
        const { TopicArn: resource } = readInput(ListInput, input, INVALID);
        return { action: 'sns:ListSubscriptionsByTopic', resource };
      },
      run: ({ input }) => {
        const { TopicArn, NextToken } = readInput(ListInput, input, INVALID);
        const all = list(TopicArn);
        if (!all) throw new ServiceError(404, 'NotFoundException', 'Topic does not exist');
        const start = NextToken === undefined ? 0 : readToken(NextToken);
        const end = start + PAGE_SIZE;
        return {
          Subscriptions: all.slice(start, end).map((each) => ({ ...each, Owner: ACCOUNT })),
          NextToken: end < all.length ? Buffer.from(String(end)).toString('base64') : undefined,
        };
      },
    },
  };
}

function readToken(token: string): number {
  const start = Number(Buffer.from(token, 'base64').toString());
  if (Number.isInteger(start) && start > 0) return start;
  throw new ServiceError(400, INVALID, 'Invalid parameter: NextToken');
}

/** Returns the operations that stand for what the recipients of emails do. */
export function recipientOperations(emails: () => EmailSubscriptions): Operations {
  return {
    /** Confirms the email subscription to which a link in the mailbox belongs: `?token=…`. */
    'GET sns-confirmation': ({ query }) => {
      const { token } = readInput(ConfirmationQuery, Object.fromEntries(query));
      const confirmed = emails().confirm(token);
      if (!confirmed) throw new ServiceError(404, 'NotFoundException', 'No subscription has this token.');
      return { confirmed: confirmed.endpoint, topicArn: confirmed.topicArn };
    },
  };
}
