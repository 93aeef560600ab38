import { number, optionalMap, optionalText, optionalTexts, text, type Item } from '../table/read-item';

/** The identity providers that a connection can have. */
export const IDENTITY_PROVIDERS = ['okta', 'entra-id', 'other'] as const;
export type IdentityProvider = (typeof IDENTITY_PROVIDERS)[number];

/** An owner's confirmation that the client of a connection may make users portal administrators. */
export interface RolesConfirmation {
  /** RFC 3339, UTC. */
  readonly confirmedAt: string;
  readonly confirmedBy: string;
  readonly confirmedByName?: string;
}

/** A connection without its credentials, as it is stored. Times are RFC 3339, UTC. */
export interface ConnectionRecord {
  readonly connectionId: string;
  readonly name: string;
  readonly identityProvider: IdentityProvider;
  readonly createdAt: string;
  readonly revokedAt?: string;
  /** The trusts that may be valid, so that the token endpoint finds them without a query. */
  readonly trustIds: readonly string[];
  /** Absent if mappings make nobody an administrator whom this connection provisions. */
  readonly administratorsFromRoles?: RolesConfirmation;
  /**
   * The number of changes; 0 if the connection has no item, because it is a SCIM key that was created alone.
   */
  readonly version: number;
}

/**
 * Returns a stored identity provider. One that a later version added is `other`, so that this version can
 * replace it.
 */
const readIdentityProvider = (stored: string): IdentityProvider =>
  IDENTITY_PROVIDERS.find((each) => each === stored) ?? 'other';

/** Reads a connection from its item. */
export const readConnection = (item: Item): ConnectionRecord => ({
  connectionId: text(item, 'connectionId'),
  name: text(item, 'name'),
  identityProvider: readIdentityProvider(text(item, 'identityProvider')),
  createdAt: text(item, 'createdAt'),
  revokedAt: optionalText(item, 'revokedAt'),
  trustIds: optionalTexts(item, 'trustIds') ?? [],
  administratorsFromRoles: optionalMap(item, 'administratorsFromRoles', readConfirmation),
  version: number(item, 'version'),
});

const readConfirmation = (map: Item): RolesConfirmation => ({
  confirmedAt: text(map, 'confirmedAt'),
  confirmedBy: text(map, 'confirmedBy'),
  confirmedByName: optionalText(map, 'confirmedByName'),
});
