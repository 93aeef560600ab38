import { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { OptionalNumberField } from '../components/controls/optional-number-field';
import { SelectField } from '../components/controls/select-field';
import { SettingsForm } from '../components/controls/settings-form';
import { changedValues } from '../edits/changed-values';
import { useEdits } from '../edits/use-edits';
import { RATE_PLANS, SEAT_POLICIES } from '../format/labels';
import { t } from './messages';

export function SeatsForm({ domain }: { readonly domain: Domain }) {
  const change = useChangeDomain(domain.domainId);
  const stored = { seats: domain.seats, seatPolicy: domain.seatPolicy, ratePlan: domain.ratePlan };
  const { fields, edit, drop } = useEdits(stored);
  const { seats } = fields;
  const isTooLow = seats !== null && seats < domain.counts.activeLicenses;
  return (
    <SettingsForm
      changes={changedValues(fields, stored)}
      change={change}
      help="seats.md#change-the-number-of-seats-or-the-policy"
      onSaved={drop}
      savedMessage={t('seatsRatePlanSaved')}
    >
      <OptionalNumberField
        label={t('seats')}
        description={isTooLow ? t('lessThanNumberActiveLicenses') : t('maximumNumberActiveLicensesLeave')}
        min={0}
        value={seats}
        onChange={(value) => edit({ seats: value })}
      />
      <SelectField
        label={t('whenAllSeatsAreTaken')}
        options={SEAT_POLICIES}
        value={fields.seatPolicy}
        onChange={(seatPolicy) => edit({ seatPolicy })}
      />
      <SelectField
        label={t('ratePlan')}
        options={RATE_PLANS}
        value={fields.ratePlan}
        onChange={(ratePlan) => edit({ ratePlan })}
      />
    </SettingsForm>
  );
}
