import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The files that a synthesis reads. `package-lock.json` stands for `node_modules`. */
export const INPUTS: readonly string[] = [
  ...['package.json', 'package-lock.json', 'cdk.json', 'cdk.context.json', 'tsconfig.json'],
  ...['bin/app.ts', 'lib', 'lambdas', 'shared', 'settings', 'portal', 'docs'],
  join('bench', 'cost', 'prices.json'),
  // Not the whole collection: each start writes its addresses to `collection/.env`.
  ...['bruno.json', 'collection.bru', 'scim', 'clean-up'].map((name) => join('collection', name)),
];

const MANIFEST = 'manifest.json';
/** The file of a cloud assembly that says from which inputs it was written, and when. */
const NOTE = 'inputs.txt';

/**
 * Returns a hash of everything that a synthesis reads: sources, settings, email templates, the lock file, the
 * context, and the version of Node.
 */
export function hashOfInputs(root: string, context: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256').update(JSON.stringify([process.version, context]));
  for (const input of [...INPUTS, ...templatesOf(root, context.stage)]) addFiles(hash, root, input);
  return hash.digest('hex');
}

/**
 * Returns the directory of email templates that the settings of a stage name. It may be anywhere. Settings
 * that are not valid name none: their bytes are hashed nevertheless, and the synthesis explains the error.
 */
function templatesOf(root: string, stage = ''): string[] {
  const file = join(root, 'settings', `${stage}.json`);
  if (!existsSync(file)) return [];
  const mailTemplates = settingsIn(readFileSync(file, 'utf8'))?.mailTemplates;
  return typeof mailTemplates === 'string' ? [mailTemplates] : [];
}

function settingsIn(text: string): { readonly mailTemplates?: unknown } | undefined {
  try {
    return (JSON.parse(text) ?? undefined) as { readonly mailTemplates?: unknown } | undefined;
  } catch {
    return undefined;
  }
}

/**
 * Returns whether the cloud assembly in `output` was written from inputs with this hash. An assembly that
 * another command has written since then does not count.
 */
export function isUpToDate(output: string, hash: string): boolean {
  const note = join(output, NOTE);
  const isWritten = existsSync(join(output, MANIFEST)) && existsSync(note);
  return isWritten && readFileSync(note, 'utf8') === noteOf(output, hash);
}

/** Notes the inputs of a finished synthesis. */
export const noteInputs = (output: string, hash: string): void =>
  writeFileSync(join(output, NOTE), noteOf(output, hash));

/** CDK writes the manifest in each synthesis, so its time tells them apart. */
const noteOf = (output: string, hash: string): string =>
  `${hash} ${statSync(join(output, MANIFEST)).mtimeMs}`;

/** Adds the path and the content of each file below `path`, in the order of their names. */
function addFiles(hash: ReturnType<typeof createHash>, root: string, path: string): void {
  const absolute = resolve(root, path);
  if (!existsSync(absolute)) return;
  if (!statSync(absolute).isDirectory()) {
    hash.update(`${path}\0`).update(readFileSync(absolute)).update('\0');
    return;
  }
  for (const name of readdirSync(absolute).sort()) addFiles(hash, root, join(path, name));
}
