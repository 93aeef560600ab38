import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import type { Config } from '../config';
import { useSession } from '../session/session';
import { ApiClient } from './client';
import { ApiProblem, mayPass } from './problem';

const TRIES = 3;
const ApiContext = createContext<ApiClient | undefined>(undefined);

export function useApi(): ApiClient {
  const api = useContext(ApiContext);
  if (!api) throw new Error('There is no ApiProvider.');
  return api;
}

/** The admin API with the token of the session; a refused token ends the session. */
export function ApiProvider({ config, children }: { readonly config: Config; readonly children: ReactNode }) {
  const { idToken, end } = useSession();
  // Read when a call is made, so that a renewed token makes no new client.
  const current = useRef({ idToken, end });
  useEffect(() => {
    current.current = { idToken, end };
  }, [idToken, end]);
  const api = useMemo(() => new ApiClient(config.adminApi, () => current.current.idToken), [config]);
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
      queries: {
        retry: (failures, error) => failures < TRIES - 1 && mayPass(error),
        retryDelay: (attempt, error) =>
          error instanceof ApiProblem && error.retryAfter ? error.retryAfter * 1000 : 500 * 2 ** attempt,
      },
    },
  });
}
