import { number, optionalText, optionalTexts, text, type Item } from '../table/read-item';

/** The identity providers that a connection can have. */
export const IDENTITY_PROVIDERS = ['okta', 'entra-id', 'other'] as const;
export type IdentityProvider = (typeof IDENTITY_PROVIDERS)[number];

/** A connection without its credentials, as it is stored. Times are RFC 3339, UTC. */
export interface ConnectionRecord {
  readonly connectionId: string;
  readonly name: string;
  readonly identityProvider: IdentityProvider;
  readonly createdAt: string;
  readonly revokedAt?: string;
  /** The trusts that may be valid, so that the token endpoint finds them without a query. */
  readonly trustIds: readonly string[];
  /** The number of changes; 0 if the connection has no item, because it is a SCIM key that was created alone. */
  readonly version: number;
}

/** Returns a stored identity provider. One that a later version added is `other`, so that this version can replace it. */
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
  version: number(item, 'version'),
});
