import path from 'node:path';
import { build } from 'esbuild';

const ROOT = path.join(__dirname, '../../..');

/** Returns the files of the repository that a file imports, directly or not, relative to the repository. */
export async function importedFiles(entry: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    outdir: 'out',
    packages: 'external',
    loader: { '.css': 'empty', '.svg': 'empty', '.md': 'empty', '.png': 'empty' },
    logLevel: 'error',
  });
  return Object.keys(metafile.inputs);
}

/** Returns whether a file is one of these files, or is in one of these directories. */
export const isIn = (file: string, places: readonly string[]): boolean =>
  places.some((place) => file === place || file.startsWith(`${place}/`));
