import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCollection } from '../collection/run';
import { STATE_DIRECTORY_VARIABLE } from './support/jest/start-system';
import { startStage } from './support/stages/running-stage';
import { productVariable, VENDOR_STAGE } from './support/stages/vendor-environment';
import { runConversations } from './support/versions/scenario';

const CONVERSATIONS_FLAG = '--conversations';

/** Runs the API collection and the conversations of identity providers on a stage with its own names. */
async function runStage(stage: string): Promise<boolean> {
  const directory = mkdtempSync(path.join(tmpdir(), 'vendor-'));
  const state = path.join(directory, 'state');
  const assembly = path.join(directory, 'cdk.out');
  // The conversations find a resource by its externalId right after its creation, and each one creates a
  // domain.
  const flags = ['--index-lag', '0', '--no-control-plane-limits', '--rate-plan', 'gallery'];
  try {
    const running = await startStage(stage, state, ['--assembly', assembly, ...flags]);
    try {
      const { code, output } = await runCollection(running.session);
      const failures = output.split('\n').filter((line) => line.includes('✕'));
      console.log(`${stage}: the collection ${code === 0 ? 'passed' : `failed:\n${failures.join('\n')}`}`);
      return runApart(stage, state) && code === 0;
    } finally {
      await running.stop();
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Runs the conversations in a process of its own, which knows the names of the stage from the start. */
function runApart(stage: string, state: string): boolean {
  try {
    execFileSync(process.execPath, ['--import', 'tsx', __filename, CONVERSATIONS_FLAG], {
      env: { ...process.env, ...productVariable(stage), [STATE_DIRECTORY_VARIABLE]: state },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return true;
  } catch {
    return false;
  }
}

async function replayConversations(): Promise<boolean> {
  const results = Object.entries(await runConversations(undefined, ['idp', 'rfc7643', 'rfc7644']));
  const failed = results.filter(([, problem]) => problem !== null);
  console.log(`${results.length - failed.length} conversations passed, ${failed.length} failed`);
  for (const [name, problem] of failed) console.log(`- ${name}: ${problem}`);
  return failed.length === 0;
}

async function main(): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const [argument = VENDOR_STAGE] = process.argv.slice(2);
  const passed = await (argument === CONVERSATIONS_FLAG ? replayConversations() : runStage(argument));
  if (!passed) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
