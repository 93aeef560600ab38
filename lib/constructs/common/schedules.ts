import type { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { ScimFunction } from './scim-function';

export interface ScheduledRun {
  readonly id: string;
  readonly description: string;
  readonly interval: Duration;
}

/**
 * Invokes a function at the rates of its runs, and returns their rules. Neither a missed run nor a failed one
 * is retried, because the next run does the same. An event that waits longer than `maxEventAge` for the
 * function is dropped: a function that is busy for an hour has no hour of old events to work off.
 * @param maxEventAge By default, the longest interval.
 */
export function invokeOnSchedule(
  scope: Construct,
  fn: ScimFunction,
  runs: readonly [ScheduledRun, ...ScheduledRun[]],
  maxEventAge = longest(runs.map(({ interval }) => interval)),
): [Rule, ...Rule[]] {
  // The target's settings are for the way to Lambda. Lambda itself retries a failed run twice by default.
  const settings = { retryAttempts: 0, maxEventAge };
  fn.target.configureAsyncInvoke(settings);
  const [first, ...others] = runs;
  const ruleOf = ({ id, description, interval }: ScheduledRun): Rule =>
    new Rule(scope, id, {
      description,
      schedule: Schedule.rate(interval),
      targets: [new LambdaFunction(fn.target, settings)],
    });
  return [ruleOf(first), ...others.map(ruleOf)];
}

const longest = (intervals: readonly Duration[]): Duration =>
  intervals.reduce((longest, each) => (each.toSeconds() > longest.toSeconds() ? each : longest));
