import type { CloudContext } from '../../cloud/context';
import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { byId, nameOf, type ResourceTypes } from '../../cloud/template/identity';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { LambdaService } from '../lambda/service';
import { Topics } from './topics';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::SNS::Topic': (naming) => {
    const topic = nameOf('TopicName', naming);
    const topicArn = arn('sns', topic);
    return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: topic } };
  },
  'AWS::SNS::Subscription': byId,
};

/** SNS. Only services of the cloud publish; functions cannot. */
export class SnsService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  /** The topics of the template. Set by `start`. */
  topics!: Topics;

  constructor(private readonly lambda: LambdaService) {}

  start(_: CloudContext, resources: readonly Resource[]): void {
    this.topics = new Topics({
      subscriptions: ofType(resources, 'AWS::SNS::Subscription'),
      functionOf: (functionArn) => this.lambda.functions.get(functionArn),
      invoke: (lambda, event) => this.lambda.invokeLater(lambda, event),
    });
  }
}
