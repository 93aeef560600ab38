import { useState } from 'react';
import type { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { Button } from '../components/controls/button';
import { Form } from '../components/controls/form';
import { TextField } from '../components/controls/text-field';
import { ProblemNotice } from '../components/display/problem-notice';
import { useAnnounce } from '../layout/announcer';

const MAX_PER_HOUR = 1_000_000;
const DAY_IN_MINUTES = 1_440;

interface MailLimitsFormProps {
  readonly domain: Domain;
  readonly change: ReturnType<typeof useChangeDomain>;
}

const textOf = (limit: number | null): string => (limit === null ? '' : String(limit));
const limitOf = (text: string): number | null => (text === '' ? null : Number(text));

/** The limits on the emails of a domain. An empty field is the default of the deployment. */
export function MailLimitsForm({ domain, change }: MailLimitsFormProps) {
  const announce = useAnnounce();
  const [perHour, setPerHour] = useState(textOf(domain.mailsPerHour));
  const [minutes, setMinutes] = useState(textOf(domain.mailMinutesPerAddress));
  const isChanged =
    limitOf(perHour) !== domain.mailsPerHour || limitOf(minutes) !== domain.mailMinutesPerAddress;
  const submit = () =>
    change.mutate(
      { mailsPerHour: limitOf(perHour), mailMinutesPerAddress: limitOf(minutes) },
      { onSuccess: () => announce('The limits of emails were saved.') },
    );
  return (
    <Form className="form" isPending={change.isPending} onSubmit={submit}>
      <TextField
        label="Emails per hour"
        description="The maximum number of emails of this domain. Leave empty for the default."
        type="number"
        min={1}
        max={MAX_PER_HOUR}
        value={perHour}
        onChange={setPerHour}
      />
      <TextField
        label="Minutes between emails to one address"
        description="0 means no limit. Leave empty for the default."
        type="number"
        min={0}
        max={DAY_IN_MINUTES}
        value={minutes}
        onChange={setMinutes}
      />
      {change.error && <ProblemNotice error={change.error} />}
      <div>
        <Button type="submit" variant="primary" isDisabled={!isChanged} isPending={change.isPending}>
          Save
        </Button>
      </div>
    </Form>
  );
}
