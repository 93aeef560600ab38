/* global process */
/**
 * Kills the child processes of its parent when the parent ends, however it ends. It notices this because the
 * channel to the parent closes. Node cannot ask the kernel to do this. This is a CommonJS file, because Node
 * runs it before it reads the channel; an ES module loads later and would miss the messages of a parent that
 * dies immediately.
 */
const { setInterval, setTimeout } = require('node:timers');

const pids = new Set();

process.on('message', ({ started, ended }) => {
  if (started) pids.add(started);
  if (ended) pids.delete(ended);
});

process.on('disconnect', () => {
  signalAll('SIGTERM');
  if (pids.size === 0) process.exit();
  setTimeout(() => {
    signalAll('SIGKILL');
    process.exit();
  }, 3000);
  setInterval(() => {
    signalAll(0);
    if (pids.size === 0) process.exit();
  }, 100);
});

function signalAll(signal) {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      pids.delete(pid);
    }
  }
}
