import type { CloudFormationTemplate, Resource } from './templates';

/** The resources of a stage's templates that cost something, also without any request. */
export interface TemplateCounts {
  /** The metrics of all alarms. AWS bills an alarm per metric. */
  readonly alarmMetrics: number;
  readonly compositeAlarms: number;
  readonly dashboards: number;
  /** Metrics of the service's own namespaces that alarms, dashboards, and metric filters name. */
  readonly customMetrics: number;
  /** Secrets with their replicas. */
  readonly secrets: number;
  readonly keys: number;
  readonly tableHasCustomerKey: boolean;
  readonly pointInTimeRecovery: boolean;
  readonly webAcls: number;
  readonly webAclRules: number;
  readonly functions: number;
  /** Megabytes of memory of the functions, by the beginning of their logical ID. The first match counts. */
  readonly memoryOf: (name: string) => number;
  readonly streamReaders: number;
  readonly polledQueues: { readonly fifo: number; readonly standard: number };
  /** The runs of all schedules in a month. */
  readonly scheduledRuns: number;
  readonly tracing: boolean;
  readonly logLevel: string;
  readonly logRetentionDays: number;
  /** The full copies of the table that AWS Backup keeps at the same time. */
  readonly backupCopies: number;
  readonly syntheticRuns: number;
  readonly distributions: number;
  readonly userPools: number;
  readonly eventBuses: number;
}

type Properties = Readonly<Record<string, unknown>>;

