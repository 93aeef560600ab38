import { useState } from 'react';
import type { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { useAnnounce } from '../layout/announcer';
import { Button } from '../components/controls/button';
import { Form } from '../components/controls/form';
import { ProblemNotice } from '../components/display/problem-notice';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { RATE_PLANS, SEAT_POLICIES } from '../format/labels';

interface SeatsFormProps {
  readonly domain: Domain;
  readonly change: ReturnType<typeof useChangeDomain>;
}

export function SeatsForm({ domain, change }: SeatsFormProps) {
  const announce = useAnnounce();
  const [seats, setSeats] = useState(domain.seats === null ? '' : String(domain.seats));
  const [seatPolicy, setSeatPolicy] = useState(domain.seatPolicy);
  const [ratePlan, setRatePlan] = useState(domain.ratePlan);
  const next = seats === '' ? null : Number(seats);
  const isTooLow = next !== null && next < domain.counts.activeLicenses;
  const isChanged = next !== domain.seats || seatPolicy !== domain.seatPolicy || ratePlan !== domain.ratePlan;
  const submit = () =>
    change.mutate(
      { seats: next, seatPolicy, ratePlan },
      { onSuccess: () => announce('The seats and the rate plan were saved.') },
    );
  return (
    <Form className="form" isPending={change.isPending} onSubmit={submit}>
      <TextField
        label="Seats"
        description={
          isTooLow
            ? 'This is less than the number of active licenses. Nobody loses a license, but new users do not get one.'
            : 'The maximum number of active licenses. Leave empty for no limit.'
        }
        type="number"
        min={0}
        value={seats}
        onChange={setSeats}
      />
      <SelectField
        label="When all seats are taken"
        options={SEAT_POLICIES}
        value={seatPolicy}
        onChange={setSeatPolicy}
      />
      <SelectField label="Rate plan" options={RATE_PLANS} value={ratePlan} onChange={setRatePlan} />
      {change.error && <ProblemNotice error={change.error} />}
      <div>
        <Button type="submit" variant="primary" isDisabled={!isChanged} isPending={change.isPending}>
          Save
        </Button>
      </div>
    </Form>
  );
}
