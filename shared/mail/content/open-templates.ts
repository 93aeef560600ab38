import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { MailTemplates, type TemplateFiles } from './templates';

/** Reads the templates from a JSON file: next to the bundle of the function, or at an absolute path. */
export function openMailTemplates(file: string): MailTemplates {
  const path = resolve(process.env.LAMBDA_TASK_ROOT ?? '', file);
  return new MailTemplates(JSON.parse(readFileSync(path, 'utf8')) as TemplateFiles);
}
