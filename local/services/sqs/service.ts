import path from 'node:path';
import type { CloudContext } from '../../cloud/context';
import type { AwsOperations, Operations } from '../../cloud/endpoint/operation';
import type { MetricStore } from '../../cloud/metrics/metric-store';
import type { Service } from '../../cloud/service';
import { ACCOUNT, arn, REGION, URL_SUFFIX } from '../../cloud/template/account';
import { nameOf, type ResourceTypes } from '../../cloud/template/identity';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { Faults } from '../../cloud/faults/faults';
import type { KmsService } from '../kms/service';
import { queueOperations } from './operations';
import { Queues } from './queues';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::SQS::Queue': (naming) => {
    // CloudFormation appends the suffix to the names that it generates.
    const suffix =
      naming.property('FifoQueue') === true && naming.property('QueueName') === undefined ? '.fifo' : '';
    const queue = nameOf('QueueName', naming) + suffix;
    const url = `https://sqs.${REGION}.${URL_SUFFIX}/${ACCOUNT}/${queue}`;
    return { ref: url, attributes: { Arn: arn('sqs', queue), QueueName: queue, QueueUrl: url } };
  },
};

/** SQS with standard and FIFO queues. */
export class SqsService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  /** The queues of the template. Set by `start`. */
  queues!: Queues;
  private faults: Faults | undefined;

  constructor(private readonly kms: KmsService) {}

  start({ faults, settings, state }: CloudContext, resources: readonly Resource[]): void {
    this.faults = faults;
    const queues = ofType(resources, 'AWS::SQS::Queue');
    this.queues = new Queues(queues, path.join(state.path, 'queues'), settings.timeoutFactor);
  }

  report(metrics: MetricStore): void {
    this.queues.report(metrics);
  }

  environment(context: CloudContext): Record<string, string> {
    return { AWS_ENDPOINT_URL_SQS: context.endpointUrl() };
  }

  operations(): AwsOperations {
    return queueOperations(this.queues, this.faults, this.kms.keys);
  }

  localOperations(): Operations {
    return {
      /** Returns the messages of each queue, received or not. */
      'GET queues': () => this.queues.all(),
    };
  }
}
