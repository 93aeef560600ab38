import type { IdentityProvider } from '../../store/credentials/connection';
import type { Trust } from '../../store/credentials/credential';
import type { ConnectionCredential } from './connection-view';

/** The settings of a connection that administrators choose. */
export interface ConnectionSettings {
  readonly name: string;
  readonly identityProvider: IdentityProvider;
}

/** The input of a new client secret. */
export interface NewClientSecret {
  /** @default - the name of the connection */
  readonly name?: string;
  /** RFC 3339, one to three years from now. @default - in one year */
  readonly expireTime?: string;
}

/** The input of a new trust. */
export interface NewTrust extends Trust {
  /** @default - the name of the connection */
  readonly name?: string;
  /** RFC 3339, in the future. @default - never */
  readonly expireTime?: string;
}

/** A new client secret, with its text, which cannot be read again. */
export interface GeneratedClientSecret {
  readonly credential: ConnectionCredential;
  readonly clientId: string;
  readonly clientSecret: string;
}
