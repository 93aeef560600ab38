import { hasSets, type Subscription } from '../../../../store/events/subscription';
import { DEPLOYMENT } from '../../../../store/table/keys';

/** The addresses of a deployment that receivers of events need. */
export interface EventAddresses {
  /** The URL of the keys that verify SETs. */
  readonly jwksUrl: string;
  /** Absent if the deployment has no event bus. */
  readonly eventBusName?: string;
}

/**
 * Returns a subscription as administrators see it, without the hash of its token and without secrets, but
 * with the addresses that its receiver needs. `adminUrl` is that of the admin API.
 */
export function subscriptionView(
  { scope, ...subscription }: Subscription,
  { jwksUrl, eventBusName, adminUrl }: EventAddresses & { readonly adminUrl: string },
): object {
  const { subscriptionId, name, kind, types, content, state, createdAt } = subscription;
  const { endpoint, issuer, audience, authorization } = subscription;
  const base = scope === DEPLOYMENT ? adminUrl : `${adminUrl}/domains/${scope}`;
  return {
    ...{ subscriptionId, name, kind, types, content, state, createdAt, endpoint, issuer, audience },
    ...(authorization !== undefined && { hasAuthorization: true }),
    ...(kind === 'feed' && { feedUrl: `${base}/events` }),
    ...(kind === 'setPoll' && { pollUrl: `${base}/subscriptions/${subscriptionId}/sets` }),
    ...(hasSets(kind) && { jwksUrl }),
    ...(kind === 'eventBridge' && { eventBusName }),
  };
}
