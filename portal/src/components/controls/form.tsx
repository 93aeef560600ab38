import type { FormEvent, ReactNode } from 'react';
import { Form as AriaForm } from 'react-aria-components';

interface FormProps {
  readonly className?: string;
  /** If true, the form ignores further submissions, also by Enter. */
  readonly isPending: boolean;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

export function Form({ className, isPending, onSubmit, children }: FormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) onSubmit();
  };
  return (
    <AriaForm className={className} onSubmit={submit}>
      {children}
    </AriaForm>
  );
}
