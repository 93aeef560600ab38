import type { ReactNode } from 'react';
import { formatNumber } from '../../i18n/catalog';

interface ChartPlotProps {
  /** The value at the top of the chart. That at the bottom is 0. */
  readonly top: number;
  /** The `svg`, which is stretched. */
  readonly children: ReactNode;
}

/** A chart with the values of its vertical axis. Screen readers get numbers from the label of the chart. */
export function ChartPlot({ top, children }: ChartPlotProps) {
  return (
    <div className="chart-plot">
      <div className="chart-axis" aria-hidden="true">
        <span>{formatNumber(top)}</span>
        <span>{formatNumber(0)}</span>
      </div>
      {children}
    </div>
  );
}
