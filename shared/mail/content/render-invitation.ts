import type { MailSettings } from '../settings';
import { greetingName, plainText } from './client-text';
import { formatTime } from './format-time';
import { renderTemplates, settingsView, type RenderedMail } from './render';
import { FALLBACK_LANGUAGE, INVITATION, textFile, type MailTemplates } from './templates';

/** The longest name of a domain. */
const MAX_NAME_LENGTH = 100;
const DAY_MS = 86_400_000;

/** An invitation to administer a domain or the deployment. */
export interface InvitationMail {
  readonly role: 'operator' | 'owner' | 'viewer';
  /** The name of the recipient. */
  readonly name?: string;
  /** Absent in the invitation of an operator. */
  readonly domain?: { readonly domainId: string; readonly name: string };
  /** RFC 3339, UTC. */
  readonly expireTime: string;
  /** The origin of the portal. */
  readonly portalUrl: string;
  /** True if Cognito emails a temporary password to a new user. */
  readonly hasPassword: boolean;
}

/** Renders an invitation, in the language of the settings. */
export function renderInvitation(
  { role, name, domain, expireTime, portalUrl, hasPassword }: InvitationMail,
  settings: MailSettings,
  templates: MailTemplates,
  now: Date,
): RenderedMail {
  const isTranslated = templates.locate(settings.language, textFile(INVITATION)) !== undefined;
  const language = isTranslated ? settings.language : FALLBACK_LANGUAGE;
  return renderTemplates(INVITATION, language, templates, {
    ...settingsView(settings, language),
    name: greetingName(name ?? ''),
    userName: '',
    userType: '',
    operator: role === 'operator',
    owner: role === 'owner',
    viewer: role === 'viewer',
    domainName: domain ? (plainText(domain.name, MAX_NAME_LENGTH) ?? domain.domainId) : '',
    days: String(Math.max(1, Math.round((Date.parse(expireTime) - now.getTime()) / DAY_MS))),
    expiryTime: formatTime(expireTime, language),
    portalLink: `${portalUrl}/`,
    password: hasPassword,
  });
}
