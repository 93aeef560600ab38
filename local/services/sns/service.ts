import type { CloudContext } from '../../cloud/context';
import { LOCAL_PATH } from '../../cloud/endpoint/server';
import type { AwsOperations, Operations } from '../../cloud/endpoint/operation';
import type { ServiceCaller } from '../../cloud/iam/iam';
import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { byId, nameOf, type ResourceTypes } from '../../cloud/template/identity';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { LambdaService } from '../lambda/service';
import type { KmsService } from '../kms/service';
import { KEY_ACTIONS } from '../sqs/operations';
import type { SqsService } from '../sqs/service';
import { confirmationEmail, type SnsEmail } from './confirmation-email';
import { EmailSubscriptions } from './email-subscriptions';
import { type ListedSubscription, recipientOperations, topicOperations } from './operations';
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

/** SNS. Only services of the cloud publish; functions can only list subscriptions. */
export class SnsService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  /** The topics of the template. Set by `start`. */
  topics!: Topics;

  private permissions!: PublishPermissions;
  private emails!: EmailSubscriptions;
  private topicArns: readonly string[] = [];
  private localUrl = '';

  constructor(
    private readonly lambda: LambdaService,
    private readonly sqs: SqsService,
    private readonly kms: KmsService,
  ) {}

  start(context: CloudContext, resources: readonly Resource[]): void {
    const { iam, log, state } = context;
    this.localUrl = `${context.endpointUrl()}/${LOCAL_PATH}`;
    this.topicArns = ofType(resources, 'AWS::SNS::Topic').map(({ ref }) => ref);
    this.permissions = new PublishPermissions(iam, this.kms.keys);
    this.topics = new Topics({
      subscriptions: ofType(resources, 'AWS::SNS::Subscription'),
      functionOf: (functionArn) => this.lambda.functions.get(functionArn),
      invoke: (lambda, event) => this.lambda.invokeLater(lambda, event),
      mayInvoke: (functionArn, topicArn) =>
        this.lambda.roles.mayInvoke(functionArn, 'sns.amazonaws.com', topicArn),
      sendDeadLetter: (queueArn, topicArn, message) => {
        const source = { service: 'sns.amazonaws.com', sourceArn: topicArn };
        const use = { resource: queueArn, actions: KEY_ACTIONS.SendMessage ?? [], via: 'sqs' };
        if (
          iam.allowsService(source, { action: 'sqs:SendMessage', resource: queueArn }) &&
          this.kms.keys.allowService(iam, source, use)
        )
          this.sqs.queues.send(queueArn, message);
        else log(`${topicArn} may not send to ${queueArn}, so a message is lost.`);
      },
    });
    this.emails = new EmailSubscriptions(this.topics.emails, state.file('subscriptions.json'));
  }

  /** The emails that SNS sends for subscriptions that are not confirmed. */
  get confirmations(): SnsEmail[] {
    return this.emails.pending.map((each) => confirmationEmail(each, this.localUrl));
  }

  environment(context: CloudContext): Record<string, string> {
    return { AWS_ENDPOINT_URL_SNS: context.endpointUrl() };
  }

  operations(): AwsOperations {
    return topicOperations((topicArn) => this.list(topicArn));
  }

  localOperations(): Operations {
    return recipientOperations(() => this.emails);
  }

  private list(TopicArn: string): ListedSubscription[] | undefined {
    if (!this.topicArns.includes(TopicArn)) return undefined;
    const functions = this.topics
      .functionsOf(TopicArn)
      .map(({ arn, endpoint }) => ({ SubscriptionArn: arn, Protocol: 'lambda', Endpoint: endpoint }));
    const emails = this.emails.all
      .filter(({ topicArn }) => topicArn === TopicArn)
      .map((each) => ({
        SubscriptionArn: this.emails.isConfirmed(each) ? each.arn : 'PendingConfirmation',
        ...{ Protocol: 'email', Endpoint: each.endpoint },
      }));
    return [...functions, ...emails].map((each) => ({ ...each, TopicArn }));
  }

  /**
   * Publishes for a service, if the policies of the topic and of its key allow it. Returns whether they do.
   */
  publishFor(source: ServiceCaller, topicArn: string, subject: string, message: string): boolean {
    const allowed = this.permissions.allow(source, topicArn);
    if (allowed) this.topics.publish(topicArn, subject, message);
    return allowed;
  }
}
