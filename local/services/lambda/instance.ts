import { FunctionError } from './function-error';
import { type Sandbox, startProcess, startThread } from './sandbox/sandbox';

/** The time that AWS gives a function to initialize. */
export const INIT_TIMEOUT_MS = 10_000;
/**
 * A bundle with the SDK does not load in a smaller heap. In AWS, Node's memory outside the heap counts as
 * well.
 */
const MIN_HEAP_MB = 128;

export interface InstanceSettings {
  /** Absolute path of the bundle. */
  readonly file: string;
  readonly exportName: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** @default 10 seconds */
  readonly initTimeoutMs?: number;
  /** Receives what the function prints. */
  readonly print: (chunk: string) => void;
  /**
   * Runs the instance in a process of its own, and receives the usage of each invocation. @default a thread
   */
  readonly measure?: (usage: InvocationUsage) => void;
}

/** The CPU time and memory that an invocation has used. */
export interface InvocationUsage {
  readonly cpuMicros: number;
  /** The resident memory of the process at the end of the invocation, with Node itself. */
  readonly memoryBytes: number;
}

export interface Invocation {
  /** JSON of the event. */
  readonly event: string;
  readonly context: Readonly<Record<string, unknown>>;
}

type Message =
  | { kind: 'ready' }
  | { kind: 'result'; payload: string; usage?: InvocationUsage }
  | { kind: 'error'; error: { errorType: string; errorMessage: string }; usage?: InvocationUsage };

/** An isolated thread or process with one loaded function. It is dead after any failure of the sandbox. */
export class Instance {
  private readonly sandbox: Sandbox;
  private readonly loaded: Promise<string>;
  private settle: { resolve: (payload: string) => void; reject: (error: Error) => void } | undefined;
  private ended = false;

  /** `id` is the number of the instance, which its session token carries. */
  constructor(
    private readonly settings: InstanceSettings,
    readonly id = '',
  ) {
    const { environment } = settings;
    const token = environment.AWS_SESSION_TOKEN;
    const start = settings.measure ? startProcess : startThread;
    this.sandbox = start({
      file: settings.file,
      exportName: settings.exportName,
      environment: { ...environment, ...(token && { AWS_SESSION_TOKEN: `${token}.${id}` }) },
      heapMb: Math.max(settings.memoryMb, MIN_HEAP_MB),
    });
    for (const stream of this.sandbox.outputs) stream.setEncoding('utf8').on('data', settings.print);
    this.sandbox.onMessage((message) => this.receive(message as Message));
    this.sandbox.onError((error) => this.end(sandboxError(error)));
    this.sandbox.onExit((code) =>
      this.end(new FunctionError('Runtime.ExitError', `The process ended with ${code}.`)),
    );
    this.loaded = this.wait(settings.initTimeoutMs ?? INIT_TIMEOUT_MS, 'Sandbox.InitTimedout');
    this.loaded.catch(() => this.terminate());
  }

  get isDead(): boolean {
    return this.ended;
  }

  /**
   * Returns the JSON of the handler's result. Throws a `FunctionError`. Call it for one invocation at a time.
   */
  async invoke({ event, context }: Invocation): Promise<string> {
    await this.loaded;
    const result = this.wait(this.settings.timeoutMs, 'Sandbox.Timedout');
    this.sandbox.send({ event, context, deadline: Date.now() + this.settings.timeoutMs });
    return result;
  }

  /** Ends the sandbox immediately, even in the middle of an invocation. */
  async terminate(): Promise<void> {
    this.end(new FunctionError('Runtime.ExitError', 'The instance was stopped.'));
    await this.sandbox.terminate();
  }

  private wait(timeoutMs: number, timeoutType: string): Promise<string> {
    return new Promise<string>((resolve, reject) => {
      if (this.ended) return reject(new FunctionError('Runtime.ExitError', 'The instance has ended.'));
      const timer = setTimeout(() => {
        this.end(
          new FunctionError(timeoutType, `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`),
        );
        void this.sandbox.terminate();
      }, timeoutMs);
      const done =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          this.settle = undefined;
          settle(value);
        };
      this.settle = { resolve: done(resolve), reject: done(reject) };
    });
  }

  private receive(message: Message): void {
    if (message.kind !== 'ready' && message.usage) this.settings.measure?.(message.usage);
    if (message.kind === 'error') {
      this.settle?.reject(new FunctionError(message.error.errorType, message.error.errorMessage));
    } else this.settle?.resolve(message.kind === 'result' ? message.payload : '');
  }

  private end(reason: FunctionError): void {
    this.ended = true;
    this.settle?.reject(reason);
  }
}

function sandboxError(error: Error & { code?: string }): FunctionError {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return new FunctionError('Runtime.OutOfMemory', error.message);
  return new FunctionError(error.name, error.message);
}
