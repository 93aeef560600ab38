import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { collectionValues } from '../local/product/collection';
import type { Session } from '../local/product/session';

const BRUNO_CLI = require.resolve('@usebruno/cli/bin/bru.js');

export interface RunOptions {
  readonly print?: (text: string) => void;
  /** An HTTP proxy, through which Bruno sends all requests. */
  readonly proxyUrl?: string;
  /** A text in the names of this run. @default a text that differs in each run */
  readonly run?: string;
}

/** Runs the whole collection on the local system. Returns Bruno's output and exit code (0 if all passed). */
export function runCollection(
  session: Session,
  { print = () => {}, proxyUrl, run }: RunOptions = {},
): Promise<{ code: number; output: string }> {
  const values = { ...collectionValues(session), ...(run && { run }) };
  const variables = Object.entries(values).flatMap(([name, value]) => ['--env-var', `${name}=${value}`]);
  // Scripts run directly in Node, because Bruno's sandbox would take most of the suite's time.
  const options = ['--env', 'local', '--sandbox', 'developer', ...variables];
  const proxy = proxyUrl && { http_proxy: proxyUrl, no_proxy: '', NO_PROXY: '' };
  const bru = spawn(process.execPath, [BRUNO_CLI, 'run', ...options], {
    cwd: __dirname,
    env: { ...process.env, ...proxy },
  });
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
  if (!(await isRunning(session))) {
    console.error('The local system is not running. Start it with: npm start');
    process.exitCode = 1;
    return;
  }
  const { code } = await runCollection(session, { print: (text) => process.stdout.write(text) });
  process.exitCode = code;
}

const isRunning = ({ baseUrl }: Session): Promise<boolean> =>
  fetch(`${baseUrl}/ServiceProviderConfig`).then(
    () => true,
    () => false,
  );

if (require.main === module) void main();
