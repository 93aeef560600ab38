import type { CloudContext } from '../../cloud/context';
import type { AwsOperations, Operations } from '../../cloud/endpoint/operation';
import type { Service } from '../../cloud/service';
import { ACCOUNT, arn, REGION, URL_SUFFIX } from '../../cloud/template/account';
import { nameOf, type ResourceTypes } from '../../cloud/template/identity';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { Faults } from '../../cloud/faults/faults';
import { queueOperations } from './operations';
import { Queues } from './queues';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::SQS::Queue': (naming) => {
    const queue = nameOf('QueueName', naming);
    const url = `https://sqs.${REGION}.${URL_SUFFIX}/${ACCOUNT}/${queue}`;
    return { ref: url, attributes: { Arn: arn('sqs', queue), QueueName: queue, QueueUrl: url } };
  },
};

/** SQS with standard queues. */
export class SqsService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  /** The queues of the template. Set by `start`. */
  queues!: Queues;
  private faults: Faults | undefined;

  start({ faults, state }: CloudContext, resources: readonly Resource[]): void {
    this.faults = faults;
    this.queues = new Queues(ofType(resources, 'AWS::SQS::Queue'), state.file('queues.json'));
  }

  environment(context: CloudContext): Record<string, string> {
    return { AWS_ENDPOINT_URL_SQS: context.endpointUrl() };
  }

  operations(): AwsOperations {
    return queueOperations(this.queues, this.faults);
  }

  localOperations(): Operations {
    return {
      /** Returns the messages of each queue, received or not. */
      'GET queues': () => this.queues.all(),
    };
  }
}
