import type { Operations } from '../../cloud/endpoint/operation';
import { ServiceError } from '../../cloud/endpoint/service-error';
import type { Functions } from './functions';

/** Returns the operations by which tests and benchmarks watch functions and kill their instances. */
export function functionOperations(functions: Functions): Operations {
  return {
    /** Returns each function with the numbers of its idle and busy instances. */
    'GET functions': () => functions.all().map((lambda) => ({ name: lambda.name, ...lambda.instances() })),
    /**
     * Kills the instances of `?function=<part of the name>` that process an event with the text `&of=<text>`.
     * With `&all=true`, kills idle instances too.
     */
    'POST kill': async ({ query }) => {
      const part = query.get('function') ?? '';
      const found = functions.named(part);
      if (found.length === 0)
        throw new ServiceError(404, 'NotFoundException', `No function has "${part}" in its name.`);
      const victims = { all: query.get('all') === 'true', of: query.get('of') ?? '' };
      const killed = await Promise.all(found.map((lambda) => lambda.kill(victims)));
      return { killed: killed.reduce((sum, count) => sum + count, 0) };
    },
  };
}
