import type { createRequire } from 'node:module';

/** The services of AWS that the product calls. */
export type ServiceName = 'dynamodb' | 'sqs' | 'ses' | 'secrets';

/** The world in which the product runs. */
export interface SimulatedWorld {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Returns a number from 0 to 1. */
  random(): number;
  setTimer(run: () => void, ms: number): object;
  clearTimer(timer: object | undefined): void;
  send(service: ServiceName, command: string, input: unknown): Promise<unknown>;
  /** Receives the lines that the functions log. */
  log(message: string, fields?: object): void;
}

/** Returns the globals that a module of the product uses instead of those of Node. */
export function globalsOf(world: SimulatedWorld): Readonly<Record<string, unknown>> {
  class SimulatedDate extends Date {
    constructor(...args: unknown[]) {
      if (args.length === 0) super(world.now());
      else super(...(args as [number]));
    }

    static override now(): number {
      return world.now();
    }
  }
  const simulatedMath = Object.create(Math, { random: { value: () => world.random() } }) as Math;
  return {
    Date: SimulatedDate,
    Math: simulatedMath,
    setTimeout: (run: () => void, ms = 0) => world.setTimer(run, ms),
    clearTimeout: (timer?: object) => world.clearTimer(timer),
    // No call of a simulated service takes as long as any limit.
    AbortSignal: { timeout: () => new AbortController().signal },
  };
}

/** Returns the packages that a module of the product gets instead of the real ones. */
export function packagesOf(
  world: SimulatedWorld,
  load: ReturnType<typeof createRequire>,
): ReadonlyMap<string, unknown> {
  const clientOf = (service: ServiceName) =>
    class {
      readonly config = {};
      readonly middlewareStack = { add: () => undefined };

      send(command: { readonly constructor: { readonly name: string }; readonly input: unknown }) {
        return world.send(service, command.constructor.name, command.input);
      }
    };
  const withClient = (name: string, client: string, service: ServiceName) =>
    [name, { ...(load(name) as object), [client]: clientOf(service) }] as const;
  const crypto = { ...(load('node:crypto') as object), randomUUID: () => newId(world, '4') };
  return new Map<string, unknown>([
    withClient('@aws-sdk/client-dynamodb', 'DynamoDBClient', 'dynamodb'),
    withClient('@aws-sdk/client-sqs', 'SQSClient', 'sqs'),
    withClient('@aws-sdk/client-ses', 'SESClient', 'ses'),
    withClient('@aws-sdk/client-secrets-manager', 'SecretsManagerClient', 'secrets'),
    ['node:crypto', crypto],
    ['uuid', { v7: (options?: { msecs?: number }) => newId(world, '7', options?.msecs) }],
    ['node:timers/promises', { setTimeout: (ms: number) => waitIn(world, ms) }],
    ['@aws-lambda-powertools/logger', { Logger: loggerOf(world) }],
    ['@aws-lambda-powertools/metrics', { Metrics: NoMetrics, MetricUnit: {} }],
  ]);
}

const waitIn = (world: SimulatedWorld, ms: number): Promise<void> =>
  new Promise((resolve) => {
    world.setTimer(resolve, ms);
  });

let lastTime = 0;
let sequence = 0;

/** Returns a UUID. UUIDs of version 7 are in the order in which they were created. */
function newId(world: SimulatedWorld, version: '4' | '7', time = world.now()): string {
  const digits = (count: number): string =>
    Array.from({ length: count }, () => Math.floor(world.random() * 16).toString(16)).join('');
  if (version === '4') return `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`;
  sequence = time === lastTime ? sequence + 1 : 0;
  lastTime = time;
  const ms = time.toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-8${digits(3)}-${digits(12)}`;
}

class NoMetrics {
  addMetric(): void {}
  hasStoredMetrics(): boolean {
    return false;
  }
  publishStoredMetrics(): void {}
}

function loggerOf(world: SimulatedWorld) {
  const log = (message: string, fields?: object): void => world.log(message, fields);
  return class {
    readonly info = log;
    readonly warn = log;
    readonly error = log;
    readonly debug = log;
    addContext(): void {}
    resetKeys(): void {}
    appendKeys(): void {}
  };
}
