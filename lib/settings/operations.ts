import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Rollout } from './rollout';

/** The logs, traces, and rollouts of the functions and APIs of a stage. */
export interface Operations {
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly logRetentionDays: number;
  /** Whether X-Ray traces requests. */
  readonly tracing: boolean;
  readonly rollout: Rollout;
}

export const LOG_LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;

/** The default retention of logs, in days. */
export const DEFAULT_LOG_RETENTION = RetentionDays.THREE_MONTHS;

/** The numbers of days that CloudWatch Logs accepts. */
export const isLogRetention = (days: number): boolean =>
  Object.values(RetentionDays)
    .map(Number)
    .some((allowed) => allowed === days && allowed !== Number(RetentionDays.INFINITE));
