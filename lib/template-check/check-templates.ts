import {
  CLIENT_PLACEHOLDERS,
  htmlFile,
  INVITATION,
  isAdministratorMail,
  LAYOUT_FILE,
  FALLBACK_LANGUAGE,
  KEY_EXPIRY,
  type MailTemplates,
  preheaderFile,
  SETUP_CODE,
  subjectFile,
  TEMPLATE_KINDS,
  type TemplateKind,
  textFile,
} from '../../shared/mail/content/templates';
import { TemplateChecker } from './template-checker';

/**
 * Returns the problems of the email templates in all languages. Each one is a sentence that begins with a
 * file.
 */
export function checkTemplates(templates: MailTemplates): string[] {
  const problems: string[] = [];
  const usedFiles = new Set<string>();
  for (const language of templates.languages) {
    for (const kind of TEMPLATE_KINDS.filter((each) => isRequired(each, language, templates))) {
      const checker = new TemplateChecker(templates, language, kind);
      problems.push(...checkMail(checker, templates, language, kind), ...checker.problems);
      for (const file of checker.usedFiles) usedFiles.add(file);
    }
  }
  const unused = templates.names.filter((file) => !usedFiles.has(file));
  problems.push(
    ...unused.map(
      (file) => `${file}: no email uses this file. See the file names in docs/mail-templates.md.`,
    ),
  );
  return [...new Set(problems)];
}

/** Administrators get emails in the fallback language if theirs has no templates for them. */
const isRequired = (kind: TemplateKind, language: string, templates: MailTemplates): boolean =>
  !isAdministratorMail(kind) || language === FALLBACK_LANGUAGE || templates.hasOwn(language, kind);

/** The secret that an email must show, but only after it is opened. */
const SECRETS: Partial<Record<TemplateKind, string>> = { 'license-key': 'key', [SETUP_CODE]: 'code' };

function checkMail(
  checker: TemplateChecker,
  templates: MailTemplates,
  language: string,
  kind: TemplateKind,
): string[] {
  const [subject, preheader, html, text] = [
    subjectFile(kind),
    preheaderFile(kind),
    LAYOUT_FILE,
    textFile(kind),
  ].map((name) => checker.placeholdersIn(name));
  const at = (name: string): string => templates.locate(language, name) ?? `${language}/${name}`;
  const problems: string[] = [];
  const subjectTemplate = templates.locate(language, subjectFile(kind));
  if (subjectTemplate && templates.get(language, subjectFile(kind)).trim().includes('\n'))
    problems.push(`${subjectTemplate}: the subject must be one line.`);
  problems.push(
    ...CLIENT_PLACEHOLDERS.filter((placeholder) => subject?.has(placeholder)).map(
      (placeholder) =>
        `${at(subjectFile(kind))}: contains {{${placeholder}}}. Remove it, because a customer chooses this text, ` +
        'and a subject must be the same whatever the text is.',
    ),
  );
  if (kind === KEY_EXPIRY) return [...problems, ...checkKeyExpiry(html, text, at)];
  if (kind === INVITATION) return [...problems, ...checkInvitation(html, text, at)];
  const secret = SECRETS[kind];
  if (secret === undefined) return problems;

  const isVisible = `contains {{${secret}}}. Remove it, because the ${secret} must not be visible before the email is opened.`;
  if (subject?.has(secret)) problems.push(`${at(subjectFile(kind))}: ${isVisible}`);
  if (preheader?.has(secret)) problems.push(`${at(preheaderFile(kind))}: ${isVisible}`);
  if (!html?.has(secret)) problems.push(`${at(htmlFile(kind))}: does not contain {{${secret}}}.`);
  if (!text?.has(secret)) problems.push(`${at(textFile(kind))}: does not contain {{${secret}}}.`);
  return problems;
}

type Placeholders = ReadonlySet<string> | undefined;

/** The reader must learn which key expires when. */
const checkKeyExpiry = (html: Placeholders, text: Placeholders, at: (name: string) => string): string[] =>
  missingIn(['keyName', 'domainName', 'expiryTime'], KEY_EXPIRY, { html, text }, at);

/** The reader must learn what the invitation is for, where to sign in, and by when. */
const checkInvitation = (html: Placeholders, text: Placeholders, at: (name: string) => string): string[] =>
  missingIn(['domainName', 'portalLink', 'expiryTime'], INVITATION, { html, text }, at);

function missingIn(
  placeholders: readonly string[],
  kind: TemplateKind,
  { html, text }: { readonly html: Placeholders; readonly text: Placeholders },
  at: (name: string) => string,
): string[] {
  const missing = (shown: Placeholders, name: string): string[] =>
    placeholders
      .filter((placeholder) => !shown?.has(placeholder))
      .map((placeholder) => `${at(name)}: does not contain {{${placeholder}}}.`);
  return [...missing(html, htmlFile(kind)), ...missing(text, textFile(kind))];
}
