import { randomUUID } from 'node:crypto';
import { randomOf } from '../../../cloud/faults/random';
import type { LambdaFunction } from '../function';
import type { InvocationTarget } from '../invocation-target';

/** The version that a new one replaces, and the share of invocations that it still gets, from 0 to 1. */
export interface FormerVersion {
  readonly lambda: LambdaFunction;
  readonly share: number;
}

/** A function while CodeDeploy moves it to a new version. Each invocation goes to one of the two. */
export class TwoVersions implements InvocationTarget {
  private invocations = 0;

  constructor(
    private readonly current: LambdaFunction,
    private readonly former: FormerVersion,
  ) {}

  get name(): string {
    return this.current.name;
  }

  get arn(): string {
    return this.current.arn;
  }

  get qualifier(): string {
    return this.current.qualifier;
  }

  get version(): string {
    return this.current.version;
  }

  get timeoutMs(): number {
    return this.current.timeoutMs;
  }

  invoke(event: unknown, requestId: string = randomUUID(), invokedArn: string = this.arn): Promise<unknown> {
    this.invocations += 1;
    const isFormer = randomOf(this.name, this.invocations) < this.former.share;
    return (isFormer ? this.former.lambda : this.current).invoke(event, requestId, invokedArn);
  }
}
