import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * A row of the dashboard: a question of operators, and the widgets that answer it. A new feature adds a row
 * of its own with `ScimDashboard.addRow`.
 */
export interface DashboardRow {
  /** The question, in plain words. */
  readonly question: string;
  /** Explanations of the widgets and of bad values, one line of Markdown each. */
  readonly explanation: readonly string[];
  /** The alarms whose entries in docs/runbook.md say what to do. */
  readonly runbook: readonly string[];
  /** The lines of widgets, from top to bottom. The widgets of a line are at most 24 columns wide together. */
  readonly lines: readonly (readonly IWidget[])[];
}
