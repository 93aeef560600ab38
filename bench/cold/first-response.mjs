/**
 * Imports a bundle, sends it one event, and prints the milliseconds until both. `argv`: the URL of the
 * bundle, and the event.
 */
import { performance } from 'node:perf_hooks';

const event = JSON.parse(process.argv[3]);
const start = measure();
const { handler } = await import(process.argv[2]);
const imported = since(start);
const context = {
  functionName: 'bench',
  awsRequestId: 'bench',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:bench',
  getRemainingTimeInMillis: () => 20_000,
};
let outcome = 'done';
try {
  const result = await handler(event, context);
  if (result?.statusCode !== undefined) outcome = String(result.statusCode);
} catch (error) {
  outcome = error.message;
}
const responded = since(start);
// The log lines of the function come before this line.
process.stdout.write(`\n${JSON.stringify({ imported, responded, outcome })}\n`, () => process.exit(0));

function measure() {
  return { time: performance.now(), cpu: process.cpuUsage() };
}

/** Returns the milliseconds of the clock and of the processor since then. */
function since({ time, cpu }) {
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - time, cpuMs: (user + system) / 1_000 };
}
