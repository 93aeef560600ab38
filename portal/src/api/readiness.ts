import { useQuery } from '@tanstack/react-query';
import { language } from '../i18n/language';
import { useApi } from './client/api-provider';

export function useReadiness(domainId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['readiness', domainId],
    queryFn: ({ signal }) =>
      api.call('GET /domains/{domainId}/readiness', { path: { domainId }, query: { language } }, signal),
    staleTime: 60_000,
  });
}

/** Returns the findings that concern one connection. */
export function useConnectionReadiness(domainId: string, connectionId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['readiness', domainId, connectionId],
    queryFn: ({ signal }) =>
      api.call(
        'GET /domains/{domainId}/readiness',
        { path: { domainId }, query: { connectionId, language } },
        signal,
      ),
    staleTime: 60_000,
  });
}

export function useRateUsage(domainId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['rate-usage', domainId],
    queryFn: ({ signal }) => api.call('GET /domains/{domainId}/rate-usage', { path: { domainId } }, signal),
    refetchInterval: 60_000,
  });
}
