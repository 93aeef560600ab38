import type { Schedules } from './events/schedules';
import type { LambdaFunction } from './lambda/function';
import type { CapacityRecord } from './dynamodb/meter/capacity';
import type { Queues } from './sqs/queues';
import type { RestCall } from './api-gateway/control/operations';
import type { LocalOperations } from '../cloud/endpoint/server';
import { ServiceError } from '../cloud/endpoint/service-error';

export type TakeCapacity = (text: string) => CapacityRecord[];

export interface LocalParts {
  /** By ARN. */
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly queues: Queues;
  readonly schedules: Schedules;
  readonly takeCapacity: TakeCapacity;
}

/** What tests and benchmarks ask of the host itself. */
export function localOperations({ functions, queues, schedules, takeCapacity }: LocalParts): LocalOperations {
  return {
    /** `?of=<text>`: what was measured since the last call, of the partition keys that contain the text. */
    'GET capacity': ({ query }) => takeCapacity(query.get('of') ?? ''),
    /** The messages of each queue. */
    'GET queues': () => queues.all(),
    /** `?rule=<part of its name>`: runs rules with a schedule now; answers when their functions have ended. */
    'POST fire': async ({ query }) => {
      const rule = query.get('rule') ?? '';
      const fired = await schedules.fire(rule);
      if (fired === 0) throw new ServiceError(404, 'NotFoundException', `No rule is named ${rule}.`);
      return { fired };
    },
    'GET functions': () =>
      [...functions.values()].map((lambda) => ({ name: lambda.name, ...lambda.instances() })),
    /**
     * `?function=<name or part of it>&of=<text>&all=true`: ends instances in the middle of an invocation whose event contains
     * the text, with `all` idle ones too.
     */
    'POST kill': async (call) => {
      const victims = { all: call.query.get('all') === 'true', of: call.query.get('of') ?? '' };
      const killed = await Promise.all(named(functions, call).map((lambda) => lambda.kill(victims)));
      return { killed: killed.reduce((sum, count) => sum + count, 0) };
    },
  };
}

function named(functions: ReadonlyMap<string, LambdaFunction>, { query }: RestCall): LambdaFunction[] {
  const part = query.get('function') ?? '';
  const found = [...functions.values()].filter(({ name }) => name.toLowerCase().includes(part.toLowerCase()));
  if (found.length === 0) throw new ServiceError(404, 'NotFoundException', `No function is named ${part}.`);
  return found;
}
