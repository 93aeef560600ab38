import type { MailKind } from './planned-mail';
import details from './templates/details.html';
import layout from './templates/layout.html';
import deactivatedHtml from './templates/license-deactivated.html';
import deactivatedPreheader from './templates/license-deactivated.preheader.txt';
import deactivatedSubject from './templates/license-deactivated.subject.txt';
import deactivatedText from './templates/license-deactivated.txt';
import keyHtml from './templates/license-key.html';
import keyPreheader from './templates/license-key.preheader.txt';
import keySubject from './templates/license-key.subject.txt';
import keyText from './templates/license-key.txt';

/** The Mustache templates of a mail. */
export interface MailTemplates {
  readonly subject: string;
  /** What a list of mails shows after the subject. */
  readonly preheader: string;
  /** Goes into the layout. */
  readonly html: string;
  readonly text: string;
}

export const TEMPLATES: Readonly<Record<MailKind, MailTemplates>> = {
  'license-key': { subject: keySubject, preheader: keyPreheader, html: keyHtml, text: keyText },
  'license-deactivated': {
    subject: deactivatedSubject,
    preheader: deactivatedPreheader,
    html: deactivatedHtml,
    text: deactivatedText,
  },
};

/** The frame of every HTML mail, with the places `subject`, `preheader` and `content`. */
export const LAYOUT = layout;
/** What every HTML mail says of the license. */
export const DETAILS = details;
