import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMailTemplates } from '../../../lib/mail-templates/load-templates';
import { MailTemplates } from '../../../shared/mail/content/templates';

const { files } = loadMailTemplates();

/** The templates that come with the service. */
export const builtInTemplates = new MailTemplates(files);

/** The file that a deployment lays beside a bundle: its path, for the environment variable that names it. */
export function writeTemplatesFile(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'mail-templates-')), 'mail-templates.json');
  writeFileSync(path, JSON.stringify(files));
  return path;
}
