import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './client/api-provider';
import type { EventTypeList, NewSubscription, SubscriptionChange } from './schema';

export const subscriptionsKey = (domainId: string) => ['subscriptions', domainId];

/** Returns the subscriptions of a domain, and the kinds that the deployment has. */
export function useSubscriptions(domainId: string) {
  const api = useApi();
  return useQuery({
    queryKey: subscriptionsKey(domainId),
    queryFn: ({ signal }) =>
      api.call('GET /domains/{domainId}/subscriptions', { path: { domainId } }, signal),
  });
}

/** A type of events, with its description. */
export type EventTypeText = EventTypeList['items'][number];

/** Returns the types of events. They change with the version of the service only. */
export function useEventTypes() {
  const api = useApi();
  return useQuery({
    queryKey: ['event-types'],
    queryFn: async ({ signal }) => (await api.call('GET /event-types', {}, signal)).items,
    staleTime: Infinity,
  });
}

/** Returns a function that calls an operation, after which the page shows the new state. */
export function useSubscriptionCall<Input, Result>(
  domainId: string,
  call: (input: Input) => Promise<Result>,
  isSecret = false,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: call,
    // A response with a secret is discarded together with the dialog that shows it.
    ...(isSecret && { gcTime: 0 }),
    onSettled: () => queries.invalidateQueries({ queryKey: subscriptionsKey(domainId) }),
  });
}

export function useCreateSubscription(domainId: string) {
  const api = useApi();
  return useSubscriptionCall(
    domainId,
    (body: NewSubscription) =>
      api.call('POST /domains/{domainId}/subscriptions', { path: { domainId }, body }),
    true,
  );
}

/** Identifies a subscription in the paths of the admin API. */
export interface SubscriptionPath {
  readonly domainId: string;
  readonly subscriptionId: string;
}

export function useChangeSubscription(path: SubscriptionPath) {
  const api = useApi();
  return useSubscriptionCall(path.domainId, (body: SubscriptionChange) =>
    api.call('PATCH /domains/{domainId}/subscriptions/{subscriptionId}', { path, body }),
  );
}

export function useDeleteSubscription(path: SubscriptionPath) {
  const api = useApi();
  return useSubscriptionCall(path.domainId, () =>
    api.call('DELETE /domains/{domainId}/subscriptions/{subscriptionId}', { path }),
  );
}

export function useReplaceToken(path: SubscriptionPath) {
  const api = useApi();
  return useSubscriptionCall(
    path.domainId,
    () => api.call('POST /domains/{domainId}/subscriptions/{subscriptionId}/token', { path }),
    true,
  );
}
