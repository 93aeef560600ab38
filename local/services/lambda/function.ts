import { randomUUID } from 'node:crypto';
import type { CallSite, Fault } from '../../cloud/faults/fault';
import type { Concurrency } from './concurrency';
import type { FunctionUsage } from './function-usage';
import type { InvocationMetrics } from './invocation-metrics';
import { FunctionError, InvocationThrottled, RequestTooLarge } from './function-error';
import { Instance, type InstanceSettings } from './instance';
import { type InvocationTarget, LATEST } from './invocation-target';

const PAYLOAD_LIMIT = 6 * 1024 * 1024;
const MAX_INSTANCES = 8;

export interface FunctionSettings extends InstanceSettings {
  readonly name: string;
  readonly arn: string;
  /** The published version. @default `$LATEST` */
  readonly version?: string;
  /** The limits of concurrent invocations. Without them, there is no limit. */
  readonly concurrency?: Pick<Concurrency, 'enter'>;
  /** Receives the outcome of each invocation. @default nobody */
  readonly metrics?: Pick<InvocationMetrics, 'start' | 'throttled'>;
  /** Returns the fault of an invocation. @default no invocation fails */
  readonly takeFault?: (site: CallSite) => Fault<'kill-before' | 'kill-after'> | undefined;
  /** Receives what each invocation uses. @default nothing is measured */
  readonly usage?: FunctionUsage;
}

/**
 * A Lambda function. It runs one instance per concurrent invocation, up to a maximum. Further invocations
 * queue.
 */
export class LambdaFunction implements InvocationTarget {
  private readonly idle: Instance[] = [];
  /** Busy instance → JSON of the event that it processes. */
  private readonly busy = new Map<Instance, string>();
  private readonly queue: (() => void)[] = [];
  private stopped = false;
  private started = 0;
  private invoked = 0;

  constructor(
    private readonly settings: FunctionSettings,
    private readonly maxInstances = MAX_INSTANCES,
  ) {}

  /** The CPU time and memory of the invocations since the start, if they are measured. */
  get usage(): FunctionUsage | undefined {
    return this.settings.usage;
  }

  get name(): string {
    return this.settings.name;
  }

  get arn(): string {
    return this.settings.arn;
  }

  get version(): string {
    return this.settings.version ?? LATEST;
  }

  get qualifier(): string {
    return this.version;
  }

  get timeoutMs(): number {
    return this.settings.timeoutMs;
  }

  /**
   * Invokes synchronously; throws `FunctionError`, `RequestTooLarge`, or `InvocationThrottled`. `invokedArn`
   * is the ARN of the alias that was invoked.
   */
  async invoke(
    event: unknown,
    requestId: string = randomUUID(),
    invokedArn: string = this.arn,
  ): Promise<unknown> {
    const json = JSON.stringify(event);
    if (Buffer.byteLength(json) > PAYLOAD_LIMIT)
      throw new RequestTooLarge(`${this.name}: the event exceeds 6 MB.`);
    // An invocation that waits for an instance here would run in AWS, so it counts.
    const leave = this.enter();
    const finish = this.settings.metrics?.start(this.name);
    try {
      const result = await this.run(json, requestId, invokedArn);
      finish?.('succeeded');
      return result;
    } catch (error) {
      finish?.('failed');
      throw error;
    } finally {
      leave?.();
    }
  }

  private enter(): (() => void) | undefined {
    try {
      return this.settings.concurrency?.enter(this.name);
    } catch (error) {
      if (error instanceof InvocationThrottled) this.settings.metrics?.throttled(this.name);
      throw error;
    }
  }

  private async run(json: string, requestId: string, invokedArn: string): Promise<unknown> {
    const { name, settings } = this;
    this.invoked += 1;
    const fault = settings.takeFault?.({ function: name, operation: 'lambda:Invoke', text: () => json });
    const instance = await this.acquire(json);
    try {
      if (fault?.kind === 'kill-before') await instance.terminate();
      const payload = await instance.invoke({ event: json, context: this.context(requestId, invokedArn) });
      if (fault?.kind === 'kill-after') {
        await instance.terminate();
        throw new FunctionError('Runtime.ExitError', 'The instance was stopped.');
      }
      if (Buffer.byteLength(payload) > PAYLOAD_LIMIT) {
        throw new FunctionError('Function.ResponseSizeTooLarge', 'The response exceeds 6 MB.');
      }
      return JSON.parse(payload) as unknown;
    } catch (error) {
      this.settings.print(`${requestId} ${String(error)}\n`);
      throw error;
    } finally {
      this.release(instance);
    }
  }

  /** The number of invocations since the start. */
  get invocations(): number {
    return this.invoked;
  }

  instances(): { idle: number; busy: number } {
    return { idle: this.idle.filter(({ isDead }) => !isDead).length, busy: this.busy.size };
  }

  /**
   * Kills the instances that process an event whose JSON contains `of`. With `all`, kills idle instances too.
   * Returns the number of killed instances.
   */
  async kill({ all = false, of = '' } = {}): Promise<number> {
    const working = [...this.busy].filter(([, event]) => event.includes(of)).map(([instance]) => instance);
    const victims = [...working, ...(all ? this.idle : [])];
    await Promise.all(victims.map((instance) => instance.terminate()));
    return victims.length;
  }

  /**
   * Returns whether an instance processes an event whose JSON contains `of`. Its calls to AWS carry its
   * number.
   */
  isProcessing(id: string | undefined, of: string): boolean {
    return [...this.busy].some(([instance, event]) => instance.id === id && event.includes(of));
  }

  /** Kills one instance, by the number that its calls to AWS carry. */
  async killInstance(id: string): Promise<void> {
    await Promise.all([...this.busy.keys()].filter((each) => each.id === id).map((each) => each.terminate()));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.kill({ all: true });
  }

  private async acquire(event: string): Promise<Instance> {
    while (!this.stopped) {
      const instance =
        this.takeIdle() ?? (this.busy.size < this.maxInstances ? this.newInstance() : undefined);
      if (instance) {
        this.busy.set(instance, event);
        return instance;
      }
      await new Promise<void>((resolve) => this.queue.push(resolve));
    }
    throw new FunctionError('Runtime.ExitError', 'The host is stopping.');
  }

  private newInstance(): Instance {
    this.started += 1;
    const { usage } = this.settings;
    const settings = usage ? { ...this.settings, measure: usage.add.bind(usage) } : this.settings;
    return new Instance(settings, String(this.started));
  }

  private takeIdle(): Instance | undefined {
    for (let instance = this.idle.pop(); instance; instance = this.idle.pop()) {
      if (!instance.isDead) return instance;
    }
    return undefined;
  }

  private release(instance: Instance): void {
    this.busy.delete(instance);
    if (!instance.isDead) this.idle.push(instance);
    this.queue.shift()?.();
  }

  private context(requestId: string, invokedFunctionArn: string): Record<string, unknown> {
    return {
      functionName: this.name,
      functionVersion: this.version,
      invokedFunctionArn,
      memoryLimitInMB: String(this.settings.memoryMb),
      awsRequestId: requestId,
      logGroupName: this.settings.environment.AWS_LAMBDA_LOG_GROUP_NAME,
      logStreamName: this.settings.environment.AWS_LAMBDA_LOG_STREAM_NAME,
    };
  }
}
