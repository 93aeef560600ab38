/** Runs one instance of a Lambda function: loads its bundle, then processes one invocation after another. */
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

/** In a process of its own, the instance reports the CPU time and the memory that it has used. */
const isProcess = parentPort === null;
const { file, exportName } = isProcess ? { file: process.argv[2], exportName: process.argv[3] } : workerData;
const send = (message) => (isProcess ? process.send(message) : parentPort.postMessage(message));
if (isProcess) process.on('disconnect', () => process.exit());

let handler;
try {
  const exported = await import(pathToFileURL(file).href);
  handler = exported[exportName];
  if (typeof handler !== 'function') throw new TypeError(`${exportName} is not a function of the bundle.`);
  (isProcess ? process : parentPort).on('message', invoke);
  send({ kind: 'ready' });
} catch (error) {
  send({ kind: 'error', error: describe(error) });
}

async function invoke({ event, context, deadline }) {
  const usage = isProcess ? measure() : undefined;
  try {
    const result = await handler(JSON.parse(event), {
      ...context,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    });
    send({ kind: 'result', payload: JSON.stringify(result) ?? 'null', usage: usage?.() });
  } catch (error) {
    console.error(error);
    send({ kind: 'error', error: describe(error), usage: usage?.() });
  }
}

/**
 * Returns a function that returns the CPU time since then, in microseconds, and the memory of the process, in
 * bytes.
 */
function measure() {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return { cpuMicros: user + system, memoryBytes: process.memoryUsage.rss() };
  };
}

function describe(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
  return { errorType: error.name, errorMessage: error.message };
}
