import type { ReactNode } from 'react';
import { useAnnounce } from '../../layout/announcer';
import { ProblemNotice } from '../display/problem-notice';
import { Button } from './button';
import { Form } from './form';
import { t } from './messages';

interface SettingsFormProps<Values> {
  /** The values of the fields. They are saved together. */
  readonly values: Values;
  /** If false, there is nothing to save. */
  readonly isChanged: boolean;
  readonly change: {
    readonly isPending: boolean;
    readonly error: Error | null;
    readonly mutate: (values: Values, options: { readonly onSuccess: () => void }) => void;
  };
  /** Announced after the values were saved. */
  readonly savedMessage: string;
  /** The fields. */
  readonly children: ReactNode;
}

/** Shows the fields of settings, the error of the last change, and a button that saves the values. */
export function SettingsForm<Values>({
  values,
  isChanged,
  change,
  savedMessage,
  children,
}: SettingsFormProps<Values>) {
  const announce = useAnnounce();
  const submit = () => change.mutate(values, { onSuccess: () => announce(savedMessage) });
  return (
    <Form className="form" isPending={change.isPending} onSubmit={submit}>
      {children}
      {change.error && <ProblemNotice error={change.error} />}
      <div>
        <Button type="submit" variant="primary" isDisabled={!isChanged} isPending={change.isPending}>
          {t('save')}
        </Button>
      </div>
    </Form>
  );
}
