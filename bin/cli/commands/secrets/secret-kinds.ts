import { MAX_ACCESS_TOKEN_MINUTES } from '../../../../shared/credentials/access-token-minutes';
import { CURSOR_TIMEOUT } from '../../../../shared/cursor-timeout';
import type { SecretName } from '../../../../shared/credentials/secret-names';

/** A secret, as the CLI describes and rotates it. */
export interface SecretKind {
  /** Says what the secret is for. */
  readonly use: string;
  /** Says what happens with what was made with the former version. */
  readonly former: string;
  /** The longest time for which a value of a version is valid. Absent if values do not end by themselves. */
  readonly lifetimeMs?: number;
  /** The most versions that the secret has at a time. */
  readonly maxVersions?: number;
}

/** The secrets from which the service derives values. Each of them has several versions. */
export const DERIVING: Readonly<Record<Exclude<SecretName, 'portal-origin'>, SecretKind>> = {
  pepper: {
    use: 'hashes of SCIM keys and client secrets',
    former:
      'Each SCIM key and client secret gets a new hash when it is used. When none needs the former pepper, end it with ' +
      '`secret drop pepper`.',
    maxVersions: 2,
  },
  'access-token': {
    use: 'access tokens',
    former: 'Tokens of the former version are accepted until they expire.',
    lifetimeMs: MAX_ACCESS_TOKEN_MINUTES * 60_000,
  },
  cursor: {
    use: 'cursors of lists',
    former: 'Cursors of the former version are accepted until they expire.',
    lifetimeMs: CURSOR_TIMEOUT * 1_000,
  },
  license: {
    use: 'license keys',
    former: 'Licenses keep their keys. New activations, and keys that are replaced, use the new version.',
  },
  webhook: {
    use: 'signing secrets of webhooks, and authorizations for receivers',
    former: 'Webhooks keep their signing secrets. New webhooks and new signing secrets use the new version.',
  },
};

export type DerivingName = keyof typeof DERIVING;

export const isDeriving = (name: string): name is DerivingName => name in DERIVING;
