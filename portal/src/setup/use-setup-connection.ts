import { useState } from 'react';
import { useConnections } from '../api/connections/connections';
import type { Connection, IdentityProvider } from '../api/schema';

/** The choice of a connection that does not exist yet. */
export const NEW_CONNECTION = 'new';

export interface SetupConnection {
  readonly provider: IdentityProvider;
  readonly chooseProvider: (provider: IdentityProvider) => void;
  readonly query: ReturnType<typeof useConnections>;
  /** The connections of the identity provider that are not revoked, newest first. */
  readonly choices: readonly Connection[];
  /** The connection that is set up; undefined if it has yet to be created. */
  readonly selected: Connection | undefined;
  readonly select: (connectionId: string) => void;
}

/**
 * Returns the connection that a setup link sets up: the chosen one, or else the newest of the identity
 * provider.
 */
export function useSetupConnection(domainId: string): SetupConnection {
  const query = useConnections(domainId);
  const [chosenProvider, setProvider] = useState<IdentityProvider>();
  const [connectionId, select] = useState<string>();
  const connections = (query.data?.items ?? [])
    .filter(({ revokedAt }) => revokedAt === undefined)
    .sort((one, other) => other.createdAt.localeCompare(one.createdAt));
  const provider = chosenProvider ?? connections[0]?.identityProvider ?? 'okta';
  const choices = connections.filter(({ identityProvider }) => identityProvider === provider);
  const selected =
    connectionId === NEW_CONNECTION
      ? undefined
      : (choices.find((each) => each.connectionId === connectionId) ?? choices[0]);
  const chooseProvider = (next: IdentityProvider) => {
    setProvider(next);
    select(undefined);
  };
  return { provider, chooseProvider, query, choices, selected, select };
}
