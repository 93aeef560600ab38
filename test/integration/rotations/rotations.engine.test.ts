import { rmSync } from 'node:fs';
import path from 'node:path';
import { HOOK_HOST_VARIABLE } from '../../support/jest/hook-host';
import { systemAssembly } from '../../support/jest/start-system';
import {
  assemblyWithRefresh,
  type RehearsalResult,
  rehearseRotations,
} from '../../support/rotations/rehearsal';
import { fastDirectory, type OwnSystem, startOwnSystem } from '../../support/system/own-system';

// With the times of a deployment: npm run test:rotations
const REFRESH_SECONDS = 1;
const LEAD_SECONDS = 4;
const LOAD_SECONDS = 1;

let directory: string;
let system: OwnSystem;
let result: RehearsalResult;
beforeAll(async () => {
  directory = fastDirectory('scim-rotations-');
  const assembly = path.join(directory, 'cdk.out');
  assemblyWithRefresh(systemAssembly(), assembly, REFRESH_SECONDS);
  system = await startOwnSystem({
    assembly,
    flags: ['--fresh', '--rate-plan', 'unmetered', '--webhook-origin', process.env[HOOK_HOST_VARIABLE] ?? ''],
  });
  result = await rehearseRotations({
    state: system.state,
    leadSeconds: LEAD_SECONDS,
    loadSeconds: LOAD_SECONDS,
  });
});
afterAll(async () => {
  await system.stop();
  rmSync(directory, { recursive: true });
});

describe('a rotation of every secret under load', () => {
  it('refuses no request', () => {
    expect(result.refused).toEqual([]);
  });

  it('keeps what was made before, even when the former pepper is dropped', () => {
    expect(result.problems).toEqual([]);
  });

  it('happens while each kind of credential is used', () => {
    expect(Object.keys(result.accepted).sort()).toEqual([
      ...['SCIM key', 'access token', 'access token request', 'admin token', 'cursor', 'license check'],
      ...['new SCIM key', 'portal session', 'setup link session', 'user change'],
    ]);
  });
});
