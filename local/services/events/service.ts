import type { CloudContext } from '../../cloud/context';
import type { AwsOperations, Operations } from '../../cloud/endpoint/operation';
import { ServiceError } from '../../cloud/endpoint/service-error';
import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { nameOf, type ResourceTypes } from '../../cloud/template/identity';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { KmsService } from '../kms/service';
import type { LambdaService } from '../lambda/service';
import { EventBuses } from './event-buses';
import { putEventsOperation, type PutEventsParts } from './put-events';
import { Schedules } from './schedules';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::Events::EventBus': (naming) => {
    const bus = nameOf('Name', naming);
    return { ref: bus, attributes: { Arn: arn('events', `event-bus/${bus}`), Name: bus } };
  },
  'AWS::Events::Rule': (naming) => {
    const rule = nameOf('Name', naming);
    return { ref: rule, attributes: { Arn: arn('events', `rule/${rule}`) } };
  },
};

/** EventBridge with scheduled rules, and with event buses on which events arrive. */
export class EventsService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  /** Set by `start`. */
  private schedules!: Schedules;

  /** Set by `start`. */
  private bus!: PutEventsParts;

  constructor(
    private readonly lambda: LambdaService,
    private readonly kms: KmsService,
  ) {}

  start({ faults, iam, log, teardown }: CloudContext, resources: readonly Resource[]): void {
    const buses = new EventBuses(ofType(resources, 'AWS::Events::EventBus').map(({ ref }) => ref));
    this.bus = { buses, iam, keys: this.kms.keys, faults };
    this.schedules = new Schedules(
      ofType(resources, 'AWS::Events::Rule'),
      (functionArn) => this.lambda.functions.get(functionArn),
      (target, event) => this.lambda.invokeAndWait(target, event),
      log,
      (functionArn, ruleArn) => this.lambda.roles.mayInvoke(functionArn, 'events.amazonaws.com', ruleArn),
      faults,
    );
    this.schedules.start();
    teardown.add('the schedules', () => this.schedules.stop());
  }

  environment(context: CloudContext): Record<string, string> {
    return { AWS_ENDPOINT_URL_EVENTBRIDGE: context.endpointUrl() };
  }

  operations(): AwsOperations {
    return { 'AWSEvents.PutEvents': putEventsOperation(this.bus) };
  }

  localOperations(): Operations {
    return {
      /** Returns the latest events of each bus, or those with `?of=<text>` in their detail. */
      'GET event-buses': ({ query }) => this.bus.buses.arrived(query.get('of') ?? ''),
      /** Runs the rules with `?rule=<part of the name>` now. Responds when their functions have ended. */
      'POST fire': async ({ query }) => {
        const part = query.get('rule') ?? '';
        const fired = await this.schedules.fire(part);
        if (fired === 0)
          throw new ServiceError(404, 'NotFoundException', `No rule has "${part}" in its name.`);
        return { fired };
      },
    };
  }
}
