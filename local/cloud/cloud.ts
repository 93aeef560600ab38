import { allStarted } from '../host/processes/all-started';
import type { Listening } from '../host/http';
import type { CloudContext } from './context';
import type { Operations } from './endpoint/operation';
import { PlannedCalls } from './endpoint/planned-calls';
import { type EndpointOperations, LOCAL_PATH, serveEndpoint } from './endpoint/server';
import type { Client } from './environment';
import { MetricStore } from './metrics/metric-store';
import { faultOperations } from './faults/operations';
import type { Service } from './service';
import type { Resource } from './template/resources';
import { type Rewrite, rewriteProperties } from './template/rewrite';

/** Runs the resources of a template on a list of services, and serves the operations of these services. */
export class Cloud {
  private readonly context: CloudContext;
  private endpoint: Listening | undefined;
  private operations: EndpointOperations | undefined;

  constructor(
    private readonly services: readonly Service[],
    surroundings: Omit<CloudContext, 'calls' | 'metrics' | 'rewriteText' | 'endpointUrl' | 'environment'>,
  ) {
    this.context = {
      ...surroundings,
      calls: new PlannedCalls(),
      metrics: new MetricStore(),
      rewriteText: (text) => text,
      endpointUrl: () => this.endpointUrl(),
      environment: (client) => this.environment(client),
    };
  }

  /** Starts the processes that do not depend on the template. */
  async launch(): Promise<void> {
    await allStarted(this.services.map((service) => service.launch?.(this.context)));
  }

  /** Runs the resources of the template. Call `launch` first. */
  async start(resources: readonly Resource[]): Promise<void> {
    const { calls, callers, faults, iam, teardown } = this.context;
    const operations = () => this.startedOperations();
    this.endpoint = await serveEndpoint({ calls, callers, faults, iam, operations });
    teardown.add('the endpoint of the services', this.endpoint.close);
    const rewrites: Rewrite[] = [];
    for (const service of this.services) {
      const rewrite = await service.prepare?.(this.context, resources);
      if (rewrite) rewrites.push(rewrite);
    }
    const rewriteText: Rewrite = (text) => rewrites.reduce((rewritten, rewrite) => rewrite(rewritten), text);
    const rewriteAll = (given: readonly Resource[]) => rewriteProperties(given, rewriteText);
    const { former } = this.context;
    const context = {
      ...this.context,
      rewriteText,
      ...(former && { former: { ...former, resources: rewriteAll(former.resources) } }),
    };
    const final = rewriteAll(resources);
    for (const service of this.services) await service.start?.(context, final);
    this.operations = operationsOf(this.services, faultOperations(faults));
  }

  /** The URL of the operations that AWS does not have, without a trailing slash. */
  get localUrl(): string {
    return `${this.endpointUrl()}/${LOCAL_PATH}`;
  }

  /** The variables by which the SDK in a client finds the services. */
  environment(client: Client): Record<string, string> {
    const variables = this.services.map((service) => service.environment?.(this.context, client));
    // A service that is not emulated must not reach AWS.
    const others = client === 'function' ? { AWS_ENDPOINT_URL: this.endpointUrl() } : {};
    return Object.assign(others, ...variables) as Record<string, string>;
  }

  private endpointUrl(): string {
    if (!this.endpoint) throw new Error('The cloud has no endpoint before it starts.');
    return this.endpoint.url;
  }

  private startedOperations(): EndpointOperations {
    if (!this.operations) throw new Error('The system is still starting.');
    return this.operations;
  }
}

function operationsOf(services: readonly Service[], own: Operations): EndpointOperations {
  const aws = services.flatMap((service) => Object.entries(service.operations?.() ?? {}));
  const local = [own, ...services.map((service) => service.localOperations?.() ?? {})].flatMap((operations) =>
    Object.entries(operations).map(
      ([name, operation]) => [name.replace(' ', ` ${LOCAL_PATH}/`), operation] as const,
    ),
  );
  return { aws: Object.fromEntries(aws), local: Object.fromEntries(local) };
}
