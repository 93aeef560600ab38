import type { MetricStore } from '../../local/cloud/metrics/metric-store';
import { type Drawn, evaluate, type Range, type Widget } from './body';
import { drawGraph, drawSparkline } from './draw-graph';
import { escape, markdownToHtml, shortNumber } from './text';

/** The rows of a query of logs. */
export interface LogTable {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export interface PageData {
  readonly store: MetricStore;
  readonly range: Range;
  readonly tableOf: (widget: Widget) => LogTable;
  /** Returns the state of an alarm at the end of the range. */
  readonly stateOf: (alarm: string) => string;
}

/** The width of the picture. The grid of a dashboard has 24 columns. */
export const PAGE_WIDTH = 1_600;
const COLUMN = PAGE_WIDTH / 24;
const ROW = 50;
const GAP = 8;

const STYLE = `
  body { margin: 0; background: #f2f3f3; font: 13px 'Helvetica Neue', Arial, sans-serif; color: #16191f; }
  .page { position: relative; width: ${PAGE_WIDTH}px; }
  .widget { position: absolute; background: #fff; border: 1px solid #d5dbdb; border-radius: 4px; overflow: hidden; box-sizing: border-box; }
  .text { background: none; border: 0; padding: 0 10px; line-height: 1.4; }
  .text h1 { font-size: 22px; margin: 6px 0; } .text h2 { font-size: 19px; margin: 10px 0 4px; }
  .text p { margin: 4px 0; } .text li { margin: 1px 0 1px 18px; }
  a { color: #0073bb; text-decoration: none; }
  .title { font-weight: bold; padding: 8px 10px 2px; }
  .numbers { display: flex; height: calc(100% - 28px); }
  .number { position: relative; flex: 1; display: flex; flex-direction: column; justify-content: center; align-items: center; }
  .value { font-size: 34px; } .label { color: #545b64; margin-top: 2px; text-align: center; }
  .spark { position: absolute; left: 0; bottom: 0; }
  svg text { font-size: 11px; fill: #545b64; } svg .unit { font-style: italic; }
  svg text[fill='#d13212'] { fill: #d13212; }
  table { width: 100%; border-collapse: collapse; font-size: 12px; }
  th { text-align: left; background: #fafafa; border-bottom: 1px solid #d5dbdb; padding: 5px 10px; }
  td { border-bottom: 1px solid #eaeded; padding: 5px 10px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-width: 330px; }
  .amount { text-align: right; font-variant-numeric: tabular-nums; }
  .alarms { display: grid; grid-template-columns: repeat(7, 1fr); gap: 6px; padding: 6px 10px; }
  .alarm-state { border: 1px solid #d5dbdb; border-left: 5px solid #1d8102; border-radius: 3px; padding: 6px 8px; font-size: 12px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  .alarm-state.ALARM { border-left-color: #d13212; background: #fdf3f1; font-weight: bold; }
  .empty { color: #545b64; padding: 30px; text-align: center; }`;

/** Draws the widgets as a page in HTML. */
export function drawPage(widgets: readonly Widget[], data: PageData): string {
  const top = Math.min(...widgets.map(({ y }) => y));
  const bottom = Math.max(...widgets.map(({ y, height }) => y + height));
  const drawn = widgets.map((widget) => {
    const style = [
      `left:${widget.x * COLUMN + GAP / 2}px`,
      `top:${(widget.y - top) * ROW + GAP / 2}px`,
      `width:${widget.width * COLUMN - GAP}px`,
      `height:${widget.height * ROW - GAP}px`,
    ].join(';');
    return `<div class="widget ${widget.type}" style="${style}">${drawWidget(widget, data)}</div>`;
  });
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><div class="page" style="height:${(bottom - top) * ROW}px">${drawn.join('')}</div>`;
}

function drawWidget(widget: Widget, data: PageData): string {
  const { markdown, title = '', view } = widget.properties;
  if (widget.type === 'text') return markdownToHtml(markdown ?? '');
  const heading = `<div class="title">${escape(title)}</div>`;
  if (widget.type === 'log') return heading + drawTable(data.tableOf(widget));
  if (widget.type === 'alarm') return heading + drawAlarms(widget, data);
  const drawn = evaluate(widget, data.store, data.range);
  const [width, height] = [widget.width * COLUMN - GAP - 2, widget.height * ROW - GAP - 34];
  if (view === 'singleValue') return heading + drawNumbers(widget, drawn, data.range, width);
  return heading + drawGraph(widget, drawn, data.range, width, height);
}

function drawAlarms({ properties }: Widget, { stateOf }: PageData): string {
  const names = (properties.alarms ?? []).map((arn) => arn.replace(/^arn:.*:alarm:/, ''));
  // CloudWatch shows those first that are on.
  const isOn = (name: string) => Number(stateOf(name) === 'ALARM');
  const sorted = [...names].sort((a, b) => isOn(b) - isOn(a) || (a < b ? -1 : 1));
  const drawn = sorted.map((name) => `<div class="alarm-state ${stateOf(name)}">${escape(name)}</div>`);
  return `<div class="alarms">${drawn.join('')}</div>`;
}

function drawNumbers({ properties }: Widget, drawn: readonly Drawn[], range: Range, width: number): string {
  const numbers = drawn.map((each) => {
    const value = each.points.at(-1)?.[1];
    const spark = properties.sparkline ? drawSparkline(each, range, width / drawn.length, 50) : '';
    const text = value === undefined ? '–' : shortNumber(value);
    return `<div class="number">${spark}<div class="value" style="color:${each.color}">${text}</div><div class="label">${escape(each.label)}</div></div>`;
  });
  return `<div class="numbers">${numbers.join('')}</div>`;
}

function drawTable({ columns, rows }: LogTable): string {
  if (rows.length === 0) return '<div class="empty">No lines in the time range</div>';
  const isAmount = (column: string) =>
    rows.every((row) => !(column in row) || typeof row[column] !== 'string');
  const cell = (value: unknown) => {
    if (typeof value === 'number') return shortNumber(value);
    return typeof value === 'string' ? escape(value) : '';
  };
  const kind = (column: string) => (isAmount(column) ? ' class="amount"' : '');
  const head = columns.map((column) => `<th${kind(column)}>${escape(column)}</th>`).join('');
  const body = rows.map(
    (row) => `<tr>${columns.map((column) => `<td${kind(column)}>${cell(row[column])}</td>`).join('')}</tr>`,
  );
  return `<table><tr>${head}</tr>${body.join('')}</table>`;
}
