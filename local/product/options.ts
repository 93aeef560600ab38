import type { Progress } from '../host/step-progress';
import type { RatePlanName } from '../../shared/limits/rate-plan';

/** About the time that DynamoDB takes for a transaction. */
export const DEFAULT_TRANSACTION_HOLD_MS = 3;

/** The quota "Concurrent executions" of a new AWS account. */
export const DEFAULT_LAMBDA_CONCURRENCY = 1_000;

export interface SystemOptions {
  /** The stage whose settings the stacks have. @default local */
  readonly stage?: string;
  /** The port of the SCIM endpoint; 0 takes a free one. */
  readonly port: number;
  /** The port of the portal. The default is the one after `port`, or a free one if `port` is 0. */
  readonly portalPort?: number;
  /** Starts with empty data instead of the data of the last run. */
  readonly fresh: boolean;
  /** `dynoxide`, `dynamodb-local` or `endpoint`. The default is the best engine that can run here. */
  readonly engine?: string;
  /** The URL of a DynamoDB that already runs. */
  readonly dynamoDbEndpoint?: string;
  /** The rate plan of the session's domain. */
  readonly ratePlan: RatePlanName;
  /** The directory of the data that survives a restart. */
  readonly state: string;
  /** The directory of the cloud assembly. */
  readonly assembly: string;
  /**
   * The directory of a cloud assembly whose functions get half of the invocations, as while a new version
   * takes over.
   */
  readonly formerAssembly?: string;
  /** Synthesizes the cloud assembly first. */
  readonly synth: boolean;
  /** Measures the DynamoDB capacity that functions consume. */
  readonly meter: boolean;
  /**
   * Runs each instance of a function in a process of its own, and measures its CPU time and memory. @default
   * false
   */
  readonly measuresUsage?: boolean;
  /**
   * Milliseconds for which DynamoDB holds the items of a transaction after the engine has finished, or `off`
   * if transactions never conflict.
   * @default DEFAULT_TRANSACTION_HOLD_MS
   */
  readonly transactionHold?: number | 'off';
  /**
   * Milliseconds after which a write reaches the global secondary indexes.
   * @default 0
   */
  readonly indexLag?: number;
  /**
   * DynamoDB throttles requests above the limits of a partition key.
   * @default true
   */
  readonly partitionLimits?: boolean;
  /**
   * API Gateway refuses calls above the limits of its control plane.
   * @default true
   */
  readonly controlPlaneLimits?: boolean;
  /**
   * The concurrent invocations of all functions.
   * @default DEFAULT_LAMBDA_CONCURRENCY
   */
  readonly lambdaConcurrency?: number;
  /**
   * Multiplies the timeouts of the functions and of API Gateway, for a machine that is slower than AWS.
   * @default 1
   */
  readonly timeoutFactor?: number;
  /**
   * Multiplies the time for which messages of a queue stay hidden after their function has failed, for tests.
   * @default 1
   */
  readonly redeliveryFactor?: number;
  /** Milliseconds by which DynamoDB delays its response to a function. @default 0 */
  readonly tableLatency?: number;
  /** Milliseconds by which SES delays its response to a send. @default 0 */
  readonly sesLatency?: number;
  /** Origins from which keys of issuers may come, besides those of the stage. */
  readonly jwksOrigins?: readonly string[];
  /** Origins to which webhooks may be sent, besides those of the stage. */
  readonly webhookOrigins?: readonly string[];
  /** The SES account is in the sandbox. */
  readonly sesSandbox?: boolean;
  /** The verified SES identities that the template does not create. */
  readonly sesIdentities?: readonly string[];
  /** The recipients a second to which SES sends. */
  readonly sesRate?: number;
  /** The recipients in 24 hours to which SES sends. */
  readonly sesQuota?: number;
  /**
   * The share of calls that get an injected fault, and the seed that decides which.
   * @default nothing fails
   */
  readonly faults?: { readonly share: number; readonly seed: number };
  /** Prints the functions' logs. */
  readonly verbose: boolean;
  /** Receives the steps of the start. */
  readonly progress?: Progress;
}
