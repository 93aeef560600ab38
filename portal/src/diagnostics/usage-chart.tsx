import type { RateUsage } from '../api/schema';
import { ChartPlot } from '../components/charts/chart-plot';
import { t } from './messages';

interface UsageChartProps {
  /** The minutes with requests. Minutes without requests are omitted. */
  readonly minutes: RateUsage['minutes'];
  readonly perMinute: number;
  /** The end of the hour, in ms since the epoch. */
  readonly now: number;
}

const MINUTE_MS = 60_000;
const CHART_MINUTES = 60;
const CHART_HEIGHT = 40;

/** Shows a bar for each minute of the hour, and the limit. */
export function UsageChart({ minutes, perMinute, now }: UsageChartProps) {
  const peak = Math.max(...minutes.map(({ requests }) => requests));
  const total = minutes.reduce((sum, { requests }) => sum + requests, 0);
  const top = Math.max(perMinute, peak);
  const scale = CHART_HEIGHT / top;
  const limitAt = CHART_HEIGHT - perMinute * scale;
  return (
    <figure className="chart">
      <ChartPlot top={top}>
        <svg
          viewBox={`0 0 ${CHART_MINUTES * 4} ${CHART_HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t('chartDescription', { total, peak })}
        >
          <line className="chart-limit" x1="0" x2={CHART_MINUTES * 4} y1={limitAt} y2={limitAt} />
          {minutes.map(({ minute, requests }) => {
            const age = Math.floor((now - Date.parse(minute)) / MINUTE_MS);
            const height = Math.max(requests * scale, 1);
            return (
              <rect
                key={minute}
                className={requests >= perMinute ? 'chart-bar chart-full' : 'chart-bar'}
                x={(CHART_MINUTES - 1 - age) * 4}
                y={CHART_HEIGHT - height}
                width={3}
                height={height}
              />
            );
          })}
        </svg>
      </ChartPlot>
      <figcaption className="chart-legend">
        <span>{t('oneHourAgo')}</span>
        <span>{t('totalAndPeak', { total, peak })}</span>
        <span>{t('now')}</span>
      </figcaption>
    </figure>
  );
}
