import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseInsights } from '../../../../local/services/logs/insights/query';
import { synthesize } from '../../synthesize';
import { metricsOf, readBody } from './dashboard-body';

const ROOT = path.join(__dirname, '../../../..');
const body = readBody({ docsUrl: 'https://docs.example.com' });
const { widgets } = body;
const ofType = (type: string) => widgets.filter((widget) => widget.type === type);
const titled = widgets
  .filter(({ type }) => type === 'metric' || type === 'log')
  .map((widget) => [widget.properties.title, widget] as const);

/** The documented properties ("Dashboard Body Structure and Syntax"), and the required ones. */
const PROPERTIES: Readonly<
  Record<string, { readonly all: readonly string[]; readonly required: readonly string[] }>
> = {
  alarm: { all: ['title', 'alarms', 'sortBy', 'states'], required: ['alarms'] },
  text: { all: ['markdown', 'background'], required: ['markdown'] },
  log: { all: ['title', 'region', 'query', 'view', 'stacked', 'accountId'], required: ['region', 'query'] },
  metric: {
    all: [
      ...[
        'accountId',
        'annotations',
        'legend',
        'liveData',
        'metrics',
        'period',
        'region',
        'setPeriodToTimeRange',
      ],
      ...[
        'singleValueFullPrecision',
        'sparkline',
        'stacked',
        'stat',
        'table',
        'timezone',
        'title',
        'trend',
        'view',
      ],
      'yAxis',
    ],
    required: ['region', 'metrics'],
  },
};
const METRIC_OPTIONS = [
  'color',
  'expression',
  'id',
  'label',
  'period',
  'region',
  'stat',
  'visible',
  'yAxis',
  'accountId',
];

