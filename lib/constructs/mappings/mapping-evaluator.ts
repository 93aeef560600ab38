import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';
import { WorkQueue } from '../dispatch/work-queue';
import { grantMappingEvaluation } from './mapping-grants';

export interface MappingEvaluatorProps {
  readonly table: ScimTable;
  /** The number of whole days for which audit events are kept. */
  readonly auditRetentionDays: number;
  /** The number of whole days for which an ended license keeps its key. */
  readonly keyGraceDays: number;
}

/** The function that gives users what the mappings of their domains say, driven by a queue. */
export class MappingEvaluator extends Construct {
  public readonly handler: ScimFunction;
  /** The queue of changed users, groups, and mappings. */
  public readonly queue: WorkQueue;

  public constructor(scope: Construct, id: string, props: MappingEvaluatorProps) {
    super(scope, id);
    const { table, auditRetentionDays, keyGraceDays } = props;
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'mappings',
      description: 'Gives users what the mappings of their domains say',
      // After ten seconds, the rest of the work of a domain is another message.
      timeout: Duration.seconds(60),
      memorySize: 512,
    });
    grantMappingEvaluation(table, this.handler);
    this.handler.addEnvironment({
      [ENV.auditRetentionDays]: String(auditRetentionDays),
      [ENV.keyGraceDays]: String(keyGraceDays),
    });
    this.queue = new WorkQueue(this, 'Work', {
      worker: this.handler,
      // The time after which another function takes over from one that has died.
      visibilityTimeout: Duration.seconds(70),
      maxConcurrency: 10,
      // A message that fails each time is tried for about two hours.
      maxDeliveries: 100,
      environmentVariable: ENV.mappingQueueUrl,
    });
  }
}
