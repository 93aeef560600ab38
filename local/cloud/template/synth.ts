import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Teardown } from '../../host/processes/teardown';
import { UserError } from '../../host/user-error';
import { hashOfInputs, noteInputs } from './synth-inputs';
import { type OnBundle, SynthOutput } from './synth-output';

/**
 * Runs `cdk synth` with `context` into `output`. Calls `onBundle` for each bundle that begins, with about the
 * number of all bundles. Throws a `UserError` with the output of CDK if it fails.
 */
export async function synthesize(
  root: string,
  output: string,
  context: Readonly<Record<string, string>>,
  teardown: Teardown,
  onBundle: OnBundle = () => {},
): Promise<void> {
  // If an input changes during the synthesis, the next start synthesizes again.
  const hash = hashOfInputs(root, context);
  const cdk = join(root, 'node_modules/aws-cdk/bin/cdk');
  const values = Object.entries(context).flatMap(([name, value]) => ['--context', `${name}=${value}`]);
  const child = spawn(process.execPath, [cdk, 'synth', '--quiet', ...values, '--output', output], {
    cwd: root,
    // `npm run synth` checks the rules of cdk-nag. A local start does not wait for them.
    env: { ...process.env, CDK_VALIDATION: 'false', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Teardown kills the whole process group, because cdk starts the app in a process of its own. The app
    // would notice a signal that can be handled only after the modules that it loads.
    detached: true,
  });
  teardown.add('cdk synth', () => {
    if (child.pid && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL');
  });
  const printed = new SynthOutput(root, onBundle);
  printed.read(child);
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) throw new UserError(`cdk synth failed:\n${printed.text}`);
  noteInputs(output, hash);
}
