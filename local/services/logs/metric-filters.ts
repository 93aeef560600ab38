import * as z from 'zod';
import type { MetricDatum } from '../../cloud/metrics/metric-store';
import { readProperties } from '../../cloud/template/properties';
import { ofType, type Resource } from '../../cloud/template/resources';
import { type LinePredicate, parseFilterPattern, parseJson, select } from './filter-pattern';

const MetricFilterProperties = z.object({
  LogGroupName: z.string(),
  FilterPattern: z.string(),
  MetricTransformations: z.array(
    z.object({
      MetricNamespace: z.string(),
      MetricName: z.string(),
      MetricValue: z.string(),
      Unit: z.string().optional(),
      /** The value of a line that does not match. */
      DefaultValue: z.number().optional(),
      Dimensions: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
    }),
  ),
});
type Transformation = z.infer<typeof MetricFilterProperties>['MetricTransformations'][number];

interface MetricFilter {
  readonly matches: LinePredicate;
  readonly transformations: readonly Transformation[];
}

/** The metric filters of the template, by log group. */
export class MetricFilters {
  private readonly byGroup = new Map<string, MetricFilter[]>();

  constructor(resources: readonly Resource[]) {
    for (const resource of ofType(resources, 'AWS::Logs::MetricFilter')) {
      const properties = readProperties(MetricFilterProperties, resource);
      const { LogGroupName, FilterPattern, MetricTransformations: transformations } = properties;
      const filter = { matches: parseFilterPattern(FilterPattern), transformations };
      this.byGroup.set(LogGroupName, [...(this.byGroup.get(LogGroupName) ?? []), filter]);
    }
  }

  /** Returns the data points that a line of a log group has. */
  dataOf(logGroup: string, line: string, timestamp: number): MetricDatum[] {
    return (this.byGroup.get(logGroup) ?? []).flatMap(({ matches, transformations }) => {
      const isMatch = matches(line);
      return transformations.flatMap((transformation) => {
        const { MetricNamespace: namespace, MetricName: name, MetricValue, DefaultValue } = transformation;
        const members = parseJson(line);
        const value = isMatch ? numberOf(MetricValue, members) : DefaultValue;
        if (value === undefined) return [];
        const dimensions = Object.fromEntries(
          transformation.Dimensions.map(({ Key, Value }) => [Key, String(select(members, Value))]),
        );
        return [{ namespace, name, dimensions, timestamp, value, unit: transformation.Unit }];
      });
    });
  }
}

/** Returns the number that a transformation publishes: a literal, or a member of the line. */
function numberOf(metricValue: string, members: unknown): number | undefined {
  const value = Number(metricValue.startsWith('$') ? select(members, metricValue) : metricValue);
  return Number.isFinite(value) ? value : undefined;
}
