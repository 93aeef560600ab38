/**
 * Removes the directories of a test run when the run has ended, however it ended. The run sends each
 * directory, and the processes to wait for because they still write to it.
 */
const process = require('node:process');
const { existsSync, rmSync } = require('node:fs');
const { setTimeout: sleep } = require('node:timers/promises');

const ATTEMPTS = 300;
const directories = new Set();
const writers = new Set();

process.on('message', ({ directory, writer }) => {
  if (directory) directories.add(directory);
  if (writer) writers.add(writer);
});

// Signals that stop the run must not stop its cleanup.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

process.on('disconnect', async () => {
  for (let attempt = 0; attempt < ATTEMPTS && [...writers].some(isAlive); attempt++) await sleep(200);
  for (const directory of directories) {
    // A worker that outlives the run for a moment may write to it once more.
    for (let attempt = 0; attempt < ATTEMPTS && existsSync(directory); attempt++) {
      try {
        rmSync(directory, { recursive: true, force: true });
      } catch {
        await sleep(200);
      }
    }
  }
});

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
