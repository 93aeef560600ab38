import { Meter } from 'react-aria-components';
import { t } from './messages';

const WARNING_PERCENT = 90;

/** A meter of the seats in use. */
export function SeatMeter({ used, seats }: { readonly used: number; readonly seats: number }) {
  const percent = seats === 0 ? 100 : Math.min(100, Math.round((100 * used) / seats));
  const tone = percent >= 100 ? 'bad' : percent >= WARNING_PERCENT ? 'warning' : 'good';
  return (
    <Meter className={`meter meter-${tone}`} value={percent} aria-label={t('seatsInUse')}>
      <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect className="meter-track" width="100" height="1" />
        <rect className="meter-fill" width={percent} height="1" />
      </svg>
    </Meter>
  );
}
