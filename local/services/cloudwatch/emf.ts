import * as z from 'zod';
import type { MetricDatum } from '../../cloud/metrics/metric-store';

/** The part of the embedded metric format that declares the metrics of a log line. */
const Declaration = z.object({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string().optional() })),
      }),
    ),
  }),
});

const Values = z.union([z.number(), z.array(z.number())]);

/** Returns the metrics in a log line of the embedded metric format. Other lines have none. */
export function embeddedMetrics(line: string): MetricDatum[] {
  if (!line.includes('"_aws"')) return [];
  const json = parseJson(line);
  const declared = Declaration.safeParse(json);
  if (!declared.success) return [];
  const members = json as Record<string, unknown>;
  const { Timestamp: timestamp, CloudWatchMetrics } = declared.data._aws;
  return CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Metrics.flatMap(({ Name: name, Unit: unit }) => {
      const values = Values.safeParse(members[name]).data ?? [];
      return Dimensions.flatMap((names) => {
        const dimensions = Object.fromEntries(names.map((each) => [each, String(members[each])]));
        return [values].flat().map((value) => ({ namespace, name, dimensions, timestamp, value, unit }));
      });
    }),
  );
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
