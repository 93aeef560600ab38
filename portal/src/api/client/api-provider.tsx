import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import type { Config } from '../../config';
import { useSession } from '../../session/session';
import { ApiClient, type Credentials } from './client';
import { ApiProblem, isRetryable, retryDelayMs } from './problem';

const MAX_ATTEMPTS = 3;
const ApiContext = createContext<ApiClient | undefined>(undefined);

export function useApi(): ApiClient {
  const api = useContext(ApiContext);
  if (!api) throw new Error('There is no ApiProvider.');
  return api;
}

/** Provides the admin API with the token of the session. A refused token ends the session. */
export function ApiProvider({ config, children }: { readonly config: Config; readonly children: ReactNode }) {
  const session = useSession();
  // Each call reads the current session, so that a renewed token needs no new client.
  const sessionRef = useRef(session);
  useEffect(() => {
    sessionRef.current = session;
  }, [session]);
  const credentials = useMemo<Credentials>(
    () => ({ token: () => sessionRef.current.idToken, renew: () => sessionRef.current.renew() }),
    [],
  );
  const onUnauthorized = useMemo(() => () => sessionRef.current.end(), []);
  return (
    <ApiClientProvider baseUrl={config.adminApi} credentials={credentials} onUnauthorized={onUnauthorized}>
      {children}
    </ApiClientProvider>
  );
}

interface ApiClientProviderProps {
  /** The base URL of the admin API. */
  readonly baseUrl: string;
  readonly credentials: Credentials;
  /** Called after the API has refused the token. */
  readonly onUnauthorized: () => void;
  readonly children: ReactNode;
}

/** Provides the admin API with its own credentials and its own cache. The props must not change. */
export function ApiClientProvider({
  baseUrl,
  credentials,
  onUnauthorized,
  children,
}: ApiClientProviderProps) {
  const api = useMemo(() => new ApiClient(baseUrl, credentials), [baseUrl, credentials]);
  const queries = useMemo(() => createQueryClient(onUnauthorized), [onUnauthorized]);
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
      // Without a network, calls fail with an error message instead of waiting silently.
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
