import type { Context } from 'aws-lambda';
import type { Product } from '../product/product';
import { Process, type Scheduler } from './scheduler';

type Handler = (event: object, context: Context) => Promise<unknown>;

/** The end of an invocation. */
export type InvocationEnd =
  | { readonly kind: 'returned'; readonly result: unknown }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'killed' };

interface Instance {
  readonly process: Process;
  readonly handler: Handler;
  isBusy: boolean;
}

/**
 * The functions of the product. An instance serves one invocation at a time, and keeps its state between
 * them.
 */
export class Functions {
  private readonly instances = new Map<string, Instance[]>();
  private started = 0;

  constructor(
    private readonly product: Product,
    private readonly scheduler: Scheduler,
  ) {}

  /** Invokes `lambdas/<name>.ts`, in a new process if no instance is free. */
  invoke(name: string, event: object, timeoutMs: number, onEnd: (end: InvocationEnd) => void): void {
    const instance = this.instanceOf(name);
    instance.isBusy = true;
    const context = {
      functionName: name,
      awsRequestId: `${instance.process.name}-request`,
      getRemainingTimeInMillis: () => endsAt - this.scheduler.now,
    } as Context;
    const endsAt = this.scheduler.now + timeoutMs;
    this.runAs(
      instance.process,
      timeoutMs,
      () => instance.handler(event, context),
      (end) => {
        instance.isBusy = false;
        onEnd(end);
      },
    );
  }

  /** Runs a part of the product in a process, as an invocation with a time limit. */
  runAs(
    process: Process,
    timeoutMs: number,
    run: () => Promise<unknown>,
    onEnd: (end: InvocationEnd) => void,
  ): void {
    const { scheduler } = this;
    let isOver = false;
    const timeout = scheduler.setTimer(() => scheduler.kill(process), timeoutMs, new Process('timeout'));
    const end = (how: InvocationEnd): void => {
      if (isOver) return;
      isOver = true;
      scheduler.clearTimer(timeout);
      scheduler.leave(process);
      scheduler.note(
        () => `${process.name} ${how.kind}${how.kind === 'threw' ? `: ${String(how.error)}` : ''}`,
      );
      onEnd(how);
    };
    scheduler.enter(
      process,
      () =>
        void run().then(
          (result) => end({ kind: 'returned', result }),
          (error: unknown) => end({ kind: 'threw', error }),
        ),
      () => end({ kind: 'killed' }),
    );
  }

  private instanceOf(name: string): Instance {
    const all = this.instances.get(name) ?? [];
    this.instances.set(name, all);
    const free = all.find(({ isBusy, process }) => !isBusy && process.isAlive);
    if (free) return free;
    const { handler } = this.product.start<{ handler: Handler }>(`lambdas/${name}`);
    const instance = { process: new Process(`${name}-${++this.started}`), handler, isBusy: false };
    all.push(instance);
    return instance;
  }
}
