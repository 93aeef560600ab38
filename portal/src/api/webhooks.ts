import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useApi } from './client/api-provider';
import type { WebhookReplay } from './schema';
import { subscriptionsKey, useSubscriptionCall, type SubscriptionPath } from './subscriptions';

const SECOND_MS = 1000;

export function useWebhookStatus(path: SubscriptionPath) {
  const api = useApi();
  return useQuery({
    queryKey: [...subscriptionsKey(path.domainId), path.subscriptionId, 'status'],
    queryFn: ({ signal }) =>
      api.call('GET /domains/{domainId}/subscriptions/{subscriptionId}/delivery-status', { path }, signal),
    refetchInterval: 15 * SECOND_MS,
  });
}

export function useWebhookDeliveries(path: SubscriptionPath) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: [...subscriptionsKey(path.domainId), path.subscriptionId, 'deliveries'],
    queryFn: ({ pageParam: cursor, signal }) =>
      api.call(
        'GET /domains/{domainId}/subscriptions/{subscriptionId}/deliveries',
        { path, query: { cursor } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
}

export function useWebhookDeadLetters(path: SubscriptionPath) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: [...subscriptionsKey(path.domainId), path.subscriptionId, 'dead-letters'],
    queryFn: ({ pageParam: cursor, signal }) =>
      api.call(
        'GET /domains/{domainId}/subscriptions/{subscriptionId}/dead-letters',
        { path, query: { cursor } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
}

export function useTestWebhook(path: SubscriptionPath) {
  const api = useApi();
  return useSubscriptionCall(path.domainId, () =>
    api.call('POST /domains/{domainId}/subscriptions/{subscriptionId}/test-events', { path }),
  );
}

export function useRetryWebhook(path: SubscriptionPath) {
  const api = useApi();
  return useSubscriptionCall(path.domainId, () =>
    api.call('POST /domains/{domainId}/subscriptions/{subscriptionId}/retries', { path }),
  );
}

export function useReplayWebhook(path: SubscriptionPath) {
  const api = useApi();
  return useSubscriptionCall(path.domainId, (body: WebhookReplay) =>
    api.call('POST /domains/{domainId}/subscriptions/{subscriptionId}/replays', { path, body }),
  );
}

export function useCreateWebhookSecret(path: SubscriptionPath) {
  const api = useApi();
  return useSubscriptionCall(
    path.domainId,
    () => api.call('POST /domains/{domainId}/subscriptions/{subscriptionId}/secrets', { path }),
    true,
  );
}

export function useRevokeWebhookSecret(path: SubscriptionPath) {
  const api = useApi();
  return useSubscriptionCall(path.domainId, (secretId: string) =>
    api.call('DELETE /domains/{domainId}/subscriptions/{subscriptionId}/secrets/{secretId}', {
      path: { ...path, secretId },
    }),
  );
}
