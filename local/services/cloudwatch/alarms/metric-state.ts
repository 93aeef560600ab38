import type { MetricStore } from '../../../cloud/metrics/metric-store';
import { evaluateQueries } from '../query';
import type { MetricAlarm } from './from-template';
import type { AlarmState } from './rule';

/**
 * CloudWatch reads more periods than an alarm evaluates, so that missing ones can be replaced by earlier
 * ones.
 */
const EXTRA_PERIODS = 2;

/**
 * Returns the state of an alarm at the end of a minute. The periods end at that time. Missing data counts as
 * the alarm says, but only if there are not enough values in the evaluation range (CloudWatch User Guide,
 * "Configuring how CloudWatch alarms treat missing data"). The data of the last `delayMs` milliseconds has
 * not arrived yet.
 */
export function metricState(
  alarm: MetricAlarm,
  store: MetricStore,
  { at, delayMs }: { readonly at: number; readonly delayMs: number },
  before: AlarmState,
): AlarmState {
  const { period, evaluationPeriods, datapointsToAlarm, missingData, isBreaching } = alarm;
  const range = evaluationPeriods + EXTRA_PERIODS;
  const ms = period * 1_000;
  const start = at - range * ms;
  const [result] = evaluateQueries(store, alarm.queries, {
    ...{ start, end: at, alignedTo: at },
    arrivedUntil: at - delayMs,
  });
  const points = result?.series[0]?.points ?? new Map<number, number>();
  const values = Array.from({ length: range }, (_, index) => points.get(start + index * ms)).filter(
    (value) => value !== undefined,
  );
  const latest = values.slice(-evaluationPeriods).map(isBreaching);
  const missing = evaluationPeriods - latest.length;
  const breaching = latest.filter(Boolean).length;
  if (latest.length === 0)
    return { breaching: 'ALARM', notBreaching: 'OK', ignore: before, missing: 'INSUFFICIENT_DATA' }[
      missingData
    ] as AlarmState;
  const counted = breaching + (missingData === 'breaching' ? missing : 0);
  if (counted >= datapointsToAlarm) return 'ALARM';
  const couldBreach = missingData === 'ignore' || missingData === 'missing';
  if (!couldBreach || breaching + missing < datapointsToAlarm) return 'OK';
  return missingData === 'ignore' ? before : 'OK';
}
