import type { CredentialType } from '../../store/credentials/credential';
import type { MailSettings } from '../settings';
import { plainText } from './client-text';
import { formatTime } from './format-time';
import { renderTemplates, settingsView, type RenderedMail } from './render';
import { FALLBACK_LANGUAGE, KEY_EXPIRY, textFile, type MailTemplates } from './templates';

const DAY_MS = 86_400_000;
/** The part of a UUIDv7 that is its time, which is how the portal shortens ids. */
const ID_START_LENGTH = 13;
/** The longest name of a domain or credential. */
const MAX_NAME_LENGTH = 100;

/** A credential that expires or has expired, and its domain. */
export interface KeyExpiry {
  /** @default scim-key */
  readonly type?: CredentialType;
  readonly domainId: string;
  readonly domainName: string;
  readonly keyId: string;
  readonly keyName: string;
  /** RFC 3339, UTC. */
  readonly expireTime: string;
}

export interface KeyExpiryOptions {
  readonly now: Date;
  /** The origin of the portal; absent if there is none. */
  readonly portalUrl?: string;
}

/** Renders the reminder that a credential expires or has expired, in the language of the settings. */
export function renderKeyExpiry(
  { type = 'scim-key', domainId, domainName, keyId, keyName, expireTime }: KeyExpiry,
  settings: MailSettings,
  templates: MailTemplates,
  { now, portalUrl }: KeyExpiryOptions,
): RenderedMail {
  const language =
    templates.locate(settings.language, textFile(KEY_EXPIRY)) === undefined
      ? FALLBACK_LANGUAGE
      : settings.language;
  const daysLeft = (Date.parse(expireTime) - now.getTime()) / DAY_MS;
  return renderTemplates(KEY_EXPIRY, language, templates, {
    ...settingsView(settings, language),
    name: '',
    userName: '',
    userType: '',
    scimKey: type === 'scim-key',
    clientSecret: type === 'client-secret',
    trust: type === 'trust',
    keyName: plainText(keyName, MAX_NAME_LENGTH) ?? '',
    keyIdStart: `${keyId.slice(0, ID_START_LENGTH)}…`,
    domainName: plainText(domainName, MAX_NAME_LENGTH) ?? domainId,
    expiryTime: formatTime(expireTime, language),
    expired: daysLeft <= 0,
    lastDay: daysLeft > 0 && daysLeft <= 1,
    days: String(Math.max(2, Math.round(daysLeft))),
    portalLink: portalUrl === undefined ? '' : `${portalUrl}/domains/${domainId}/settings/scim`,
  });
}