/** Counts the resources of a stage's templates. */
export function countTemplates(templates: readonly CloudFormationTemplate[]): TemplateCounts {
  const resources = templates.flatMap(({ Resources }) => Object.entries(Resources ?? {}));
  const of = (type: string): Resource[] =>
    resources.filter(([, each]) => each.Type === type).map(([, each]) => each);
  const properties = (type: string): Properties[] => of(type).map(({ Properties = {} }) => Properties);
  const functions = resources.filter(([, { Type }]) => Type === 'AWS::Lambda::Function');
  const table = properties('AWS::DynamoDB::Table')[0] ?? {};
  const acls = properties('AWS::WAFv2::WebACL');
  return {
    alarmMetrics: sum(properties('AWS::CloudWatch::Alarm').map(metricsOfAlarm)),
    compositeAlarms: of('AWS::CloudWatch::CompositeAlarm').length,
    dashboards: of('AWS::CloudWatch::Dashboard').length,
    customMetrics: customMetrics(resources.map(([, each]) => each)),
    secrets: sum(
      properties('AWS::SecretsManager::Secret').map((each) => 1 + list(each.ReplicaRegions).length),
    ),
    keys: of('AWS::KMS::Key').length,
    tableHasCustomerKey: (table.SSESpecification as Properties | undefined)?.KMSMasterKeyId !== undefined,
    pointInTimeRecovery:
      (table.PointInTimeRecoverySpecification as Properties | undefined)?.PointInTimeRecoveryEnabled === true,
    webAcls: acls.length,
    webAclRules: sum(acls.map(({ Rules }) => list(Rules).length)),
    functions: functions.length,
    memoryOf: (name) => {
      const found = functions.find(([id]) => id.startsWith(name))?.[1].Properties?.MemorySize;
      if (typeof found !== 'number') throw new Error(`No function of the templates is named ${name}.`);
      return found;
    },
    streamReaders: mappings(of('AWS::Lambda::EventSourceMapping'), 'StreamArn'),
    polledQueues: polledQueues(resources),
    scheduledRuns: sum(
      properties('AWS::Events::Rule').map(({ ScheduleExpression }) => runs(ScheduleExpression)),
    ),
    tracing: functions.some(([, each]) => (each.Properties?.TracingConfig as Properties)?.Mode === 'Active'),
    logLevel: logLevel(functions.map(([, each]) => each)),
    logRetentionDays: Math.max(
      0,
      ...properties('AWS::Logs::LogGroup').map(({ RetentionInDays }) => Number(RetentionInDays ?? 0)),
    ),
    backupCopies: sum(properties('AWS::Backup::BackupPlan').map(copies)),
    syntheticRuns: sum(
      properties('AWS::Synthetics::Canary').map(({ Schedule }) => runs((Schedule as Properties)?.Expression)),
    ),
    distributions: of('AWS::CloudFront::Distribution').length,
    userPools: of('AWS::Cognito::UserPool').length,
    eventBuses: of('AWS::Events::EventBus').length,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** An alarm on an expression is billed for each metric of the expression. */
function metricsOfAlarm({ Metrics }: Properties): number {
  return Metrics === undefined ? 1 : list(Metrics).filter((each) => (each as Properties).MetricStat).length;
}

/** Counts distinct metrics outside the namespaces of AWS, in alarms and metric filters. */
function customMetrics(resources: readonly Resource[]): number {
  const names = new Set<string>();
  const add = ({ Namespace, MetricNamespace, MetricName, Dimensions }: Properties) => {
    const namespace = Namespace ?? MetricNamespace;
    if (typeof namespace === 'string' && !namespace.startsWith('AWS/'))
      names.add(JSON.stringify([namespace, MetricName, Dimensions ?? []]));
  };
  for (const { Type, Properties: properties = {} } of resources) {
    if (Type === 'AWS::Logs::MetricFilter')
      for (const each of list(properties.MetricTransformations)) add(each as Properties);
    if (Type !== 'AWS::CloudWatch::Alarm') continue;
    add(properties);
    for (const each of list(properties.Metrics))
      add((((each as Properties).MetricStat as Properties | undefined)?.Metric as Properties) ?? {});
  }
  return names.size;
}

const mappings = (resources: readonly Resource[], source: string): number =>
  resources.filter(({ Properties }) => JSON.stringify(Properties?.EventSourceArn).includes(source)).length;

function polledQueues(resources: readonly (readonly [string, Resource])[]): TemplateCounts['polledQueues'] {
  const polled = resources
    .filter(([, { Type }]) => Type === 'AWS::Lambda::EventSourceMapping')
    .map(([, { Properties }]) => JSON.stringify(Properties?.EventSourceArn));
  const queues = resources.filter(
    ([id, { Type }]) => Type === 'AWS::SQS::Queue' && polled.some((source) => source.includes(`"${id}"`)),
  );
  const fifo = queues.filter(([, { Properties }]) => Properties?.FifoQueue === true).length;
  return { fifo, standard: queues.length - fifo };
}

const MINUTES_OF: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1_440 };
const MINUTES_PER_MONTH = 730 * 60;

/** Returns the runs of `rate(15 minutes)` in a month. */
function runs(expression: unknown): number {
  if (expression === undefined) return 0;
  const text = JSON.stringify(expression);
  const [, every, unit = ''] = /^"rate\((\d+) (minute|hour|day)s?\)"$/.exec(text) ?? [];
  const minutes = MINUTES_OF[unit];
  if (minutes === undefined) throw new Error(`Cannot count the runs of the schedule ${text}.`);
  return MINUTES_PER_MONTH / (Number(every) * minutes);
}

function logLevel(functions: readonly Resource[]): string {
  for (const { Properties } of functions) {
    const environment = Properties?.Environment as { Variables?: Properties } | undefined;
    const level = environment?.Variables?.POWERTOOLS_LOG_LEVEL;
    if (typeof level === 'string') return level;
  }
  return 'INFO';
}

/** Returns the number of copies of a plan: one for each run of a rule until it is deleted. */
function copies({ BackupPlan }: Properties): number {
  const rules = list((BackupPlan as Properties).BackupPlanRule) as readonly Properties[];
  return sum(
    rules.map(({ Lifecycle, ScheduleExpression }) => {
      const days = Number((Lifecycle as Properties).DeleteAfterDays);
      const isMonthly = /^cron\(\S+ \S+ \d+ /.test(String(ScheduleExpression));
      return isMonthly ? Math.round((days * 12) / 365) : days;
    }),
  );
}
