import type { CloudContext } from '../../cloud/context';
import type { ServiceCaller } from '../../cloud/iam/iam';
import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { byId, nameOf, type ResourceTypes } from '../../cloud/template/identity';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { LambdaService } from '../lambda/service';
import type { SqsService } from '../sqs/service';
import { PublishPermissions } from './publish-permissions';
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

  private permissions!: PublishPermissions;

  constructor(
    private readonly lambda: LambdaService,
    private readonly sqs: SqsService,
  ) {}

  start({ iam, log }: CloudContext, resources: readonly Resource[]): void {
    this.permissions = new PublishPermissions(iam, ofType(resources, 'AWS::SNS::Topic'), resources);
    this.topics = new Topics({
      subscriptions: ofType(resources, 'AWS::SNS::Subscription'),
      functionOf: (functionArn) => this.lambda.functions.get(functionArn),
      invoke: (lambda, event) => this.lambda.invokeLater(lambda, event),
      mayInvoke: (functionArn, topicArn) =>
        this.lambda.roles.mayInvoke(functionArn, 'sns.amazonaws.com', topicArn),
      sendDeadLetter: (queueArn, topicArn, message) => {
        const permission = { action: 'sqs:SendMessage', resource: queueArn };
        if (iam.allowsService({ service: 'sns.amazonaws.com', sourceArn: topicArn }, permission))
          this.sqs.queues.send(queueArn, message);
        else log(`${topicArn} may not send to ${queueArn}, so a message is lost.`);
      },
    });
  }

  /** Publishes for a service, if the policies of the topic and of its key allow it. Returns whether they do. */
  publishFor(source: ServiceCaller, topicArn: string, subject: string, message: string): boolean {
    const allowed = this.permissions.allow(source, topicArn);
    if (allowed) this.topics.publish(topicArn, subject, message);
    return allowed;
  }
}
