import type { RatePlanName } from '../../shared/rate-plan';

/** About the time that DynamoDB takes for a transaction. */
export const DEFAULT_TRANSACTION_HOLD_MS = 3;

export interface SystemOptions {
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
  /** Synthesizes the cloud assembly first. */
  readonly synth: boolean;
  /** Measures the DynamoDB capacity that functions consume. */
  readonly meter: boolean;
  /**
   * Milliseconds for which DynamoDB holds the items of a transaction after the engine has finished, or `off` if
   * transactions never conflict.
   * @default DEFAULT_TRANSACTION_HOLD_MS
   */
  readonly transactionHold?: number | 'off';
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
  /** The emails that SES accepts in a second. @default - no limit */
  readonly sesRate?: number;
  /** The SES account is in the sandbox. */
  readonly sesSandbox?: boolean;
  /** The verified SES identities that the template does not create. */
  readonly sesIdentities?: readonly string[];
  /** Prints the functions' logs. */
  readonly verbose: boolean;
  /** Receives the name of each step of the start. */
  readonly progress?: (step: string) => void;
}
