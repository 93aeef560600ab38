import type { SubscriptionRef } from '../../../../store/webhooks/webhook-keys';
import { type AdminRequest, scopeOfRequest } from '../../request';
import type { Access } from '../../route';

/** The events of a domain or of the deployment: where their routes are, and who may use these. */
export interface SubscriptionScope {
  /** The beginning of the paths. */
  readonly base: '/domains/{domainId}' | '';
  readonly mayRead: Access;
  readonly mayChange: Access;
}

export const SUBSCRIPTION_SCOPES: readonly SubscriptionScope[] = [
  { base: '/domains/{domainId}', mayRead: 'viewer', mayChange: 'owner' },
  { base: '', mayRead: 'operator', mayChange: 'operator' },
];

/** Returns the path of one subscription. */
export const subscriptionPath = ({ base }: SubscriptionScope) =>
  `${base}/subscriptions/{subscriptionId}` as const;

/** Returns the subscription that a request to such a path names. */
export const subscriptionOf = (
  request: Pick<AdminRequest<unknown, unknown, 'subscriptionId'>, 'domain' | 'parameters'>,
): SubscriptionRef => ({
  scope: scopeOfRequest(request),
  subscriptionId: request.parameters.subscriptionId,
});
