import type { RatePlanName } from '../../shared/rate-plan';

export interface SystemOptions {
  /** Of the SCIM endpoint; 0 takes a free one. */
  readonly port: number;
  /** Of the portal; undefined: the one after `port`, or a free one. */
  readonly portalPort?: number;
  /** Starts empty instead of with what the last run left. */
  readonly fresh: boolean;
  /** `dynoxide`, `dynamodb-local` or `endpoint`; undefined: the best that the machine has. */
  readonly engine?: string;
  /** URL of a DynamoDB that runs already. */
  readonly dynamoDbEndpoint?: string;
  /** Of the domain that is made for the session. */
  readonly ratePlan: RatePlanName;
  /** Directory of what survives a restart. */
  readonly state: string;
  /** Directory of the cloud assembly. */
  readonly assembly: string;
  /** Whether to write the assembly first. */
  readonly synth: boolean;
  /** Whether to write down what each request of a Lambda to DynamoDB consumes. */
  readonly meter: boolean;
  /** Whether to print the Lambdas' logs. */
  readonly verbose: boolean;
  /** Told what goes on while the system starts. */
  readonly progress?: (step: string) => void;
}
