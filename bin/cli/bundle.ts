import { chmodSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** Writes the CLI into one file that needs nothing but Node. */
export async function bundleScim(outfile: string): Promise<void> {
  await build({
    entryPoints: [path.join(__dirname, '../scim.ts')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    // Of the two forms in which the SDK comes, the one that can be shaken.
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  chmodSync(outfile, 0o755);
}
