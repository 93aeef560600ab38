import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';
import { WorkQueue } from '../dispatch/work-queue';

export interface PromoterProps {
  readonly table: ScimTable;
  /** The number of whole days for which audit events are kept. */
  readonly auditRetentionDays: number;
}

/**
 * The function that gives free seats to pending licenses, driven by a queue. It sends no emails, so that
 * seats never wait for SES.
 */
export class Promoter extends Construct {
  public readonly handler: ScimFunction;
  /** The queue of the domains in which a promotion may be possible. */
  public readonly queue: WorkQueue;

  public constructor(scope: Construct, id: string, { table, auditRetentionDays }: PromoterProps) {
    super(scope, id);
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'promoter',
      description: 'Gives free seats to pending licenses',
      // After five seconds, the rest of the promotions of a domain is another message.
      timeout: Duration.seconds(30),
      memorySize: 256,
    });
    table.grantPromotion(this.handler);
    this.handler.addEnvironment({ [ENV.auditRetentionDays]: String(auditRetentionDays) });
    this.queue = new WorkQueue(this, 'Work', {
      worker: this.handler,
      // The time after which another function takes over from one that has died.
      visibilityTimeout: Duration.seconds(40),
      maxConcurrency: 10,
      // A message that fails each time is tried for an hour.
      maxDeliveries: 100,
      environmentVariable: ENV.promotionQueueUrl,
    });
  }
}
