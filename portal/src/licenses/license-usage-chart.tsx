import type { ReactNode } from 'react';
import { type DayUsage, type UsageBar, usageBars } from '../format/usage-bars';
import { utcDay } from '../format/time';
import { formatNumber } from '../i18n/catalog';
import { ChartPlot } from '../components/charts/chart-plot';
import { t } from './messages';

interface LicenseUsageChartProps {
  /** Oldest first, and not empty. */
  readonly days: readonly DayUsage[];
  /** The number of days of the period. */
  readonly length: number;
}

const WIDTH = 4;
const HEIGHT = 100;

/**
 * Shows a bar for each day: active licenses, and above them the pending and inactive ones. A line shows the
 * seats.
 */
export function LicenseUsageChart({ days, length }: LicenseUsageChartProps) {
  const { top, bars } = usageBars(days, length);
  const last = days.at(-1);
  const first = days[0];
  const hasSeats = bars.some(({ seats }) => seats !== undefined);
  return (
    <figure className="chart usage-chart">
      <ChartPlot top={top}>
        <svg
          viewBox={`0 0 ${length * WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={
            last &&
            t('licensesOnDay', {
              day: utcDay(last.date),
              active: last.activeLicenses,
              pending: last.pendingLicenses,
              inactive: last.inactiveLicenses,
              seats: last.seats === null ? t('unlimited') : formatNumber(last.seats),
            })
          }
        >
          {bars.map((bar) => (
            <g key={bar.date}>{stackOf(bar)}</g>
          ))}
          {bars.map(
            ({ date, day: at, seats }) =>
              seats !== undefined && (
                <line
                  key={date}
                  className="chart-limit"
                  x1={at * WIDTH}
                  x2={(at + 1) * WIDTH}
                  y1={(1 - seats) * HEIGHT}
                  y2={(1 - seats) * HEIGHT}
                />
              ),
          )}
        </svg>
      </ChartPlot>
      <figcaption className="chart-legend">
        <span>{first && utcDay(first.date)}</span>
        <span className="chart-keys">
          <span className="chart-key">{t('active')}</span>
          <span className="chart-key chart-key-pending">{t('waiting')}</span>
          <span className="chart-key chart-key-inactive">{t('inactive')}</span>
          {hasSeats && <span className="chart-key chart-key-seats">{t('seats')}</span>}
        </span>
        <span>{t('today')}</span>
      </figcaption>
    </figure>
  );
}

function stackOf({ day: at, ...heights }: UsageBar): ReactNode[] {
  let bottom = HEIGHT;
  return (['active', 'pending', 'inactive'] as const).map((part) => {
    const height = heights[part] * HEIGHT;
    bottom -= height;
    return (
      <rect
        key={part}
        className={part === 'active' ? 'chart-bar' : `chart-bar chart-${part}`}
        x={at * WIDTH}
        y={bottom}
        width={WIDTH - 1}
        height={height}
      />
    );
  });
}
