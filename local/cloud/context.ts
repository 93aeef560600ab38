import type { Children } from '../host/processes/children';
import type { StateDirectory } from '../host/state-directory';
import type { Teardown } from '../host/processes/teardown';
import type { Callers } from './callers';
import type { PlannedCalls } from './endpoint/planned-calls';
import type { Client } from './environment';
import type { Faults } from './faults/faults';
import type { Iam } from './iam/iam';
import type { MetricStore } from './metrics/metric-store';
import type { CloudSettings } from './settings';
import type { Resource } from './template/resources';
import type { Rewrite } from './template/rewrite';

/** The surroundings that the cloud gives to each of its services. */
export interface CloudContext {
  readonly settings: CloudSettings;
  /** The files that survive a restart. */
  readonly state: StateDirectory;
  /** Starts processes. */
  readonly children: Children;
  /** Stops what the services have started, in the opposite order. */
  readonly teardown: Teardown;
  /** Recognizes the functions that send requests. */
  readonly callers: Callers;
  /** Decides what functions and services may do. Knows the policies from `start` on. */
  readonly iam: Iam;
  /** Decides which calls of functions fail. */
  readonly faults: Faults;
  /** Runs what tests plan for calls to AWS operations. */
  readonly calls: PlannedCalls;
  /**
   * The stacks of another version, whose functions get a share of the invocations. @default - one version
   * runs
   */
  readonly former?: { readonly resources: readonly Resource[]; readonly share: number };
  /** The metrics that the services and the logs report. */
  readonly metrics: MetricStore;
  readonly log: (line: string) => void;
  /** Replaces URLs of AWS in a text by those of this machine. Changes nothing before `start`. */
  readonly rewriteText: Rewrite;
  /** The URL at which the cloud serves the operations of all services. Known from `prepare` on. */
  endpointUrl(): string;
  /** The environment variables of all services. Known from `start` on. */
  environment(client: Client): Record<string, string>;
}
