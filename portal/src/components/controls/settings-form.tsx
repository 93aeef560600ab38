import type { ReactNode } from 'react';
import { useAnnounce } from '../../layout/announcer';
import { ProblemNotice } from '../display/problem-notice';
import { Button } from './button';
import { Form } from './form';
import { t } from './messages';

interface SettingsFormProps<Changes> {
  /**
   * The values that the user has changed. Only these are saved, so that the form reverts no change of another
   * administrator.
   */
  readonly changes: Changes;
  readonly change: {
    readonly isPending: boolean;
    readonly error: Error | null;
    readonly mutate: (changes: Changes, options: { readonly onSuccess: () => void }) => void;
  };
  /** The help page of the form, as `DocsLink` names it. */
  readonly help: string;
  /** Called after the changes were saved. */
  readonly onSaved: () => void;
  /** Announced after the changes were saved. */
  readonly savedMessage: string;
  /** The fields. */
  readonly children: ReactNode;
}

/** Shows the fields of settings, the error of the last change, and a button that saves the changes. */
export function SettingsForm<Changes extends object>({
  changes,
  change,
  help,
  onSaved,
  savedMessage,
  children,
}: SettingsFormProps<Changes>) {
  const announce = useAnnounce();
  const isChanged = Object.keys(changes).length > 0;
  const submit = () =>
    change.mutate(changes, {
      onSuccess: () => {
        onSaved();
        announce(savedMessage);
      },
    });
  return (
    <Form className="form" help={help} isPending={change.isPending} onSubmit={submit}>
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
