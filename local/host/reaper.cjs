/* global process */
/**
 * Outlives the host by a moment: when the channel to the host closes, however the host died, it ends the children
 * that the host had started. Node cannot ask the kernel for this. A CommonJS file, because that runs before the channel
 * is read: an ES module loads later, and would miss what a host says that dies at once.
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
