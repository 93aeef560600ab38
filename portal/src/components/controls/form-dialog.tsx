import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { fieldError } from '../../api/client/problem';
import { ProblemNotice } from '../display/problem-notice';
import { Button } from './button';
import { Dialog } from './dialog';
import { Form, FormHelp } from './form';
import { t } from './messages';

/** The request of a form that sends none, because it changes only a draft. */
export const NO_REQUEST = { isPending: false, error: null } as const;

interface FormDialogProps {
  readonly title: string;
  /** The help page of the form, as `DocsLink` names it. Undefined for a question, which explains itself. */
  readonly help: string | undefined;
  /** The label of the button that submits the form. */
  readonly submitLabel: string;
  /** @default 'primary' */
  readonly variant?: 'primary' | 'danger';
  /** @default 'dialog' */
  readonly role?: 'dialog' | 'alertdialog';
  /** The request that the form sends. */
  readonly request: { readonly isPending: boolean; readonly error: unknown };
  /** The names of the fields that show what the service says about them. @default none */
  readonly fields?: readonly string[];
  /** If false, the form cannot be submitted. @default true */
  readonly isComplete?: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  /** The fields. */
  readonly children: ReactNode;
}

/**
 * A dialog with a form. While its request is pending, it stays open: if the user closed it before the
 * response, nobody would ever see a generated secret.
 */
export function FormDialog(props: FormDialogProps) {
  const { title, help, submitLabel, variant = 'primary', role, request, isComplete = true, children } = props;
  const { fields = [], onSubmit, onClose } = props;
  const { isPending, error } = request;
  const errors = useMemo(() => errorsOf(error, fields), [error]);
  const body = useRef<HTMLDivElement>(null);
  // The field may be outside of the visible part of a long form.
  useEffect(() => {
    const [field] = Object.keys(errors ?? {});
    if (field !== undefined) body.current?.querySelector<HTMLElement>(`[name="${field}"]`)?.focus();
  }, [errors]);
  return (
    <Dialog title={title} onClose={onClose} isDismissable={!isPending} role={role}>
      <Form help={undefined} isPending={isPending} errors={errors} onSubmit={() => isComplete && onSubmit()}>
        <div className="dialog-body" ref={body}>
          {children}
          {help !== undefined && <FormHelp page={help} />}
          {error !== null && !errors && <ProblemNotice error={error} />}
        </div>
        <footer className="dialog-footer">
          <Button isDisabled={isPending} onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" variant={variant} isPending={isPending} isDisabled={!isComplete}>
            {submitLabel}
          </Button>
        </footer>
      </Form>
    </Dialog>
  );
}

/** Returns the text for the field that an error is about; undefined if there is no such field. */
function errorsOf(error: unknown, fields: readonly string[]): Record<string, string> | undefined {
  const found = fields.flatMap((field) => {
    const text = fieldError(error, field);
    return text === undefined ? [] : [[field, text] as const];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
