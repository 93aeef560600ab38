import type { CloudContext } from '../../cloud/context';
import type { Operations } from '../../cloud/endpoint/operation';
import { ServiceError } from '../../cloud/endpoint/service-error';
import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { nameOf, type ResourceTypes } from '../../cloud/template/identity';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { LambdaService } from '../lambda/service';
import { Schedules } from './schedules';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::Events::Rule': (naming) => {
    const rule = nameOf('Name', naming);
    return { ref: rule, attributes: { Arn: arn('events', `rule/${rule}`) } };
  },
};

/** EventBridge with scheduled rules. */
export class EventsService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  /** Set by `start`. */
  private schedules!: Schedules;

  constructor(private readonly lambda: LambdaService) {}

  start({ faults, log, teardown }: CloudContext, resources: readonly Resource[]): void {
    this.schedules = new Schedules(
      ofType(resources, 'AWS::Events::Rule'),
      (functionArn) => this.lambda.functions.get(functionArn),
      log,
      (functionArn, ruleArn) => this.lambda.roles.mayInvoke(functionArn, 'events.amazonaws.com', ruleArn),
      faults,
    );
    this.schedules.start();
    teardown.add('the schedules', () => this.schedules.stop());
  }

  localOperations(): Operations {
    return {
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
