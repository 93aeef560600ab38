/** Runs one instance of a Lambda function: loads its bundle, then processes one invocation after another. */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

let handler;
try {
  const exported = await import(pathToFileURL(workerData.file).href);
  handler = exported[workerData.exportName];
  if (typeof handler !== 'function')
    throw new TypeError(`${workerData.exportName} is not a function of the bundle.`);
  parentPort.on('message', invoke);
  parentPort.postMessage({ kind: 'ready' });
} catch (error) {
  parentPort.postMessage({ kind: 'error', error: describe(error) });
}

async function invoke({ event, context, deadline }) {
  try {
    const result = await handler(JSON.parse(event), {
      ...context,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    });
    parentPort.postMessage({ kind: 'result', payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    console.error(error);
    parentPort.postMessage({ kind: 'error', error: describe(error) });
  }
}

function describe(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
  return { errorType: error.name, errorMessage: error.message };
}
