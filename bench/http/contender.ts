import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { HttpTarget } from './client';

/** CPU time since the start, and memory now, by the part that uses it. */
export type Usage = Readonly<Record<string, { readonly cpuMs: number; readonly memoryMb: number }>>;

/** The messages of a contender to the bench. */
export type ContenderMessage =
  | { readonly kind: 'ready'; readonly target: HttpTarget }
  | { readonly kind: 'filled' | 'quiet' }
  | { readonly kind: 'usage'; readonly usage: Usage }
  | { readonly kind: 'failed'; readonly problem: string };

/** The orders of the bench to a contender. */
export type ContenderOrder =
  { readonly kind: 'fill'; readonly users: number } | { readonly kind: 'settle' | 'measure' | 'stop' };

/** A service in a process of its own, so that its CPU time can be told from that of the client. */
export class Contender {
  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    readonly target: HttpTarget,
  ) {}

  static async start(name: string, file: string, args: readonly string[] = []): Promise<Contender> {
    const child = fork(file, args, {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    });
    const { target } = await receive(child, 'ready');
    return new Contender(name, child, target);
  }

  /** Adds users, faster than requests would. */
  async fill(users: number): Promise<void> {
    this.order({ kind: 'fill', users });
    await receive(this.child, 'filled');
  }

  /** Waits until nothing runs in the background. */
  async settle(): Promise<void> {
    this.order({ kind: 'settle' });
    await receive(this.child, 'quiet');
  }

  async usage(): Promise<Usage> {
    this.order({ kind: 'measure' });
    return (await receive(this.child, 'usage')).usage;
  }

  async stop(): Promise<void> {
    this.order({ kind: 'stop' });
    if (this.child.exitCode === null) await once(this.child, 'exit');
  }

  private order(order: ContenderOrder): void {
    this.child.send(order);
  }
}

async function receive<K extends ContenderMessage['kind']>(
  child: ChildProcess,
  kind: K,
): Promise<Extract<ContenderMessage, { kind: K }>> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('A service of the bench has ended.');
  });
  ended.catch(() => undefined);
  const [message] = (await Promise.race([once(child, 'message', { signal }), ended])) as [ContenderMessage];
  waiting.abort();
  if (message.kind === 'failed') throw new Error(message.problem);
  if (message.kind !== kind) throw new Error(`Expected "${kind}", not "${message.kind}".`);
  return message as Extract<ContenderMessage, { kind: K }>;
}

/** Runs a contender in this process: carries out the orders of the bench, one at a time. */
export function serveOrders(
  carryOut: (order: ContenderOrder) => Promise<ContenderMessage | undefined>,
): void {
  process.on('message', (order: ContenderOrder) => {
    void carryOut(order).then(
      (message) => message && process.send?.(message),
      (error: unknown) =>
        process.send?.({ kind: 'failed', problem: String(error) } satisfies ContenderMessage),
    );
  });
  process.on('disconnect', () => process.exit());
}
