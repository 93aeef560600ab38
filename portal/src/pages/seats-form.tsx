import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components';
import { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { useAnnounce } from '../components/announcer';
import { Button } from '../components/button';
import { ProblemNotice } from '../components/problem-notice';
import { SelectField } from '../components/select-field';
import { TextField } from '../components/text-field';
import { RATE_PLANS, SEAT_POLICIES } from '../format/labels';

export function SeatsForm({ domain }: { readonly domain: Domain }) {
  const change = useChangeDomain(domain.domainId);
  const announce = useAnnounce();
  const [seats, setSeats] = useState(domain.seats === null ? '' : String(domain.seats));
  const [seatPolicy, setSeatPolicy] = useState(domain.seatPolicy);
  const [ratePlan, setRatePlan] = useState(domain.ratePlan);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { seats: seats === '' ? null : Number(seats), seatPolicy, ratePlan },
      { onSuccess: () => announce('Seats and rate plan are saved.') },
    );
  };
  const next = seats === '' ? null : Number(seats);
  const isTooLow = next !== null && next < domain.counts.activeLicenses;
  return (
    <Form className="form" onSubmit={submit}>
      <TextField
        label="Seats"
        description={
          isTooLow
            ? 'Fewer than are in use: nobody loses a license, but nobody new gets one.'
            : 'How many licenses may be active. Empty: any number.'
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
        <Button type="submit" look="primary" isPending={change.isPending}>
          Save
        </Button>
      </div>
    </Form>
  );
}
