import type { Drawn, Range, Widget } from './body';
import { clock, escape, shortNumber } from './text';

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const TICKS = 4;
const HOUR_MS = 3_600_000;

/** Draws a graph widget as SVG, as the console does: lines or stacked areas, limits, and a legend. */
export function drawGraph(
  widget: Widget,
  drawn: readonly Drawn[],
  range: Range,
  width: number,
  height: number,
): string {
  const { properties } = widget;
  const limits = properties.annotations?.horizontal ?? [];
  const frame: Frame = { left: 52, right: width - 12, top: 30, bottom: height - 48 };
  const layers = properties.stacked ? stack(drawn) : drawn.map((each) => ({ ...each, base: undefined }));
  const highest = Math.max(0, ...layers.flatMap(({ points }) => points.map(([, value]) => value)));
  // A limit that is far away would flatten the lines.
  const shownLimits = limits.filter(({ value }) => value <= Math.max(highest * 3, 1e-9));
  const top = niceTop(Math.max(highest, ...shownLimits.map(({ value }) => value)));
  const x = (at: number) =>
    frame.left + ((at - range.start) / (range.end - range.start)) * (frame.right - frame.left);
  const y = (value: number) => frame.bottom - (value / top) * (frame.bottom - frame.top);
  const lines = layers.map(({ points, base, color }) => {
    const path = points.map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`);
    if (!base) return single(path, color);
    const back = [...base].reverse().map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`);
    return `<polygon points="${[...path, ...back].join(' ')}" fill="${color}" opacity="0.75"/>`;
  });
  const marks = shownLimits.map(
    ({ value, label = '', color = '#d13212' }) =>
      `<line x1="${frame.left}" x2="${frame.right}" y1="${y(value)}" y2="${y(value)}" stroke="${color}" stroke-dasharray="5 3"/>` +
      `<text x="${frame.right - 4}" y="${y(value) - 4}" text-anchor="end" fill="${color}">${escape(label)}: ${shortNumber(value)}</text>`,
  );
  const unit = properties.yAxis?.left?.label ?? '';
  const far = limits.filter((limit) => !shownLimits.includes(limit));
  const note = far
    .map(({ label = '', value }) => `${label}: ${shortNumber(value)}, above this graph`)
    .join(' · ');
  return (
    `<svg width="${width}" height="${height}"><text x="${frame.left}" y="20" class="unit">${escape(unit)}</text>` +
    (note === ''
      ? ''
      : `<text x="${frame.right}" y="20" text-anchor="end" fill="#d13212">${escape(note)}</text>`) +
    `${axes(frame, range, top, x, y)}${lines.join('')}${marks.join('')}${legend(drawn, frame, height)}</svg>`
  );
}

/** A line, or a dot if there is one point. */
function single(path: readonly string[], color: string): string {
  const [first = ''] = path;
  const [cx, cy] = first.split(',');
  if (path.length === 1) return `<circle cx="${cx}" cy="${cy}" r="3" fill="${color}"/>`;
  return `<polyline points="${path.join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>`;
}

function axes(
  { left, right, bottom }: Frame,
  { start, end }: Range,
  top: number,
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  const values = Array.from({ length: TICKS + 1 }, (_, index) => (top / TICKS) * index);
  const horizontal = values.map(
    (value) =>
      `<line x1="${left}" x2="${right}" y1="${y(value)}" y2="${y(value)}" stroke="#eaeded"/>` +
      `<text x="${left - 6}" y="${y(value) + 4}" text-anchor="end">${shortNumber(value)}</text>`,
  );
  const times: number[] = [];
  for (let at = Math.ceil(start / (HOUR_MS / 2)) * (HOUR_MS / 2); at <= end; at += HOUR_MS / 2)
    times.push(at);
  const vertical = times.map(
    (at) =>
      `<text x="${x(at)}" y="${bottom + 16}" text-anchor="${at === end ? 'end' : 'middle'}">${clock(at)}</text>`,
  );
  return horizontal.join('') + vertical.join('');
}

function legend(drawn: readonly Drawn[], { left, right }: Frame, height: number): string {
  const needed = (label: string) => 26 + label.length * 6.4;
  let at = left;
  let line = 0;
  return drawn
    .map(({ label, color }) => {
      if (at + needed(label) > right && at > left) [at, line] = [left, line + 1];
      const y = height - 18 + line * 14;
      const entry = `<rect x="${at}" y="${y - 8}" width="10" height="10" fill="${color}"/><text x="${at + 15}" y="${y + 1}">${escape(label)}</text>`;
      at += needed(label);
      return entry;
    })
    .join('');
}

/** Puts each series on top of the ones before. */
function stack(drawn: readonly Drawn[]) {
  const times = [...new Set(drawn.flatMap(({ points }) => points.map(([at]) => at)))].sort((a, b) => a - b);
  let base: readonly (readonly [number, number])[] = times.map((at) => [at, 0]);
  return drawn.map((each) => {
    const values = new Map(each.points);
    const below = base;
    base = below.map(([at, value]) => [at, value + Math.max(0, values.get(at) ?? 0)]);
    return { ...each, points: base, base: below };
  });
}

/** Returns a round number above a value, for the end of an axis. */
function niceTop(value: number): number {
  if (value <= 0) return 1;
  const size = 10 ** Math.floor(Math.log10(value));
  return size * ([1, 2, 4, 5, 8, 10].find((step) => step * size >= value * 1.05) ?? 20);
}

/** Draws the small graph behind a number. */
export function drawSparkline({ points, color }: Drawn, range: Range, width: number, height: number): string {
  if (points.length < 2) return '';
  const top = Math.max(...points.map(([, value]) => value), 1e-9);
  const path = points.map(([at, value]) => {
    const x = ((at - range.start) / (range.end - range.start)) * width;
    return `${x.toFixed(1)},${(height - (value / top) * (height - 4) - 2).toFixed(1)}`;
  });
  return `<svg class="spark" width="${width}" height="${height}"><polyline points="${path.join(' ')}" fill="none" stroke="${color}" stroke-width="2" opacity="0.5"/></svg>`;
}
