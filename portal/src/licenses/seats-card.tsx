import { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { Card } from '../components/display/card';
import { DescriptionList } from '../components/display/description-list';
import { SeatMeter } from './seat-meter';
import { RATE_PLANS, SEAT_POLICIES } from '../format/labels';
import { useAccess } from '../session/access';
import { SeatsForm } from './seats-form';

const number = new Intl.NumberFormat();

/** Shows the seats and the rate plan. Only operators can change them. */
export function SeatsCard({ domain }: { readonly domain: Domain }) {
  const { isOperator } = useAccess();
  // This state is not in the form, because React creates a new form after each change of the domain.
  const change = useChangeDomain(domain.domainId);
  const { seats, counts } = domain;
  return (
    <Card
      title="Seats and rate plan"
      description={isOperator ? undefined : 'Only the operator of the service can change these settings.'}
    >
      {seats !== null && (
        <div className="seat-usage">
          <p>
            Seats taken: {number.format(counts.activeLicenses)} of {number.format(seats)}
          </p>
          <SeatMeter used={counts.activeLicenses} seats={seats} />
        </div>
      )}
      <DescriptionList
        items={[
          ['Active licenses', number.format(counts.activeLicenses)],
          ['Waiting for a seat', number.format(counts.pendingLicenses)],
          ...(isOperator
            ? []
            : ([
                ['Seats', seats === null ? 'Unlimited' : number.format(seats)],
                ['When all seats are taken', SEAT_POLICIES[domain.seatPolicy]],
                ['Rate plan', RATE_PLANS[domain.ratePlan]],
              ] as const)),
        ]}
      />
      {isOperator && (
        <SeatsForm key={`${seats}/${domain.seatPolicy}/${domain.ratePlan}`} domain={domain} change={change} />
      )}
    </Card>
  );
}
