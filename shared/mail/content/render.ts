import Mustache from 'mustache';
import type { LicenseHolder } from '../../store/licenses/license-write';
import type { KeyChange } from '../../store/mail/mail-item';
import { chooseLanguage } from './language';
import type { MailSettings } from '../settings';
import { accountName, greetingName } from './client-text';
import {
  CLIENT_PLACEHOLDERS,
  type COMMON_PLACEHOLDERS,
  partialFile,
  LAYOUT_FILE,
  type MailTemplates,
  subjectFile,
  type TemplateKind,
  textFile,
} from './templates';

export type TextColor = '#000000' | '#ffffff';

/**
 * Returns black or white, whichever has the higher contrast on `background` (`#rrggbb`) according to WCAG
 * 2.2.
 */
export function textColorOn(background: string): TextColor {
  const luminance = relativeLuminance(background);
  return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? '#000000' : '#ffffff';
}

/** Returns the relative luminance of WCAG 2.2 for sRGB: 0 for black, 1 for white. */
function relativeLuminance(color: string): number {
  const channel = (at: number): number => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** The content of an email, in addition to the settings and the license's holder. */
export type MailContent =
  | { readonly kind: 'license-key'; readonly key: string; readonly keyChange?: KeyChange }
  | { readonly kind: 'license-deactivated'; readonly reason: 'deactivated' | 'deleted' };

export interface RenderedMail {
  /** One line. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/**
 * Renders an email in the language of the holder, or in that of the settings if the former has no templates.
 */
export function renderMail(
  content: MailContent,
  holder: LicenseHolder,
  settings: MailSettings,
  templates: MailTemplates,
): RenderedMail {
  const language = chooseLanguage(holder.language ?? '', templates.languages) ?? settings.language;
  return renderTemplates(content.kind, language, templates, {
    ...settingsView(settings, language),
    name: greetingName(holder.name ?? ''),
    userName: accountName(holder.userName, holder.email),
    userType: holder.userType,
    ...valuesOf(content),
  });
}

/** The values of the placeholders that every email has. */
type CommonView = Record<(typeof COMMON_PLACEHOLDERS)[number], string>;

/** Returns the values of the placeholders that depend only on the settings and the language. */
export const settingsView = (
  { productName, supportAddress, color }: MailSettings,
  language: string,
): Omit<CommonView, 'name' | 'userName' | 'userType'> => ({
  productName,
  supportAddress,
  color,
  textColor: textColorOn(color),
  language,
});

/**
 * The check of the templates refuses client text in a subject. This holds for templates that were deployed
 * before.
 */
const WITHOUT_CLIENT_TEXT = Object.fromEntries(CLIENT_PLACEHOLDERS.map((name) => [name, '']));

/** Renders the templates of an email with the values of its placeholders. */
export function renderTemplates(
  kind: TemplateKind,
  language: string,
  templates: MailTemplates,
  view: CommonView & Readonly<Record<string, string | boolean>>,
): RenderedMail {
  const partial = (name: string): string => templates.get(language, partialFile(kind, name));
  const plain = (name: string, values: object = view): string =>
    Mustache.render(templates.get(language, name), values, partial, { escape: String });
  return {
    subject: oneLine(plain(subjectFile(kind), { ...view, ...WITHOUT_CLIENT_TEXT })),
    html: Mustache.render(templates.get(language, LAYOUT_FILE), view, partial),
    text: plain(textFile(kind)),
  };
}

/** Returns the values of the placeholders of one kind of email. */
function valuesOf(content: MailContent): Record<string, string | boolean> {
  if (content.kind === 'license-deactivated') return { deleted: content.reason === 'deleted' };
  const { key, keyChange } = content;
  return { key, reactivated: keyChange === 'kept', replaced: keyChange === 'replaced' };
}

/** Returns a text on one line. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
