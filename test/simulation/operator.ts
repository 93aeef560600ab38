import type * as RedriveModule from '../../shared/service/mail/mail-redrive';
import { FAILURE_QUEUES, type Option, type System } from './system';
import type { Product } from './product/product';
import { Process } from './world/scheduler';

/** The longest time of a request at API Gateway, and the time limit of a redrive, in milliseconds. */
const REQUEST_MS = 29_000;
const TIME_LIMIT_MS = 20_000;

/** An operator, who redrives the changes of licenses that the stream has abandoned. */
export class Operator {
  private isBusy = false;
  /** The place at which an unfinished redrive continues. */
  private position: RedriveModule.RedrivePosition | undefined;

  constructor(
    private readonly system: System,
    private readonly product: Product,
    private readonly now: () => number,
  ) {}

  /** Returns the request that the operator can send now. */
  options(): Option[] {
    if (this.isBusy || !(this.position || this.system.changeFailures.hasVisible)) return [];
    return [{ kind: 'client', label: 'the operator redrives', run: () => this.redrive() }];
  }

  private redrive(): void {
    const { openMailRedrive } = this.product.load<typeof RedriveModule>('shared/service/mail/mail-redrive');
    const deployment = { tableName: 'table', auditRetentionDays: 30 } as Parameters<
      typeof openMailRedrive
    >[0];
    const deadline = this.now() + TIME_LIMIT_MS;
    const run = () =>
      openMailRedrive(deployment, FAILURE_QUEUES, () => new Date(this.now())).run(deadline, this.position);
    this.isBusy = true;
    this.system.functions.runAs(new Process('redrive'), REQUEST_MS, run, (end) => {
      this.isBusy = false;
      // A call that failed is repeated.
      if (end.kind === 'returned') this.position = (end.result as RedriveModule.RedriveResult).next;
    });
  }
}
