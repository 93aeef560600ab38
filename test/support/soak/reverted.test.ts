import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { REVERTED_FIXES } from './reverted';

const ROOT = path.join(__dirname, '../../..');

it.each(REVERTED_FIXES)('the fix %s can be reverted in this commit', (name) => {
  const patch = path.join(__dirname, 'reverted', `${name}.patch`);
  expect(() =>
    execFileSync('git', ['apply', '--check', patch], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] }),
  ).not.toThrow();
});
