import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { collectionValues } from '../local/product/collection';
import type { Session } from '../local/product/session';

const BRUNO_CLI = require.resolve('@usebruno/cli/bin/bru.js');

/** Runs the whole collection on the local system. Returns Bruno's output and exit code (0 if all passed). */
export function runCollection(
  session: Session,
  print: (text: string) => void = () => {},
): Promise<{ code: number; output: string }> {
  const variables = Object.entries(collectionValues(session)).flatMap(([name, value]) => [
    '--env-var',
    `${name}=${value}`,
  ]);
  // Scripts run directly in Node, because Bruno's sandbox would take most of the suite's time.
  const options = ['--env', 'local', '--sandbox', 'developer', ...variables];
  const bru = spawn(process.execPath, [BRUNO_CLI, 'run', ...options], { cwd: __dirname });
  let output = '';
  for (const stream of [bru.stdout, bru.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk);
      print(String(chunk));
    });
  }
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
  const { code } = await runCollection(session, (text) => process.stdout.write(text));
  process.exitCode = code;
}

if (require.main === module) void main();
