export const ENGINE_KINDS = ['dynoxide', 'dynamodb-local', 'endpoint'] as const;

/** A DynamoDB engine. `endpoint` is one that already runs elsewhere. */
export type EngineKind = (typeof ENGINE_KINDS)[number];

/**
 * The limits of API Gateway's control plane. AWS documents five keys a second, but not how long a call takes.
 */
export const CONTROL_PLANE = { keysPerSecond: 5, planKeyMs: 30, maxKeys: 10_000 } as const;
export const NO_CONTROL_PLANE_LIMITS = { keysPerSecond: Infinity, planKeyMs: 0, maxKeys: Infinity } as const;

/** The settings of the cloud and its services. */
export interface CloudSettings {
  readonly engine: {
    readonly kind: EngineKind;
    /** The URL of an engine that already runs. Required if the kind is `endpoint`. */
    readonly endpoint?: string;
  };
  /** The port of the first REST API; 0 takes a free one. */
  readonly port: number;
  /** The port of the first CloudFront distribution; 0 takes a free one. */
  readonly portalPort: number;
  /** Deletes stored tables instead of continuing with their data. */
  readonly fresh: boolean;
  /** Measures the DynamoDB capacity that functions consume. */
  readonly meter: boolean;
  /** Runs each instance of a function in a process of its own, and measures its CPU time and memory. */
  readonly measuresUsage?: boolean;
  /**
   * Milliseconds for which DynamoDB holds the items of a transaction after the engine has finished; undefined
   * if transactions never conflict.
   */
  readonly transactionHoldMs: number | undefined;
  /** Milliseconds after which a write reaches the global secondary indexes. */
  readonly indexLagMs: number;
  /** Throttles requests above the limits of a partition key. */
  readonly partitionLimits: boolean;
  readonly controlPlane: {
    /** The API keys that can be created in a second, and at once. */
    readonly keysPerSecond: number;
    /** The time for which `CreateUsagePlanKey` refuses parallel calls, in milliseconds. */
    readonly planKeyMs: number;
    /** The API keys that exist at the same time. */
    readonly maxKeys: number;
  };
  /** The concurrent invocations of all functions. */
  readonly lambdaConcurrency: number;
  readonly ses: {
    /** Emails reach verified recipients only. */
    readonly sandbox: boolean;
    /** The verified identities that the template does not create: addresses and domains. */
    readonly identities: readonly string[];
    /** The recipients a second, and in 24 hours. The defaults are those of SES. */
    readonly rate?: number;
    readonly quota?: number;
    /** Milliseconds by which SES delays its response to a send. */
    readonly latencyMs: number;
  };
  /** Milliseconds by which DynamoDB delays its response to a function. */
  readonly tableLatencyMs: number;
  /** Multiplies the timeouts of the functions, of API Gateway, and of messages that a function processes. */
  readonly timeoutFactor: number;
  /** Multiplies the time for which messages of a queue stay hidden after their function has failed. */
  readonly redeliveryFactor: number;
  /** Prints the functions' logs to the terminal. */
  readonly verbose: boolean;
}
