import type { TemplateCounts } from '../../../bench/cost/template-counts';

/** The counts of an invented stage. */
export const COUNTS: TemplateCounts = {
  alarmMetrics: 30,
  compositeAlarms: 0,
  dashboards: 1,
  customMetrics: 4,
  secrets: 5,
  keys: 1,
  tableHasCustomerKey: false,
  pointInTimeRecovery: true,
  webAcls: 0,
  webAclRules: 0,
  functions: 16,
  memoryOf: () => 1_024,
  streamReaders: 2,
  polledQueues: { fifo: 1, standard: 1 },
  scheduledRuns: 43_800,
  tracing: false,
  logLevel: 'INFO',
  logRetentionDays: 90,
  backupCopies: 0,
  syntheticRuns: 0,
  distributions: 1,
  userPools: 1,
  eventBuses: 0,
};
