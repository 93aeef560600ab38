import type { CloudContext } from '../../cloud/context';
import type { Service } from '../../cloud/service';
import { byId, type ResourceTypes } from '../../cloud/template/identity';
import type { Resource } from '../../cloud/template/resources';
import { UserError } from '../../host/user-error';
import type { DynamoDbService } from '../dynamodb/service';
import type { LambdaService } from '../lambda/service';
import type { SqsService } from '../sqs/service';
import { type Checkpoints, Mapping } from './mapping';
import { mappingsFromTemplate, queueMappingsFromTemplate } from './mapping-settings';
import { QueueMapping } from './queue-mapping';

const RESOURCE_TYPES: ResourceTypes = { 'AWS::Lambda::EventSourceMapping': byId };

/** Lambda's event source mappings, which deliver DynamoDB streams and queues to functions. */
export class EventSourceMappingService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;

  constructor(
    private readonly dynamoDb: DynamoDbService,
    private readonly lambda: LambdaService,
    private readonly sqs: SqsService,
  ) {}

  start(context: CloudContext, resources: readonly Resource[]): void {
    this.startStreams(context, resources);
    this.startQueues(context, resources);
  }

  private startStreams({ faults, log, state, teardown }: CloudContext, resources: readonly Resource[]): void {
    for (const settings of mappingsFromTemplate(resources)) {
      const table = this.dynamoDb.tables.find((each) => each.templateStreamArn === settings.streamArn);
      if (!table?.engineStreamArn)
        throw new UserError(`No table of the template has the stream ${settings.streamArn}.`);
      const lambda = this.lambda.functions.get(settings.functionName);
      const { roles } = this.lambda;
      roles.assertMayRead(lambda.name, settings.streamArn);
      if (settings.failureQueueArn) roles.assertMaySend(lambda.name, settings.failureQueueArn);
      const mapping = new Mapping({
        settings,
        lambda,
        call: this.dynamoDb.call,
        engineStreamArn: table.engineStreamArn,
        isNewStream: table.isNew,
        checkpoints: state.file<Checkpoints>(`checkpoints-${settings.id}.json`),
        sendFailure: (queueArn, message) => {
          if (roles.maySend(lambda.name, queueArn)) this.sqs.queues.send(queueArn, message);
        },
        log,
        aged: (ageMs) => this.lambda.metrics.iteratorAge(lambda.name, ageMs),
        faults,
      });
      mapping.start();
      teardown.add('an event source mapping', () => mapping.stop());
    }
  }

  private startQueues(
    { faults, log, settings, teardown }: CloudContext,
    resources: readonly Resource[],
  ): void {
    for (const queueSettings of queueMappingsFromTemplate(resources)) {
      const { functionName, queueArn } = queueSettings;
      const lambda = this.lambda.functions.get(functionName);
      this.lambda.roles.assertMayReceive(lambda.name, queueArn);
      const queue = this.sqs.queues.get(queueArn);
      if (lambda.timeoutMs > queue.settings.visibilityTimeoutMs)
        throw new UserError(
          `${lambda.name}: Queue visibility timeout: ${queue.settings.visibilityTimeoutMs / 1000} seconds is less ` +
            'than Function timeout.',
        );
      const mapping = new QueueMapping({
        settings: queueSettings,
        lambda,
        queue,
        redeliveryFactor: settings.redeliveryFactor,
        log,
        faults,
      });
      mapping.start();
      teardown.add('an event source mapping', () => mapping.stop());
    }
  }
}
