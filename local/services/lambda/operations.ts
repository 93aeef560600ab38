import type { Caller } from '../../cloud/callers';
import type { PlannedCalls } from '../../cloud/endpoint/planned-calls';
import type { Operations } from '../../cloud/endpoint/operation';
import { ServiceError } from '../../cloud/endpoint/service-error';
import type { CapacityRecord } from '../dynamodb/meter/capacity';
import type { Meter } from '../dynamodb/meter/meter';
import type { Concurrency } from './concurrency';
import type { Functions } from './functions';

/**
 * Returns the operations by which tests and benchmarks watch functions and kill their instances. `calls`
 * knows the calls of functions, and `meter` counts their writes; it is undefined if the cloud does not
 * measure.
 */
export function functionOperations(
  functions: Functions,
  calls: PlannedCalls,
  concurrency: Pick<Concurrency, 'reserve' | 'release'>,
  meter: Meter | undefined,
): Operations {
  const named = (part: string) => {
    const found = functions.named(part);
    if (found.length === 0)
      throw new ServiceError(404, 'NotFoundException', `No function has "${part}" in its name.`);
    return found;
  };
  const plans: Promise<unknown>[] = [];
  return {
    /**
     * Returns each function, and each version of one, with the numbers of its idle and busy instances, and
     * what it used if that is measured.
     */
    'GET functions': () =>
      functions.all().map((lambda) => ({
        name: lambda.name,
        version: lambda.version,
        invocations: lambda.invocations,
        ...lambda.usage?.report(),
        ...lambda.instances(),
      })),
    /**
     * Kills the instances of `?function=<part of the name>` that process an event with the text `&of=<text>`.
     * With `&all=true`, kills idle instances too. With `&writes=<number>&names=<text>`, only plans the kill
     * and returns the number of the plan: the kill follows that number of writes of these instances to
     * partition keys that contain `names`, which is `of` by default. With `&call=<operation>`, it follows
     * their next call of this AWS operation.
     */
    'POST kill': async ({ query }) => {
      const found = named(query.get('function') ?? '');
      const victims = { all: query.get('all') === 'true', of: query.get('of') ?? '' };
      const kill = async () => {
        const killed = await Promise.all(found.map((lambda) => lambda.kill(victims)));
        return { killed: killed.reduce((sum, count) => sum + count, 0) };
      };
      const call = query.get('call');
      // The same function may process other events at the same time.
      const isVictim = (caller: string, instance: string | undefined) =>
        found.some((lambda) => lambda.name === caller && lambda.isProcessing(instance, victims.of));
      if (call !== null) {
        const done = new Promise((resolve) => {
          const action = async () => resolve(await kill());
          const isCaller = ({ name, instance }: Caller) => isVictim(name, instance);
          calls.beforeResponse({ isCaller, operation: call, action });
        });
        return { plan: plans.push(done) - 1 };
      }
      const writes = Number(query.get('writes') ?? 0);
      if (writes === 0) return kill();
      if (!meter) throw new ServiceError(400, 'ValidationException', 'Start the system with --meter.');
      const names = query.get('names') ?? victims.of;
      const isCounted = ({ function: caller, partitionKeys }: CapacityRecord, instance: string | undefined) =>
        isVictim(caller, instance) && partitionKeys.some((pk) => pk.includes(names));
      const done = new Promise((resolve) => {
        meter.beforeResponse(isCounted, writes, async () => resolve(await kill()));
      });
      return { plan: plans.push(done) - 1 };
    },
    /**
     * Stops the functions with `?function=<part of the name>`, as an operator does: their reserved
     * concurrency is 0.
     */
    'POST stop': ({ query }) => {
      const stopped = named(query.get('function') ?? '').map(({ name }) => name);
      for (const name of stopped) concurrency.reserve(name, 0);
      return { stopped };
    },
    /** Ends this reservation. */
    'DELETE stop': ({ query }) => {
      const started = named(query.get('function') ?? '').map(({ name }) => name);
      for (const name of started) concurrency.release(name);
      return { started };
    },
    /** Waits for the planned kill `?plan=<number>` and returns its result. */
    'GET kill': ({ query }) => plans[Number(query.get('plan') ?? NaN)],
  };
}
