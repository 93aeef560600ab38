import * as z from 'zod';
import { readProperties } from '../../../cloud/template/properties';
import { ofType, type Resource } from '../../../cloud/template/resources';
import { UserError } from '../../../host/user-error';
import { MetricDataQuery } from '../query';
import { parseRule, type Rule } from './rule';

const Dimensions = z.array(z.object({ Name: z.string(), Value: z.string() })).default([]);

const Common = z.object({
  AlarmName: z.string().optional(),
  AlarmDescription: z.string().default(''),
  AlarmActions: z.array(z.string()).default([]),
  OKActions: z.array(z.string()).default([]),
  ActionsEnabled: z.boolean().default(true),
});

const MetricAlarmProperties = Common.extend({
  ComparisonOperator: z.enum([
    'GreaterThanThreshold',
    'GreaterThanOrEqualToThreshold',
    'LessThanThreshold',
    'LessThanOrEqualToThreshold',
  ]),
  Threshold: z.number(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number().optional(),
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore', 'missing']).default('missing'),
  Metrics: z.array(MetricDataQuery).optional(),
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions,
  Period: z.number().optional(),
  Statistic: z.string().optional(),
  ExtendedStatistic: z.string().optional(),
  EvaluateLowSampleCountPercentile: z.undefined('the setting for few samples is not supported').optional(),
});

const CompositeAlarmProperties = Common.extend({
  AlarmRule: z.string(),
  ActionsSuppressor: z.string().optional(),
  /** Seconds. */
  ActionsSuppressorWaitPeriod: z.number().default(0),
  ActionsSuppressorExtensionPeriod: z.number().default(0),
});

interface AlarmDefinition {
  readonly name: string;
  readonly description: string;
  /** True if the alarm has actions. */
  readonly notifies: boolean;
}

/** An alarm on a metric, or on the result of an expression. */
export interface MetricAlarm extends AlarmDefinition {
  readonly queries: readonly MetricDataQuery[];
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly missingData: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
  readonly isBreaching: (value: number) => boolean;
}

/** An alarm on the states of other alarms. */
export interface CompositeAlarm extends AlarmDefinition {
  readonly rule: Rule;
  /** The alarm that keeps this one from notifying. */
  readonly suppressor?: { readonly name: string; readonly waitMs: number; readonly extensionMs: number };
}

export interface Alarms {
  readonly metric: readonly MetricAlarm[];
  /** An alarm comes after the ones that its rule names. */
  readonly composite: readonly CompositeAlarm[];
}

/**
 * Returns the alarms of the template. Throws a `UserError` if one of their settings is not supported, or if
 * AWS would refuse a rule because it names an alarm that does not exist.
 */
export function alarmsFromTemplate(resources: readonly Resource[]): Alarms {
  const metric = ofType(resources, 'AWS::CloudWatch::Alarm').map(metricAlarm);
  const composite = sortByRules(ofType(resources, 'AWS::CloudWatch::CompositeAlarm').map(compositeAlarm));
  const names = new Set([...metric, ...composite].map(({ name }) => name));
  for (const { name, rule } of composite) {
    const missing = rule.names.filter((each) => !names.has(each));
    if (missing.length === 0) continue;
    throw new UserError(
      `${name}: Could not save the composite alarm as alarms [${missing.join(', ')}] in the alarm rule do not exist.`,
    );
  }
  return { metric, composite };
}

function metricAlarm(resource: Resource): MetricAlarm {
  const properties = readProperties(MetricAlarmProperties, resource);
  const { EvaluationPeriods: evaluationPeriods, Threshold: threshold, ComparisonOperator } = properties;
  const queries = properties.Metrics ?? [singleQuery(properties)];
  const result = queries.find(({ ReturnData }) => ReturnData);
  const periods = queries.flatMap(({ MetricStat }) => MetricStat?.Period ?? []);
  return {
    ...common(resource, properties),
    queries,
    period: result?.Period ?? result?.MetricStat?.Period ?? Math.max(60, ...periods),
    evaluationPeriods,
    datapointsToAlarm: properties.DatapointsToAlarm ?? evaluationPeriods,
    missingData: properties.TreatMissingData,
    isBreaching: {
      GreaterThanThreshold: (value: number) => value > threshold,
      GreaterThanOrEqualToThreshold: (value: number) => value >= threshold,
      LessThanThreshold: (value: number) => value < threshold,
      LessThanOrEqualToThreshold: (value: number) => value <= threshold,
    }[ComparisonOperator],
  };
}

function singleQuery(properties: z.infer<typeof MetricAlarmProperties>): MetricDataQuery {
  const { Namespace = '', MetricName = '', Dimensions: dimensions, Period = 60 } = properties;
  return {
    Id: 'metric',
    ReturnData: true,
    MetricStat: {
      Metric: { Namespace, MetricName, Dimensions: dimensions },
      Period,
      Stat: properties.Statistic ?? properties.ExtendedStatistic ?? 'Average',
    },
  };
}

function compositeAlarm(resource: Resource): CompositeAlarm {
  const properties = readProperties(CompositeAlarmProperties, resource);
  const { ActionsSuppressor: suppressor } = properties;
  return {
    ...common(resource, properties),
    rule: parseRule(properties.AlarmRule),
    ...(suppressor !== undefined && {
      suppressor: {
        name: suppressor.replace(/^arn:.*:alarm:/, ''),
        waitMs: properties.ActionsSuppressorWaitPeriod * 1_000,
        extensionMs: properties.ActionsSuppressorExtensionPeriod * 1_000,
      },
    }),
  };
}

const common = (
  { ref }: Resource,
  { AlarmName, AlarmDescription, AlarmActions, OKActions, ActionsEnabled }: z.infer<typeof Common>,
): AlarmDefinition => ({
  name: AlarmName ?? ref,
  description: AlarmDescription,
  notifies: ActionsEnabled && AlarmActions.length + OKActions.length > 0,
});

function sortByRules(alarms: readonly CompositeAlarm[]): CompositeAlarm[] {
  const sorted: CompositeAlarm[] = [];
  const visit = (alarm: CompositeAlarm) => {
    if (sorted.includes(alarm)) return;
    for (const name of [...alarm.rule.names, alarm.suppressor?.name])
      for (const other of alarms) if (other.name === name && other !== alarm) visit(other);
    sorted.push(alarm);
  };
  alarms.forEach(visit);
  return sorted;
}
