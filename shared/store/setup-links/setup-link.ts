import { optionalNumber, optionalOneOf, optionalText, text, type Item } from '../table/read-item';

/** The role that the person with a link may get as an account of their own. */
export const ACCOUNT_ROLES = ['owner', 'viewer'] as const;
export type AccountRole = (typeof ACCOUNT_ROLES)[number];

/** The one-time code that opens a link. Times are RFC 3339, UTC. */
export interface SetupCode {
  readonly codeHash: string;
  readonly codeSentAt: string;
  readonly codeExpireTime: string;
}

/** A setup link as it is stored, with hashes of its secrets. Times are RFC 3339, UTC. */
export interface SetupLink extends Partial<SetupCode> {
  readonly linkId: string;
  /** The address that gets the one-time codes. */
  readonly email: string;
  /** The role that the link offers at its end; absent if it offers none. */
  readonly accountRole?: AccountRole;
  readonly hash: string;
  readonly createdAt: string;
  /** The name of the administrator who created the link. */
  readonly createdBy?: string;
  /** The id of that administrator. A link without it cannot be used. */
  readonly creatorId?: string;
  readonly expireTime: string;
  readonly revokedAt?: string;
  /** The time when a browser opened the link. It is bound to this browser. */
  readonly openedAt?: string;
  /** The hash of the token of that browser. */
  readonly sessionHash?: string;
  /** The number of guesses of the current code. */
  readonly codeAttempts?: number;
  /** The number of codes that were requested. */
  readonly codesSent?: number;
  /** The time when the account that the link offers was last requested. */
  readonly accountInvitedAt?: string;
  /** The invitation that was sent then. */
  readonly accountInvitationId?: string;
  /** The number of requests for the account. */
  readonly accountSends?: number;
}

/** `pending`: no browser has opened the link yet. `open`: it is bound to a browser. */
export type SetupLinkStatus = 'pending' | 'open' | 'expired' | 'revoked';

export function statusOf(
  { revokedAt, expireTime, openedAt }: Pick<SetupLink, 'revokedAt' | 'expireTime' | 'openedAt'>,
  now: Date,
): SetupLinkStatus {
  if (revokedAt !== undefined) return 'revoked';
  if (Date.parse(expireTime) <= now.getTime()) return 'expired';
  return openedAt === undefined ? 'pending' : 'open';
}

/** Returns whether somebody can still use a link. */
export const isUsable = (link: SetupLink, now: Date): boolean =>
  ['pending', 'open'].includes(statusOf(link, now));

export const readSetupLink = (item: Item): SetupLink => ({
  linkId: text(item, 'linkId'),
  email: text(item, 'email'),
  accountRole: optionalOneOf(item, 'accountRole', ACCOUNT_ROLES),
  hash: text(item, 'hash'),
  createdAt: text(item, 'createdAt'),
  createdBy: optionalText(item, 'createdBy'),
  expireTime: text(item, 'expireTime'),
  revokedAt: optionalText(item, 'revokedAt'),
  openedAt: optionalText(item, 'openedAt'),
  sessionHash: optionalText(item, 'sessionHash'),
  codeHash: optionalText(item, 'codeHash'),
  codeSentAt: optionalText(item, 'codeSentAt'),
  codeExpireTime: optionalText(item, 'codeExpireTime'),
  codeAttempts: optionalNumber(item, 'codeAttempts'),
  codesSent: optionalNumber(item, 'codesSent'),
  creatorId: optionalText(item, 'creatorId'),
  accountInvitedAt: optionalText(item, 'accountInvitedAt'),
  accountInvitationId: optionalText(item, 'accountInvitationId'),
  accountSends: optionalNumber(item, 'accountSends'),
});
