import { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { Card } from '../components/display/card';
import { DescriptionList } from '../components/display/description-list';
import { SeatMeter } from './seat-meter';
import { RATE_PLANS, SEAT_POLICIES } from '../format/labels';
import { useAccess } from '../session/access';
import { SeatsForm } from './seats-form';

const number = new Intl.NumberFormat();

/** Seats and rate plan: an operator's to change, for all others to see. */
export function SeatsCard({ domain }: { readonly domain: Domain }) {
  const { isOperator } = useAccess();
  // Here, and not in the form: that begins anew when the domain has changed, and would not hear how it went.
  const change = useChangeDomain(domain.domainId);
  const { seats, counts } = domain;
  return (
    <Card
      title="Seats and rate plan"
      description={isOperator ? undefined : 'The operator of the service changes these for you.'}
    >
      {seats !== null && (
        <div className="seat-use">
          <p>
            {number.format(counts.activeLicenses)} of {number.format(seats)} seats are taken.
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
                ['Seats', seats === null ? 'Any number' : number.format(seats)],
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
