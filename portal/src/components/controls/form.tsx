import type { FormEvent, ReactNode } from 'react';
import { Form as AriaForm } from 'react-aria-components';

interface FormProps {
  readonly className?: string;
  /** If true, the form ignores further submissions, also by Enter. */
  readonly isPending: boolean;
  /** The errors of the service, by the names of the fields. Each text disappears when its field changes. */
  readonly errors?: Readonly<Record<string, string>>;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

export function Form({ className, isPending, errors, onSubmit, children }: FormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) onSubmit();
  };
  return (
    <AriaForm className={className} validationErrors={errors} onSubmit={submit}>
      {children}
    </AriaForm>
  );
}
