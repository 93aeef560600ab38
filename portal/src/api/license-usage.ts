import { useQuery } from '@tanstack/react-query';
import { useApi } from './client/api-provider';
import { keepPreviousDataOfDomain } from './client/previous-data';

/** Returns the licenses and seats of the last days. The last day has the current numbers. */
export function useLicenseUsage(domainId: string, days: number) {
  const api = useApi();
  return useQuery({
    queryKey: ['license-usage', domainId, days],
    queryFn: ({ signal }) =>
      api.call('GET /domains/{domainId}/license-usage', { path: { domainId }, query: { days } }, signal),
    placeholderData: keepPreviousDataOfDomain(domainId),
  });
}
