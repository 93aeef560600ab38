import { useSearchParams } from 'react-router';
import { useConnections } from '../api/connections/connections';
import type { Connection, IdentityProvider } from '../api/schema';
import { CONNECTION_PARAMETER } from '../connections/connection-path';
import { useAccess } from '../session/access';

/** The value of the parameter for a connection that does not exist yet. */
export const NEW_CONNECTION = 'new';

export interface GuideConnection {
  readonly identityProvider: IdentityProvider;
  readonly query: ReturnType<typeof useConnections>;
  /** The connections among which the user can choose, newest first. */
  readonly choices: readonly Connection[];
  /** The connection that the guide sets up; undefined if the user has yet to create it. */
  readonly selected: Connection | undefined;
  readonly select: (connectionId: string) => void;
}

/**
 * Returns the connection that a guide sets up. It is part of the address. By default, it is the newest
 * connection of the identity provider.
 */
export function useGuideConnection(identityProvider: IdentityProvider): GuideConnection {
  const { domain, mayChange } = useAccess();
  const query = useConnections(domain.domainId);
  const [parameters, setParameters] = useSearchParams();
  const requested = parameters.get(CONNECTION_PARAMETER);
  const choices = (query.data?.items ?? [])
    .filter(
      (one) =>
        one.connectionId === requested || (one.identityProvider === identityProvider && !one.revokedAt),
    )
    .sort((one, other) => other.createdAt.localeCompare(one.createdAt));
  const selected =
    requested === NEW_CONNECTION && mayChange
      ? undefined
      : (choices.find(({ connectionId }) => connectionId === requested) ?? choices[0]);
  const select = (connectionId: string) =>
    setParameters(
      (current) => {
        current.set(CONNECTION_PARAMETER, connectionId);
        return current;
      },
      { replace: true, preventScrollReset: true },
    );
  return { identityProvider, query, choices, selected, select };
}
