import type { FormEvent, ReactNode } from 'react';
import { Form as AriaForm } from 'react-aria-components';
import { DocsLink } from '../display/docs-link';
import { t } from './messages';

interface FormProps {
  readonly className?: string;
  /** The help page of the form, as `DocsLink` names it. Undefined if the form is part of one with a link. */
  readonly help: string | undefined;
  /** If true, the form ignores further submissions, also by Enter. */
  readonly isPending: boolean;
  /** The errors of the service, by the names of the fields. Each text disappears when its field changes. */
  readonly errors?: Readonly<Record<string, string>>;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

export function Form({ className, help, isPending, errors, onSubmit, children }: FormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) onSubmit();
  };
  return (
    <AriaForm className={className} validationErrors={errors} onSubmit={submit}>
      {children}
      {help !== undefined && <FormHelp page={help} />}
    </AriaForm>
  );
}

/** The link from a form to its help. `page` is that of a `DocsLink`. */
export const FormHelp = ({ page }: { readonly page: string }) => (
  <DocsLink page={page}>{t('helpOnThisForm')}</DocsLink>
);
