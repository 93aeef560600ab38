import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './client/api-provider';
import { PAGE_SIZE, type PageLoader } from './client/page-loader';
import { isRetryable, retryDelayMs } from './client/problem';
import { importRows, type ImportOptions } from './user-file/import-rows';
import type { UserFile } from './user-file/users-csv';

/** Values of a user, by the names of columns. */
export type Values = Readonly<Record<string, string>>;

/** Returns the columns of users. They change only with a deployment. */
export function useUserColumns(domainId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['user-columns', domainId],
    queryFn: ({ signal }) =>
      api.call('GET /domains/{domainId}/users/columns', { path: { domainId } }, signal),
    staleTime: Infinity,
  });
}

/** Returns a function that loads again what a change of users concerns. */
export function useRefreshUsers(domainId: string): () => Promise<unknown> {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ['users', 'user', 'domain', 'readiness'].map((kind) =>
        queries.invalidateQueries({ queryKey: [kind, domainId] }),
      ),
    );
}

/** Creates a user, or changes the values of one. */
export function useSaveUser(domainId: string, userId?: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (values: Values) =>
      userId === undefined
        ? api.call('POST /domains/{domainId}/users', { path: { domainId }, body: { values } })
        : api.call('PATCH /domains/{domainId}/users/{userId}', {
            path: { domainId, userId },
            body: { values },
          }),
    onSuccess: useRefreshUsers(domainId),
  });
}

export function useActivateUser(domainId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (userId: string) =>
      api.call('POST /domains/{domainId}/users/{userId}/activate', { path: { domainId, userId } }),
    onSuccess: useRefreshUsers(domainId),
  });
}

/**
 * Deletes a user. `onDeleted` is called before the queries of users are loaded again, because that of this
 * user then fails.
 */
export function useDeleteUser(domainId: string, onDeleted: () => void) {
  const api = useApi();
  const refresh = useRefreshUsers(domainId);
  return useMutation({
    mutationFn: (userId: string) =>
      api.call('DELETE /domains/{domainId}/users/{userId}', { path: { domainId, userId } }),
    onSuccess: () => {
      onDeleted();
      return refresh();
    },
  });
}

/** Returns a function that loads one page of the values of all users. */
export function useUserExportPages(domainId: string): PageLoader<Values> {
  const api = useApi();
  return async (cursor, signal) => {
    const query = { limit: PAGE_SIZE, cursor };
    const page = await api.call(
      'GET /domains/{domainId}/users/export',
      { path: { domainId }, query },
      signal,
    );
    return { items: page.items.map(({ values }) => values), next: page.next };
  };
}

/** Returns a function that imports the rows of a file, or shows what they would do. */
export function useImportRows(domainId: string) {
  const api = useApi();
  return (file: UserFile, dryRun: boolean, options: Pick<ImportOptions, 'isStopped' | 'onProgress'>) =>
    importRows(file, {
      ...options,
      send: async (rows, seatsTaken) => {
        const body = { rows, dryRun, ...(dryRun && { seatsTaken }) };
        return (await api.call('POST /domains/{domainId}/users/import', { path: { domainId }, body }))
          .results;
      },
      retryAfter: (error, failures) => (isRetryable(error) ? retryDelayMs(error, failures) : undefined),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
}
