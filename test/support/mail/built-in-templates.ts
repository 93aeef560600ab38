import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMailTemplates } from '../../../lib/template-check/load-templates';
import { MailTemplates } from '../../../shared/mail/content/templates';

const { files } = loadMailTemplates();

/** The templates that are part of the service. */
export const builtInTemplates = new MailTemplates(files);

/**
 * Writes the file that a deployment puts next to a bundle. Returns its path, for the environment variable.
 */
export function writeTemplatesFile(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'mail-templates-')), 'mail-templates.json');
  writeFileSync(path, JSON.stringify(files));
  return path;
}
