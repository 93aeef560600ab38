import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkStage } from './support/stages/check-stage';
import { startStage } from './support/stages/running-stage';

const EXAMPLES = ['example-trial', 'example-prod', 'example-prod-us'];

/** Starts each stage as `npm start -- --stage` does, with its own synthesis and bundles, and uses it. */
async function main(): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const stages = process.argv.length > 2 ? process.argv.slice(2) : EXAMPLES;
  for (const stage of stages) {
    const directory = mkdtempSync(path.join(tmpdir(), 'stage-'));
    const startedAt = Date.now();
    try {
      const state = path.join(directory, 'state');
      const running = await startStage(stage, state, ['--assembly', path.join(directory, 'cdk.out')]);
      const report = await checkStage(running.session).finally(running.stop);
      const { created, admin, check, suppressed, alarms, portal = [200], refused } = report;
      const works =
        created === 201 &&
        admin === 200 &&
        check === 'active' &&
        suppressed.length === 1 &&
        alarms.join() === 'missing,ok' &&
        portal.every((status) => status === 200) &&
        refused.length === 0;
      console.log(`${stage} ${works ? 'works' : 'does not work'}, ${seconds(startedAt)} s:`, report);
      if (!works) process.exitCode = 1;
    } finally {
      rmSync(directory, { recursive: true });
    }
  }
}

const seconds = (since: number): number => Math.round((Date.now() - since) / 1_000);

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
