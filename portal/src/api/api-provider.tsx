import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import type { Config } from '../config';
import { useSession } from '../session/session';
import { ApiClient } from './client';
import { ApiProblem, isRetryable, retryDelayMs } from './problem';

const MAX_ATTEMPTS = 3;
const ApiContext = createContext<ApiClient | undefined>(undefined);

export function useApi(): ApiClient {
  const api = useContext(ApiContext);
  if (!api) throw new Error('There is no ApiProvider.');
  return api;
}

/** The admin API with the token of the session; a refused token ends the session. */
export function ApiProvider({ config, children }: { readonly config: Config; readonly children: ReactNode }) {
  const session = useSession();
  // Read when a call is made, so that a renewed token makes no new client.
  const current = useRef(session);
  useEffect(() => {
    current.current = session;
  }, [session]);
  const api = useMemo(
    () =>
      new ApiClient(config.adminApi, {
        token: () => current.current.idToken,
        renew: () => current.current.renew(),
      }),
    [config],
  );
  const queries = useMemo(() => createQueryClient(() => current.current.end()), []);
  return (
    <ApiContext value={api}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </ApiContext>
  );
}

function createQueryClient(endSession: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof ApiProblem && error.status === 401) endSession();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // Without a network a call fails and is told of, where it would otherwise wait in silence.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        refetchOnReconnect: true,
        retry: (failures, error) =>
          failures < MAX_ATTEMPTS - 1 && isRetryable(error) && retryDelayMs(error, failures) !== undefined,
        retryDelay: (failures, error) => retryDelayMs(error, failures) ?? 0,
      },
    },
  });
}
