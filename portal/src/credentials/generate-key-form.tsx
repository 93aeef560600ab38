import { useState } from 'react';
import type { NewScimKey } from '../api/schema';
import { Button } from '../components/controls/button';
import { Form } from '../components/controls/form';
import { ProblemNotice } from '../components/display/problem-notice';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { EXPIRIES, type Expiry, expireTime } from '../format/expiry';
import { localDay } from '../format/time';

interface GenerateKeyFormProps {
  readonly initialName: string;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly onSubmit: (key: NewScimKey) => void;
  readonly onCancel: () => void;
}

export function GenerateKeyForm({ initialName, error, isPending, onSubmit, onCancel }: GenerateKeyFormProps) {
  const [name, setName] = useState(initialName);
  const [expiry, setExpiry] = useState<Expiry>('never');
  const [day, setDay] = useState('');
  const submit = () => onSubmit({ name: name.trim(), expireTime: expireTime(expiry, day, new Date()) });
  return (
    <Form isPending={isPending} onSubmit={submit}>
      <div className="dialog-body">
        <TextField
          label="Name"
          description="The name of the key in lists and in the audit log."
          value={name}
          onChange={setName}
          isRequired
          maxLength={100}
          autoFocus
          autoComplete="off"
        />
        <SelectField label="Expires" options={EXPIRIES} value={expiry} onChange={setExpiry} />
        {expiry === 'day' && (
          <TextField
            label="Last day"
            type="date"
            description="The key is valid until the end of this day."
            value={day}
            onChange={setDay}
            min={localDay(new Date())}
            isRequired
          />
        )}
        {error !== null && <ProblemNotice error={error} />}
      </div>
      <footer className="dialog-footer">
        <Button isDisabled={isPending} onPress={onCancel}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" isPending={isPending}>
          Generate key
        </Button>
      </footer>
    </Form>
  );
}
