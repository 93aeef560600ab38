import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Session } from '../local/session';

const BRU = require.resolve('@usebruno/cli/bin/bru.js');

/** Runs the whole collection against the local system; resolves with what Bruno printed and its exit code, 0 if all passed. */
export function runCollection(session: Session): Promise<{ code: number; output: string }> {
  const values = {
    scimUrl: session.baseUrl,
    scimKey: session.scimKey,
    licenseUrl: session.licenseCheckUrl.replace(/\/check$/, ''),
    adminUrl: session.adminUrl,
    adminToken: session.adminToken,
    mailUrl: session.mailUrl,
  };
  const variables = Object.entries(values).flatMap(([name, value]) => ['--env-var', `${name}=${value}`]);
  const bru = spawn(process.execPath, [BRU, 'run', '-r', '--env', 'local', ...variables], { cwd: __dirname });
  let output = '';
  for (const stream of [bru.stdout, bru.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  return new Promise((resolve, reject) => {
    bru.on('error', reject);
    bru.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

async function main(): Promise<void> {
  const file = process.argv[2] ?? path.join('.local', 'session.json');
  let session: Session;
  try {
    session = JSON.parse(readFileSync(file, 'utf8')) as Session;
  } catch {
    console.error(`There is no local system at ${file}. Start one with: npm start`);
    process.exitCode = 1;
    return;
  }
  const { code, output } = await runCollection(session);
  console.log(output);
  process.exitCode = code;
}

if (require.main === module) void main();
