import { Duration, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  type IAlarm,
  type IWidget,
  PeriodOverride,
  Row,
  TextWidget,
  TextWidgetBackground,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { docsPageUrl } from '../../../shared/docs-url';
import { nameInStage, stageOf } from '../stage/stage';
import { costRow } from './cost-row';
import type { DashboardRow } from './dashboard-row';
import { licensesRow } from './licenses-row';
import { limitsRow } from './limits-row';
import type { MonitoredService } from './monitored-service';
import { servedRow } from './served-row';

export interface ScimDashboardProps {
  readonly service: MonitoredService;
  /** The place at which docs/ is published. The texts link to it if it is a URL. */
  readonly docsUrl: string;
  /** The alarms whose states the dashboard shows first. */
  readonly alarms: readonly IAlarm[];
  /** Rows after those of the service. @default none */
  readonly rows?: readonly DashboardRow[];
}

/** Rows of the grid: three lines of alarms. */
const ALARMS_HEIGHT = 3;

/** Columns of the grid. */
const WIDTH = 24;

/**
 * The one dashboard of a deployment. Each row answers a question of operators; docs/monitoring.md explains
 * them.
 *
 * It names functions, queues, and logs of other stacks, which can remove them nevertheless
 * (docs/monitoring.md).
 */
export class ScimDashboard extends Construct {
  public readonly dashboard: Dashboard;
  private readonly docsUrl: string;

  public constructor(
    scope: Construct,
    id: string,
    { service, docsUrl, alarms, rows = [] }: ScimDashboardProps,
  ) {
    super(scope, id);
    this.docsUrl = docsUrl;
    this.dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: nameInStage(this, 'scim-provisioning'),
      defaultInterval: Duration.hours(3),
      // Periods are a part of the units of the axes.
      periodOverride: PeriodOverride.INHERIT,
    });
    this.dashboard.addWidgets(this.header());
    this.dashboard.addWidgets(
      new AlarmStatusWidget({
        title: 'Alarms that notify',
        alarms: [...alarms],
        width: WIDTH,
        height: ALARMS_HEIGHT,
      }),
    );
    for (const row of [servedRow, licensesRow, limitsRow, costRow]) this.addRow(row(service));
    for (const row of rows) this.addRow(row);
  }

  /** Adds a row below the others. */
  public addRow({ question, explanation, runbook, lines }: DashboardRow): void {
    const paragraphs = [
      `## ${question}`,
      ...explanation.map((line) => `- ${line}`),
      ...(runbook.length > 0 ? [this.runbookLine(runbook)] : []),
    ];
    this.dashboard.addWidgets(
      new TextWidget({
        markdown: paragraphs.join('\n'),
        width: WIDTH,
        height: textHeight(paragraphs),
        background: TextWidgetBackground.TRANSPARENT,
      }),
    );
    for (const line of lines) this.dashboard.addWidgets(new Row(...line));
  }

  private runbookLine(alarms: readonly string[]): string {
    if (docsPageUrl(this.docsUrl, 'runbook.md') === undefined)
      return `What to do: ${alarms.join(' · ')} in docs/runbook.md`;
    return `What to do: ${alarms.map((alarm) => this.link(alarm, 'runbook.md', alarm.toLowerCase())).join(' · ')}`;
  }

  private header(): IWidget {
    const { region, account } = Stack.of(this);
    const pages = [this.link('What the rows mean', 'monitoring.md'), this.link('Runbook', 'runbook.md')].join(
      ' · ',
    );
    return new TextWidget({
      markdown: `# SCIM provisioning: stage ${stageOf(this)}\n${pages} · account ${account}, ${region}. A deployment replaces this dashboard; do not edit it here.`,
      width: WIDTH,
      height: 2,
    });
  }

  private link(text: string, page: string, anchor?: string): string {
    const url = docsPageUrl(this.docsUrl, page);
    return url ? `[${text}](${url}${anchor ? `#${anchor}` : ''})` : `${text} (docs/${page})`;
  }
}

/**
 * Returns how many rows of the grid a text needs: a row of 60 pixels has about three lines of 200 characters.
 */
function textHeight(paragraphs: readonly string[]): number {
  const lines = paragraphs.reduce((sum, paragraph) => sum + Math.ceil(paragraph.length / 200), 0);
  return Math.ceil((lines + 1) / 2.4);
}
