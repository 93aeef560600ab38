import type { Domain } from '../api/schema';
import { Card } from '../components/display/card';
import { DescriptionList } from '../components/display/description-list';
import { SeatMeter } from './seat-meter';
import { RATE_PLANS, SEAT_POLICIES } from '../format/labels';
import { useAccess } from '../session/access';
import { SeatsForm } from './seats-form';
import { formatNumber } from '../i18n/catalog';
import { t } from './messages';

/** Shows the seats and the rate plan. Only operators can change them. */
export function SeatsCard({ domain }: { readonly domain: Domain }) {
  const { isOperator } = useAccess();
  const { seats, counts } = domain;
  return (
    <Card
      title={t('seatsAndRatePlan')}
      description={isOperator ? undefined : t('onlyOperatorServiceChangeSettings')}
    >
      {seats !== null && (
        <div className="seat-usage">
          <p>{t('seatsTaken', { taken: counts.activeLicenses, seats })}</p>
          <SeatMeter used={counts.activeLicenses} seats={seats} />
        </div>
      )}
      <DescriptionList
        items={[
          [t('activeLicenses'), formatNumber(counts.activeLicenses)],
          [t('waitingForASeat'), formatNumber(counts.pendingLicenses)],
          ...(isOperator
            ? []
            : ([
                [t('seats'), seats === null ? t('unlimited') : formatNumber(seats)],
                [t('whenAllSeatsAreTaken'), SEAT_POLICIES[domain.seatPolicy]],
                [t('ratePlan'), RATE_PLANS[domain.ratePlan]],
              ] as const)),
        ]}
      />
      {isOperator && <SeatsForm key={domain.domainId} domain={domain} />}
    </Card>
  );
}