describe('the body of the dashboard', () => {
  it('is within the limits of CloudWatch', () => {
    expect(
      body.keys.filter((key) => !['start', 'end', 'periodOverride', 'widgets', 'variables'].includes(key)),
    ).toEqual([]);
    expect(widgets.length).toBeLessThanOrEqual(500);
    const counts = widgets.map((widget) => metricsOf(widget).length);
    expect(Math.max(...counts)).toBeLessThanOrEqual(500);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(2_500);
    // A template may have a megabyte, and a property of it half of that is enough for the names that replace
    // references.
    expect(body.text.length).toBeLessThan(500_000);
  });

  it('has only documented widgets, properties, and options of metrics', () => {
    for (const { type, properties } of widgets) {
      const { all, required } = PROPERTIES[type] ?? { all: [], required: ['a documented type'] };
      expect(Object.keys(properties).filter((name) => !all.includes(name))).toEqual([]);
      expect(required.filter((name) => !(name in properties))).toEqual([]);
    }
    for (const { names, options } of widgets.flatMap(metricsOf)) {
      expect(Object.keys(options).filter((name) => !METRIC_OPTIONS.includes(name))).toEqual([]);
      expect(names.length === 0).toBe('expression' in options);
      expect(names.length === 0 || names.length % 2 === 0).toBe(true);
    }
  });

  it('fills a grid of 24 columns without overlaps', () => {
    const used = new Set<string>();
    for (const { x, y, width, height } of widgets) {
      expect(x + width).toBeLessThanOrEqual(24);
      for (let column = x; column < x + width; column++)
        for (let row = y; row < y + height; row++) {
          expect(used.has(`${column} ${row}`)).toBe(false);
          used.add(`${column} ${row}`);
        }
    }
    const height = Math.max(...widgets.map((widget) => widget.y + widget.height));
    expect(used.size).toBe(24 * height);
  });

  it('begins with the states of all alarms that notify with the default settings', () => {
    const [first, ...others] = ofType('alarm');
    expect(others).toEqual([]);
    const names = (first?.properties.alarms ?? []).map(
      (arn) => /(?:Alarms)?([A-Z][A-Za-z]+?)(?:[0-9A-F]{8},Arn\]?)?$/.exec(arn)?.[1] ?? arn,
    );
    const notifying = Object.values(synthesize({ alarmTopicArn: 'arn:aws:sns:us-east-1:000000000000:a' }))
      .flatMap((template) => [
        ...Object.values(template.findResources('AWS::CloudWatch::Alarm')),
        ...Object.values(template.findResources('AWS::CloudWatch::CompositeAlarm')),
      ])
      .filter(({ Properties }) => (Properties as Record<string, unknown>).AlarmActions)
      .map(({ Properties }) =>
        String((Properties as Record<string, unknown>).AlarmName).replace(/^scim-/, ''),
      );
    // Only stages in us-east-1 have the last one.
    expect(names.sort()).toEqual(notifying.filter((name) => name !== 'PortalDegraded').sort());
  });

  it('asks the four questions in their order', () => {
    const questions = ofType('text').flatMap(
      ({ properties }) => /^## (.*)$/m.exec(properties.markdown ?? '')?.[1] ?? [],
    );
    expect(questions.slice(0, 4)).toEqual([
      'Are identity providers served?',
      'Do users get licenses?',
      'Are we near a limit?',
      'What does it cost?',
    ]);
  });

  it('links to entries of the runbook that exist', () => {
    const runbook = readFileSync(path.join(ROOT, 'docs/runbook.md'), 'utf8');
    const entries = new Set([...runbook.matchAll(/^## (\w+)/gm)].map(([, name]) => name?.toLowerCase()));
    const texts = ofType('text').map(({ properties }) => properties.markdown ?? '');
    const anchors = texts.flatMap((text) =>
      [...text.matchAll(/runbook\.md#(\w+)/g)].map(([, anchor]) => anchor),
    );
    expect(anchors.length).toBeGreaterThan(10);
    expect(anchors.filter((anchor) => !entries.has(anchor))).toEqual([]);
  });

  it('names files instead of links if the documentation is not published', () => {
    const { text } = readBody();
    expect(text).toContain('Runbook (docs/runbook.md)');
    expect(text).not.toContain('](');
  });
});

describe.each(titled)('the widget "%s"', (_, widget) => {
  const rows = metricsOf(widget);
  const { query } = widget.properties;

  it('has a title without jargon of AWS', () => {
    expect(widget.properties.title).toMatch(/^[A-Z"].{4,110}$/);
    expect(widget.properties.title).not.toMatch(/[A-Z][a-z]+[A-Z]|arn:|AWS\//);
  });

  if (widget.type === 'metric') {
    it('labels and colors each line that it shows', () => {
      const shown = rows.filter(({ options }) => options.visible !== false);
      expect(shown.length).toBeGreaterThan(0);
      for (const { options } of shown) {
        expect(options.label).toMatch(/^[A-Za-z0-9].*/);
        expect(options.label).not.toMatch(/arn:|Scim[A-Z]/);
        expect(options.color).toMatch(/^#[0-9a-f]{6}$/);
      }
      const colors = shown.map(({ options }) => options.color);
      expect(new Set(colors).size).toBe(colors.length);
    });

    it('has expressions that use only metrics of the widget', () => {
      const ids = rows.flatMap(({ options }) => options.id ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { options } of rows) {
        const expression = (options.expression ?? '') as string;
        expect(expression.length).toBeLessThanOrEqual(2_048);
        const used = [...expression.matchAll(/\b[a-z]\w*/g)].map(([name]) => name);
        expect(used.filter((name) => !ids.includes(name))).toEqual([]);
        expect(expression).not.toMatch(/\de-?\d/);
      }
    });
  } else {
    it('has a query that Logs Insights can run', () => {
      const [, sources = '', commands = ''] = /^((?:SOURCE '[^']+' \| )+)([^]*)$/.exec(query ?? '') ?? [];
      expect(sources).not.toBe('');
      expect(sources.match(/SOURCE/g)?.length).toBeLessThanOrEqual(50);
      expect(commands.length).toBeLessThanOrEqual(10_000);
      expect(parseInsights(commands).run([])).toEqual([]);
      expect(commands).toMatch(/limit 10$/);
    });
  }
});

it('shows only metrics of functions that a function emits', () => {
  const sources = execFileSync('grep', ['-rhoE', "'[A-Z][A-Za-z]+'", 'lambdas', 'shared', 'lib/constructs'], {
    cwd: ROOT,
  })
    .toString()
    .split('\n');
  const known = new Set(sources.map((text) => text.slice(1, -1)));
  const own = widgets
    .flatMap(metricsOf)
    .flatMap(({ names }) => (names[0]?.startsWith('ScimProvisioning') ? (names[1] ?? '') : []));
  expect(own.length).toBeGreaterThan(8);
  expect(own.filter((name) => !known.has(name))).toEqual([]);
});
