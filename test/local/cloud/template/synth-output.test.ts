import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SynthOutput } from '../../../../local/cloud/template/synth-output';

let root: string;
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'synth-'));
  mkdirSync(path.join(root, 'lambdas'));
  for (const name of ['users.ts', 'groups.ts', 'tsconfig.json'])
    writeFileSync(path.join(root, 'lambdas', name), '');
});
afterAll(() => rmSync(root, { recursive: true }));

it('counts the bundles of the functions and the portal, and keeps the other lines', async () => {
  const seen: string[] = [];
  const output = new SynthOutput(root, (begun, total) => seen.push(`${begun}/${total}`));
  const script = `
    process.stderr.write('Bundling asset A/Code/Stage...\\nA warn');
    process.stdout.write('Bundling asset B/Code/Stage...\\n');
    process.stderr.write('ing\\n');`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  output.read(child);
  await once(child, 'close');
  expect(seen).toEqual(['1/3', '2/3']);
  expect(output.text).toBe('A warning');
});

it('has a total that is never exceeded', () => {
  const seen: string[] = [];
  const output = new SynthOutput(root, (begun, total) => seen.push(`${begun}/${total}`));
  for (let at = 0; at < 4; at++) output.add(`Bundling asset ${at}...`);
  expect(seen.at(-1)).toBe('4/4');
});
