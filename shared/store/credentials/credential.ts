import {
  optionalMap,
  optionalNumber,
  optionalOneOf,
  optionalText,
  text,
  texts,
  type Item,
} from '../table/read-item';

/**
 * The kinds of proof of a client's identity: a SCIM key, or a client secret or an assertion that it exchanges
 * for an access token.
 */
const CREDENTIAL_TYPES = ['scim-key', 'client-secret', 'trust'] as const;
export type CredentialType = (typeof CREDENTIAL_TYPES)[number];

/** The assertions that a connection accepts (RFC 7523). All values are compared exactly. */
export interface Trust {
  /** The claim `iss`. */
  readonly issuer: string;
  /** The claim `sub`. */
  readonly subject: string;
  /** The accepted values of the claim `aud`. Microsoft sends two of them. */
  readonly audiences: readonly string[];
  /** The claim `tid`. @default - any tenant */
  readonly tenant?: string;
  /** The URL of the issuer's public keys. */
  readonly jwksUrl: string;
}

/** A credential of a connection, as it is stored. Times are RFC 3339, UTC. */
export interface Credential {
  /** The id. It has the name that it had when SCIM keys were the only credentials. */
  readonly keyId: string;
  readonly type: CredentialType;
  /**
   * The id of its connection. A SCIM key that was created alone is a connection of its own, with the id of
   * the key.
   */
  readonly connectionId: string;
  readonly name: string;
  /** The hash of the secret. It matches nothing if the credential has no secret. */
  readonly hash: string;
  /** The version of the pepper of the hash. Absent for the first one. */
  readonly pepperId?: number;
  readonly createdAt: string;
  /** The administrator who created it. Absent if an earlier version, or the service itself, created it. */
  readonly creatorId?: string;
  /** The name of that administrator. */
  readonly createdBy?: string;
  /** Absent if the credential never expires. */
  readonly expireTime?: string;
  readonly revokedAt?: string;
  readonly lastUsedAt?: string;
  /** The last stage of its expiry that became an event, such as 7 days before it. */
  readonly expiryStage?: string;
  /** The accepted assertions of a credential of the type `trust`. */
  readonly trust?: Trust;
}

/** The hash of a credential without a secret. No hash of a secret equals it. */
export const NO_SECRET = '';

/** Reads a credential from its item. SCIM keys have no type, and no connection if they were created alone. */
export function readCredential(item: Item): Credential {
  const keyId = text(item, 'keyId');
  return {
    keyId,
    type: optionalOneOf(item, 'type', CREDENTIAL_TYPES) ?? 'scim-key',
    connectionId: optionalText(item, 'connectionId') ?? keyId,
    name: text(item, 'name'),
    hash: text(item, 'hash'),
    pepperId: optionalNumber(item, 'pepperId'),
    createdAt: text(item, 'createdAt'),
    creatorId: optionalText(item, 'creatorId'),
    createdBy: optionalText(item, 'createdBy'),
    expireTime: optionalText(item, 'expireTime'),
    revokedAt: optionalText(item, 'revokedAt'),
    lastUsedAt: optionalText(item, 'lastUsedAt'),
    expiryStage: optionalText(item, 'expiryStage'),
    trust: optionalMap(item, 'trust', readTrust),
  };
}

/** Returns the attributes of a credential as its item has them. */
export function credentialItem({ type, connectionId, ...credential }: Credential): Item {
  return {
    ...credential,
    ...(type !== 'scim-key' && { type }),
    ...(connectionId !== credential.keyId && { connectionId }),
  };
}

const readTrust = (trust: Item): Trust => ({
  issuer: text(trust, 'issuer'),
  subject: text(trust, 'subject'),
  audiences: texts(trust, 'audiences'),
  tenant: optionalText(trust, 'tenant'),
  jwksUrl: text(trust, 'jwksUrl'),
});
