/** Does what the event says, so that tests see what a function can and cannot do. */
import { setImmediate } from 'node:timers';
import { setTimeout } from 'node:timers/promises';

let invocations = 0;

const ACTS = {
  environment: () => process.env,
  count: () => (invocations += 1),
  setVariable: () => (process.env.LEFT_BY_FUNCTION = 'yes'),
  context: (_, context) => ({ ...context, remaining: context.getRemainingTimeInMillis() }),
  wait: ({ ms }) => {
    console.log('waiting');
    return setTimeout(ms, 'waited');
  },
  spin: () => {
    for (;;);
  },
  exit: () => process.exit(3),
  throwLater: async () => {
    setImmediate(() => {
      throw new RangeError('uncaught');
    });
    await setTimeout(1000);
  },
  fail: () => {
    throw new TypeError('failed');
  },
  burn: ({ cpuMs }) => {
    const start = process.cpuUsage();
    for (let used = 0; used < 1_000 * cpuMs;) {
      const { user, system } = process.cpuUsage(start);
      used = user + system;
    }
    throw new Error('burned');
  },
  large: () => 'x'.repeat(6 * 1024 * 1024),
  print: () => console.log('hello from the function'),
  nothing: () => undefined,
  fillMemory: () => {
    const kept = [];
    for (;;) kept.push(Array.from({ length: 1e6 }, Math.random));
  },
};

export const handler = async (event, context) => ACTS[event.act](event, context);
