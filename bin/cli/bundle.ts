import { chmodSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** Bundles the CLI into one file that needs only Node. */
export async function bundleScim(outfile: string): Promise<void> {
  await build({
    entryPoints: [path.join(__dirname, '../scim.ts')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    // The SDK's ES modules can be tree-shaken; its CommonJS build cannot.
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  chmodSync(outfile, 0o755);
}
