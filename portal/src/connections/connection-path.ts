import type { Connection } from '../api/schema';

/** The name of the parameter that selects the connection of a guide. */
export const CONNECTION_PARAMETER = 'connection';

/** The identity providers that have a guide. Its path is their name. */
const GUIDES: readonly Connection['identityProvider'][] = ['okta', 'entra-id'];

/** The help pages with the guides of identity providers. That of all others is the list of guides. */
export const GUIDE_PAGES: Readonly<Record<Connection['identityProvider'], string>> = {
  okta: 'okta.md',
  'entra-id': 'entra-id.md',
  other: 'connect',
};

type Identified = Pick<Connection, 'connectionId' | 'identityProvider'>;

/** Returns the path of the guide of a connection; undefined if its identity provider has none. */
export const guidePath = (
  domainId: string,
  { connectionId, identityProvider }: Identified,
): string | undefined =>
  GUIDES.includes(identityProvider)
    ? `/domains/${domainId}/settings/${identityProvider}?${CONNECTION_PARAMETER}=${connectionId}`
    : undefined;

/** Returns the path of the page of a connection. */
export const connectionPath = (domainId: string, connectionId: string): string =>
  `/domains/${domainId}/settings/scim/connections/${connectionId}`;

/**
 * Returns the path of the page on which a new connection is set up: the guide, or the page of the connection.
 */
export const connectionSettingsPath = (domainId: string, connection: Identified): string =>
  guidePath(domainId, connection) ?? connectionPath(domainId, connection.connectionId);
