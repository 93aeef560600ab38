import type { CloudContext } from './context';
import type { AwsOperations, Operations } from './endpoint/operation';
import type { Client } from './environment';
import type { ResourceTypes } from './template/identity';
import type { Resource } from './template/resources';
import type { Rewrite } from './template/rewrite';

/**
 * A service of the local cloud, for example SQS. Its constructor takes the services that it uses and does
 * nothing else. The cloud then calls `launch`, `prepare` and `start`, each on all services in the order of
 * their list.
 */
export interface Service {
  /** The resource types of the template that the service runs. */
  readonly resourceTypes: ResourceTypes;

  /** Starts the processes that do not depend on the template, while the template is still synthesized. */
  launch?(context: CloudContext): Promise<void>;

  /**
   * Decides what the properties of resources cannot know before, for example a free port or a generated
   * secret. Returns how texts of the template change because of that.
   */
  prepare?(context: CloudContext, resources: readonly Resource[]): Promise<Rewrite | void> | Rewrite | void;

  /** Runs the resources, whose properties are final. */
  start?(context: CloudContext, resources: readonly Resource[]): Promise<void> | void;

  /**
   * Returns the variables by which the SDK in a client finds the service. Called when all services are
   * prepared.
   */
  environment?(context: CloudContext, client: Client): Record<string, string>;

  /**
   * Returns the AWS operations that functions and programs may call. Called when all services have started.
   */
  operations?(): AwsOperations;

  /**
   * Returns operations for tests and benchmarks, which AWS does not have, by method and path: `GET queues`.
   */
  localOperations?(): Operations;
}

/** Returns all resource types that the services run. Throws if two services claim the same type. */
export function resourceTypesOf(services: readonly Service[]): ResourceTypes {
  const all: Record<string, ResourceTypes[string]> = {};
  for (const { resourceTypes } of services) {
    for (const [type, identify] of Object.entries(resourceTypes)) {
      if (all[type]) throw new Error(`Two services run ${type}.`);
      all[type] = identify;
    }
  }
  return all;
}
