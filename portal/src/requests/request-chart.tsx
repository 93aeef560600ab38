import type { RequestCounts } from '../api/schema';
import { PERIODS } from '../format/filters/request-filter';
import { ChartPlot } from '../components/charts/chart-plot';
import { t } from './messages';

const HEIGHT = 40;
const BAR_WIDTH = 4;
const STARTS = { hour: t('oneHourAgo'), day: t('oneDayAgo'), week: t('sevenDaysAgo') } as const;

/** Shows a bar for each interval: accepted requests above refused ones. */
export function RequestChart({ counts }: { readonly counts: RequestCounts }) {
  const { intervals, period, requests, refused, intervalMinutes } = counts;
  const peak = Math.max(1, ...intervals.map((interval) => interval.requests));
  const hours = intervalMinutes / 60;
  const peakText =
    hours < 1
      ? t('peakPerMinutes', { peak, count: intervalMinutes })
      : t('peakPerHours', { peak, count: hours });
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max((count / peak) * HEIGHT, 1));
  return (
    <figure className="chart">
      <ChartPlot top={peak}>
        <svg
          viewBox={`0 0 ${intervals.length * BAR_WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${PERIODS[period]}: ${t('requestsAndRefused', { count: requests, refused })} ${peakText}`}
        >
          {intervals.map(({ start, ...interval }, at) => {
            const bottom = heightOf(interval.refused);
            const top = heightOf(interval.requests - interval.refused);
            const x = at * BAR_WIDTH;
            return (
              <g key={start}>
                <rect
                  className="chart-bar"
                  x={x}
                  y={Math.max(0, HEIGHT - bottom - top)}
                  width={BAR_WIDTH - 1}
                  height={top}
                />
                <rect
                  className="chart-bar chart-full"
                  x={x}
                  y={HEIGHT - bottom}
                  width={BAR_WIDTH - 1}
                  height={bottom}
                />
              </g>
            );
          })}
        </svg>
      </ChartPlot>
      <figcaption className="chart-legend">
        <span>{STARTS[period]}</span>
        <span className="chart-keys">
          <span className="chart-key">{t('accepted')}</span>
          <span className="chart-key chart-key-refused">{t('refused')}</span>
        </span>
        <span>{t('now')}</span>
      </figcaption>
    </figure>
  );
}
