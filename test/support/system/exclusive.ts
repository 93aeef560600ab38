import { mkdirSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { STATE_DIRECTORY_VARIABLE } from '../jest/start-system';
import { eventually } from '../jest/timeouts';

/**
 * Runs a function while no other test file runs something of the same name. It is for operations on the whole
 * system, such as a redrive of the failed emails of all domains, and for the tests that such an operation
 * would disturb.
 */
export async function exclusively<T>(name: string, run: () => Promise<T>): Promise<T> {
  const lock = path.join(process.env[STATE_DIRECTORY_VARIABLE] ?? '', `${name}.test-lock`);
  await eventually(`the end of ${name} in another test file`, () => {
    mkdirSync(lock);
    return true;
  });
  try {
    return await run();
  } finally {
    rmdirSync(lock);
  }
}
