import { synthesize } from '../../synthesize';

/** A metric of a widget: its names, or nothing for an expression, and its options. */
export interface MetricRow {
  readonly names: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

export interface BodyWidget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>> & {
    readonly title?: string;
    readonly markdown?: string;
    readonly query?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly unknown[][];
  };
}

export interface Body {
  readonly text: string;
  readonly widgets: readonly BodyWidget[];
  readonly keys: readonly string[];
}

/** Returns the body of the dashboard. References to other stacks are the names of their outputs. */
export function readBody(context: Readonly<Record<string, unknown>> = {}): Body {
  const { ScimMonitoring } = synthesize(context);
  const [dashboard] = Object.values(ScimMonitoring.findResources('AWS::CloudWatch::Dashboard'));
  const text = render((dashboard as { Properties: { DashboardBody: unknown } }).Properties.DashboardBody);
  const body = JSON.parse(text) as { widgets: BodyWidget[] };
  return { text, widgets: body.widgets, keys: Object.keys(body) };
}

function render(value: unknown): string {
  if (typeof value === 'string') return value;
  const [kind, argument] = Object.entries(value as object)[0] as [string, unknown];
  if (kind === 'Fn::Join') return (argument as [string, unknown[]])[1].map(render).join('');
  if (kind !== 'Fn::GetStackOutput') return JSON.stringify(argument).replace(/"/g, '');
  const { StackName, OutputName } = argument as Record<string, string>;
  return `${StackName}:${OutputName}`;
}

/** Returns the metrics and expressions of a widget. */
export const metricsOf = ({ properties }: BodyWidget): MetricRow[] =>
  (properties.metrics ?? []).map((row) => ({
    names: row.filter((part): part is string => typeof part === 'string'),
    options: row.find((part): part is Record<string, unknown> => typeof part === 'object') ?? {},
  }));
