/** The quantities that no template and no measurement states. docs/cost.md explains each value. */
export const ASSUMPTIONS = {
  hoursPerMonth: 730,
  /** Entra ID reads the users of a domain once per cycle. */
  entraCycleMinutes: 40,

  /** The shares of the users who join, leave, and change in a month, and of those who change groups. */
  joining: 0.03,
  leaving: 0.02,
  changing: 0.05,
  changingGroups: 0.05,
  /** Users per group, for full reads of the groups. */
  usersPerGroup: 50,
  /** Full imports by Okta in a month, in pages of 100 users. */
  oktaImports: 4,

  /** Connections: each domain has one, and its identity provider works at any hour. */
  usersPerDomain: 1_000,
  /** The portal: sessions of an administrator of a domain in a month, and requests of a session. */
  sessionsPerDomain: 4,
  filesPerSession: 10,
  adminRequestsPerSession: 30,
  megabytesPerSession: 1,

  /** Milliseconds that a function runs, by the kind of its work. */
  milliseconds: { authorizer: 30, read: 20, write: 50, email: 250, scheduled: 100, stream: 15 },
  /**
   * The share of invocations that start a new instance, and how long the start is billed, in milliseconds.
   */
  coldStarts: 0.01,
  coldStartMilliseconds: 300,
  /** Stream records in one invocation of each reader. */
  recordsPerBatch: 2,

  /**
   * Bytes of a response, of its entry in the access log, and of the function's log entries at the level
   * `INFO`.
   */
  responseBytes: 1_500,
  accessLogBytes: 600,
  functionLogBytes: 700,
  /** The size of log entries at the other levels, compared to `INFO`. */
  logFactor: { DEBUG: 5, INFO: 1, WARN: 0.6, ERROR: 0.6 } as Readonly<Record<string, number>>,
  /** The size of stored logs, compared to what is written. */
  logCompression: 0.15,

  /** Bytes in the table and its indexes per user, and per change that the audit log keeps. */
  userBytes: 5_000,
  auditBytes: 800,
  /**
   * Bytes of a recorded request, the days for which it is kept, and the processes that serve a domain at the
   * same time.
   */
  recordBytes: 600,
  recordDays: 7,
  instancesPerDomain: 2,

  /** Long polls of Lambda for one idle SQS queue in an hour: five pollers of 20 seconds. */
  idlePollsPerHour: 900,
  /** Reads of one stream shard by one Lambda reader in an hour. */
  streamReadsPerHour: 4 * 3_600,
  /** Calls of one function for a customer key in an hour: data keys are cached for five minutes. */
  kmsCallsPerHour: 12,
  /** Reads of a secret by one function in an hour, while it has traffic. */
  secretReadsPerHour: 12,
  /** X-Ray records the first request of each second, and this share of the others. */
  sampledTraces: 0.05,
};
