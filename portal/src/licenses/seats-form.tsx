import { useState } from 'react';
import type { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { OptionalNumberField } from '../components/controls/optional-number-field';
import { SelectField } from '../components/controls/select-field';
import { SettingsForm } from '../components/controls/settings-form';
import { RATE_PLANS, SEAT_POLICIES } from '../format/labels';
import { t } from './messages';

interface SeatsFormProps {
  readonly domain: Domain;
  readonly change: ReturnType<typeof useChangeDomain>;
}

export function SeatsForm({ domain, change }: SeatsFormProps) {
  const [seats, setSeats] = useState(domain.seats);
  const [seatPolicy, setSeatPolicy] = useState(domain.seatPolicy);
  const [ratePlan, setRatePlan] = useState(domain.ratePlan);
  const isTooLow = seats !== null && seats < domain.counts.activeLicenses;
  return (
    <SettingsForm
      values={{ seats, seatPolicy, ratePlan }}
      isChanged={seats !== domain.seats || seatPolicy !== domain.seatPolicy || ratePlan !== domain.ratePlan}
      change={change}
      savedMessage={t('seatsRatePlanSaved')}
    >
      <OptionalNumberField
        label={t('seats')}
        description={isTooLow ? t('lessThanNumberActiveLicenses') : t('maximumNumberActiveLicensesLeave')}
        min={0}
        value={seats}
        onChange={setSeats}
      />
      <SelectField
        label={t('whenAllSeatsAreTaken')}
        options={SEAT_POLICIES}
        value={seatPolicy}
        onChange={setSeatPolicy}
      />
      <SelectField label={t('ratePlan')} options={RATE_PLANS} value={ratePlan} onChange={setRatePlan} />
    </SettingsForm>
  );
}
