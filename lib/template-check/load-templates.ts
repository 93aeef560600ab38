import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { MailTemplates, type TemplateFiles } from '../../shared/mail/content/templates';
import { checkTemplates } from './check-templates';

const BUILT_IN_DIRECTORY = join(__dirname, '../../shared/mail/templates');

/** Matches, for example, `layout.html`, `de/greeting.txt` and `pt-BR/license-key.subject.txt`. */
const TEMPLATE_FILE = /^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\/)?[\w.-]+\.(html|txt)$/;

interface LoadedFiles {
  readonly files: TemplateFiles;
  /** The problems of the files. Each one is a sentence that begins with a file. */
  readonly problems: readonly string[];
}

export interface LoadedTemplates extends LoadedFiles {
  /** The available languages as BCP 47 tags. */
  readonly languages: readonly string[];
}

/** Loads and checks the email templates. Files in `customDirectory` replace the built-in ones. */
export function loadMailTemplates(customDirectory?: string): LoadedTemplates {
  const builtIn = loadDirectory(BUILT_IN_DIRECTORY);
  const custom = customDirectory === undefined ? { files: {}, problems: [] } : loadDirectory(customDirectory);
  const files = { ...builtIn.files, ...custom.files };
  const templates = new MailTemplates(files);
  const { languages } = templates;
  if (custom.problems.length > 0) return { files, languages, problems: custom.problems };
  return { files, languages, problems: checkTemplates(templates) };
}

function loadDirectory(directory: string): LoadedFiles {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    return { files: {}, problems: [`${resolve(directory)} is not a directory.`] };
  }
  const files: Record<string, string> = {};
  const problems: string[] = [];
  for (const file of listFiles(directory)) {
    const text = TEMPLATE_FILE.test(file) ? decodeUtf8(readFileSync(join(directory, file))) : undefined;
    if (text !== undefined) files[file] = text;
    else if (TEMPLATE_FILE.test(file)) problems.push(`${file}: is not UTF-8 text. Save it as UTF-8.`);
    else
      problems.push(
        `${file}: is not a template. Templates are named <name>.html or <name>.txt. They are in the directory ` +
          'itself or in the subdirectory of a language, such as de or pt-BR.',
      );
  }
  return { files, problems };
}

/** Lists relative paths with slashes. Skips hidden files, which belong to editors and file managers. */
function listFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !/(^|\/)\./.test(path) && statSync(join(directory, path)).isFile())
    .sort();
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
