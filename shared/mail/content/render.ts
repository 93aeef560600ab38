import Mustache from 'mustache';
import type { LicenseHolder } from '../../store/licenses/license-write';
import { textColourOn } from './contrast';
import { chooseLanguage } from './language';
import type { MailSettings } from '../settings';
import {
  type COMMON_PLACEHOLDERS,
  includedFile,
  LAYOUT,
  type MailTemplates,
  subjectFile,
  textFile,
} from './templates';

/** What a mail says beside the settings and the license's holder. */
export type MailContent =
  | { readonly kind: 'license-key'; readonly key: string }
  | { readonly kind: 'license-deactivated'; readonly reason: 'deactivated' | 'deleted' };

export interface RenderedMail {
  /** One line. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

const LONGEST_VALUE = 200;

/** In the language of the holder where there are templates of it, else in that of the settings. */
export function renderMail(
  content: MailContent,
  holder: LicenseHolder,
  settings: MailSettings,
  templates: MailTemplates,
): RenderedMail {
  const { kind } = content;
  const language = chooseLanguage(holder.language ?? '', templates.languages) ?? settings.language;
  const common: Record<(typeof COMMON_PLACEHOLDERS)[number], string> = {
    productName: settings.productName,
    supportAddress: settings.supportAddress,
    colour: settings.colour,
    textColour: textColourOn(settings.colour),
    language,
    name: oneLine(holder.name ?? ''),
    userName: oneLine(holder.userName),
    userType: holder.userType,
  };
  const own = kind === 'license-key' ? { key: content.key } : { deleted: content.reason === 'deleted' };
  const view = { ...common, ...own };
  const partial = (name: string): string => templates.get(language, includedFile(kind, name));
  const plain = (name: string): string =>
    Mustache.render(templates.get(language, name), view, partial, { escape: String });
  return {
    subject: oneLine(plain(subjectFile(kind))),
    html: Mustache.render(templates.get(language, LAYOUT), view, partial),
    text: plain(textFile(kind)),
  };
}

/**
 * A value as one line of bounded length: names come from a customer's directory, and must not look like lines of the
 * mail, nor turn its reading direction around.
 */
function oneLine(value: string): string {
  const line = value
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= LONGEST_VALUE ? line : `${characters.slice(0, LONGEST_VALUE - 1).join('')}…`;
}
