import type { RequestCounts } from '../api/schema';
import { PERIODS } from '../format/request-filter';

const HEIGHT = 40;
const BAR_WIDTH = 4;
const STARTS = { hour: '1 hour ago', day: '24 hours ago', week: '7 days ago' } as const;

/** Shows a bar for each interval: accepted requests above refused ones. */
export function RequestChart({ counts }: { readonly counts: RequestCounts }) {
  const { intervals, period, requests, refused, intervalMinutes } = counts;
  const peak = Math.max(1, ...intervals.map((interval) => interval.requests));
  const length = intervalMinutes < 60 ? `${intervalMinutes} minutes` : `${intervalMinutes / 60} hours`;
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max((count / peak) * HEIGHT, 1));
  return (
    <figure className="chart">
      <svg
        viewBox={`0 0 ${intervals.length * BAR_WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${PERIODS[period]}: ${requests} requests, ${refused} refused. Peak: ${peak} in ${length === '1 minutes' ? 'a minute' : length}.`}
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
      <figcaption className="chart-legend">
        <span>{STARTS[period]}</span>
        <span className="chart-keys">
          <span className="chart-key">Accepted</span>
          <span className="chart-key chart-key-refused">Refused</span>
        </span>
        <span>Now</span>
      </figcaption>
    </figure>
  );
}
