import type { CloudSettings } from '../../cloud/context';
import { UserError } from '../../host/user-error';
import { type Resource, ofType } from '../../cloud/template/resources';
import { lambdaFromTemplate } from './from-template';
import type { LambdaFunction } from './function';

/** By ARN. */
export type Functions = ReadonlyMap<string, LambdaFunction>;

export function startFunctions(resources: readonly Resource[], settings: CloudSettings): Functions {
  const hosting = {
    endpoints: settings.endpoints,
    logDirectory: settings.state.logs,
    verbose: settings.verbose,
  };
  const functions = new Map<string, LambdaFunction>();
  const ofCustomResources = new Set(resources.map(({ properties }) => properties.ServiceToken));
  for (const resource of ofType(resources, 'AWS::Lambda::Function')) {
    // They would set up in AWS what this host does by itself.
    if (ofCustomResources.has(resource.attributes.Arn)) continue;
    const lambda = lambdaFromTemplate(resource, hosting);
    settings.teardown.add(lambda.name, () => lambda.stop());
    functions.set(lambda.arn, lambda);
  }
  return functions;
}

/** By ARN or name. */
export function functionOf(functions: Functions, id: string): LambdaFunction {
  const lambda = functions.get(id) ?? [...functions.values()].find(({ name }) => name === id);
  if (!lambda) throw new UserError(`The template names the function ${id}, which it does not have.`);
  return lambda;
}
