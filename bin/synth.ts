import { spawn } from 'node:child_process';
import path from 'node:path';
import { SynthOutput } from '../local/cloud/template/synth-output';
import { StepProgress } from '../local/host/step-progress';

// Runs `cdk synth` with the arguments of the command, and shows how far it is and how long it takes.

const ROOT = path.join(__dirname, '..');
const CDK = require.resolve('aws-cdk/bin/cdk');

const progress = new StepProgress(process.stderr);
const output = new SynthOutput(ROOT, (begun, total) => progress.detail(`${begun} of ${total} bundles`));
progress.step('Synthesizing the stacks');
const cdk = spawn(process.execPath, [CDK, 'synth', '--quiet', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: ['ignore', 'pipe', 'pipe'],
});
output.read(cdk);
cdk.once('close', (code) => {
  if (code === 0) progress.end();
  else progress.stop();
  if (output.text !== '') console.error(output.text);
  process.exitCode = code ?? 1;
});
