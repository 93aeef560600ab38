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

/** What is wrong with the templates of the mails, in every language: a sentence each, which begins with the file. */
export function checkTemplates(templates: MailTemplates): string[] {
  const problems: string[] = [];
  const used = new Set<string>();
  for (const language of templates.languages) {
    for (const kind of MAIL_KINDS) {
      const walk = new TemplateChecker(templates, language, kind);
      problems.push(...checkMail(walk, templates, language, kind), ...walk.problems);
      for (const file of walk.usedFiles) used.add(file);
    }
  }
  const unused = templates.names.filter((file) => !used.has(file));
  problems.push(
    ...unused.map((file) => `${file}: no mail uses it. docs/mail.md has the names that are used.`),
  );
  return [...new Set(problems)];
}

function checkMail(
  walk: TemplateChecker,
  templates: MailTemplates,
  language: string,
  kind: MailKind,
): string[] {
  const [subject, preheader, html, text] = [
    subjectFile(kind),
    preheaderFile(kind),
    LAYOUT_FILE,
    textFile(kind),
  ].map((name) => walk.placeholdersIn(name));
  const at = (name: string): string => templates.locate(language, name) ?? `${language}/${name}`;
  const problems: string[] = [];
  const subjectTemplate = templates.locate(language, subjectFile(kind));
  if (subjectTemplate && templates.get(language, subjectFile(kind)).trim().includes('\n'))
    problems.push(`${subjectTemplate}: a subject is one line.`);
  if (kind !== 'license-key') return problems;

  const seenBeforeOpening = 'shows {{key}}, which must not be seen before the mail is opened.';
  if (subject?.has('key')) problems.push(`${at(subjectFile(kind))}: ${seenBeforeOpening}`);
  if (preheader?.has('key')) problems.push(`${at(preheaderFile(kind))}: ${seenBeforeOpening}`);
  if (!html?.has('key')) problems.push(`${at(htmlFile(kind))}: does not show {{key}}.`);
  if (!text?.has('key')) problems.push(`${at(textFile(kind))}: does not show {{key}}.`);
  return problems;
}
