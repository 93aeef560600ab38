import type { MailSettings } from '../settings';
import { plainText } from './client-text';
import { renderTemplates, settingsView, type RenderedMail } from './render';
import { FALLBACK_LANGUAGE, SETUP_CODE, textFile, type MailTemplates } from './templates';

/** The longest name of a domain. */
const MAX_NAME_LENGTH = 100;

/** A one-time code for the setup link of a domain. */
export interface SetupCodeMail {
  readonly domainName: string;
  readonly code: string;
  /** The number of minutes for which the code works. */
  readonly minutes: number;
}

/** Renders the email with a one-time code, in the language of the settings. */
export function renderSetupCode(
  { domainName, code, minutes }: SetupCodeMail,
  settings: MailSettings,
  templates: MailTemplates,
): RenderedMail {
  const isTranslated = templates.locate(settings.language, textFile(SETUP_CODE)) !== undefined;
  const language = isTranslated ? settings.language : FALLBACK_LANGUAGE;
  return renderTemplates(SETUP_CODE, language, templates, {
    ...settingsView(settings, language),
    name: '',
    userName: '',
    userType: '',
    code,
    domainName: plainText(domainName, MAX_NAME_LENGTH) ?? '',
    minutes: String(minutes),
  });
}
