import type { MailKind } from '../../shared/mail/content/planned-mail';
import {
  htmlFile,
  LAYOUT_FILE,
  MAIL_KINDS,
  type MailTemplates,
  preheaderFile,
  subjectFile,
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
    for (const kind of MAIL_KINDS) {
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

function checkMail(
  checker: TemplateChecker,
  templates: MailTemplates,
  language: string,
  kind: MailKind,
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
  if (kind !== 'license-key') return problems;

  const keyVisible =
    'contains {{key}}. Remove it, because the key must not be visible before the email is opened.';
  if (subject?.has('key')) problems.push(`${at(subjectFile(kind))}: ${keyVisible}`);
  if (preheader?.has('key')) problems.push(`${at(preheaderFile(kind))}: ${keyVisible}`);
  if (!html?.has('key')) problems.push(`${at(htmlFile(kind))}: does not contain {{key}}.`);
  if (!text?.has('key')) problems.push(`${at(textFile(kind))}: does not contain {{key}}.`);
  return problems;
}
