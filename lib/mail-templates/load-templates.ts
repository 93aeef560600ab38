import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { MailTemplates, type TemplateFiles } from '../../shared/mail/content/templates';
import { checkTemplates } from './check-templates';

const BUILT_IN_DIRECTORY = join(__dirname, '../../shared/mail/templates');

/** `layout.html`, `de/greeting.txt`, `pt-BR/license-key.subject.txt`. */
const TEMPLATE_FILE = /^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\/)?[\w.-]+\.(html|txt)$/;

interface LoadedFiles {
  readonly files: TemplateFiles;
  /** What is wrong with them, a sentence each that begins with the file. */
  readonly problems: readonly string[];
}

export interface LoadedTemplates extends LoadedFiles {
  /** BCP 47 tags. */
  readonly languages: readonly string[];
}

/** The built-in templates of the mails with the files of the directory `overlay` laid over them, checked. */
export function loadMailTemplates(customDirectory?: string): LoadedTemplates {
  const builtIn = loadDirectory(BUILT_IN_DIRECTORY);
  const laidOver =
    customDirectory === undefined ? { files: {}, problems: [] } : loadDirectory(customDirectory);
  const files = { ...builtIn.files, ...laidOver.files };
  const templates = new MailTemplates(files);
  const { languages } = templates;
  if (laidOver.problems.length > 0) return { files, languages, problems: laidOver.problems };
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
    else if (TEMPLATE_FILE.test(file))
      problems.push(`${file}: is not text in UTF-8. Save it in that encoding.`);
    else
      problems.push(
        `${file}: is no template. Those are files <name>.html and <name>.txt, in the directory itself or in one ` +
          'named for a language, such as de or pt-BR.',
      );
  }
  return { files, problems };
}

/** Relative, with slashes; what begins with a dot is an editor's or a file manager's own. */
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
