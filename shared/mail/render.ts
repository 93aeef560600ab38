import Mustache from 'mustache';
import type { LicenseHolder } from '../store/license-write';
import { textColourOn } from './contrast';
import type { MailSettings } from './settings';
import { DETAILS, LAYOUT, TEMPLATES } from './templates';

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

export function renderMail(
  content: MailContent,
  holder: LicenseHolder,
  settings: MailSettings,
): RenderedMail {
  const view = {
    productName: settings.productName,
    supportAddress: settings.supportAddress,
    colour: settings.colour,
    textColour: textColourOn(settings.colour),
    name: oneLine(holder.name ?? ''),
    userName: oneLine(holder.userName),
    userType: holder.userType,
    ...(content.kind === 'license-key' ? { key: content.key } : { deleted: content.reason === 'deleted' }),
  };
  const { subject, preheader, html, text } = TEMPLATES[content.kind];
  const partials = { subject: subject.trim(), preheader: preheader.trim(), content: html, details: DETAILS };
  return {
    subject: oneLine(plain(subject, view)),
    html: Mustache.render(LAYOUT, view, partials),
    text: plain(text, view),
  };
}

const plain = (template: string, view: object): string =>
  Mustache.render(template, view, undefined, { escape: String });

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
