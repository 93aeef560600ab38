import { DEPLOYMENT } from '../../../../store/table/keys';
import type { SubscriptionRef } from '../../../../store/webhooks/webhook-keys';
import type { AdminRequest } from '../../request';
import type { Access } from '../../route';

/** The events of a domain or of the deployment, where their routes are, and who may use these. */
export interface SubscriptionScope {
  /** The beginning of the paths. */
  readonly base: string;
  readonly mayRead: Access;
  readonly mayChange: Access;
  readonly scopeOf: (request: Pick<AdminRequest, 'domain'>) => string;
}

export const SUBSCRIPTION_SCOPES: readonly SubscriptionScope[] = [
  {
    base: '/domains/{domainId}',
    mayRead: 'viewer',
    mayChange: 'owner',
    scopeOf: ({ domain }) => domain.domainId,
  },
  { base: '', mayRead: 'operator', mayChange: 'operator', scopeOf: () => DEPLOYMENT },
];

/** Returns the path of one subscription. */
export const subscriptionPath = ({ base }: SubscriptionScope): string =>
  `${base}/subscriptions/{subscriptionId}`;

/** Returns the subscription that a request to such a path names. */
export const subscriptionOf = (
  { scopeOf }: SubscriptionScope,
  request: Pick<AdminRequest, 'domain' | 'parameters'>,
): SubscriptionRef => ({
  scope: scopeOf(request),
  subscriptionId: request.parameters.subscriptionId ?? '',
});
