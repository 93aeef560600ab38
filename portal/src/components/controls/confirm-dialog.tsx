import { type ReactNode, useState } from 'react';
import { FormDialog } from './form-dialog';
import { TextField } from './text-field';

interface ConfirmDialogProps {
  readonly title: string;
  /** The consequences of the action. */
  readonly children: ReactNode;
  /** The label of the button that confirms. */
  readonly confirmLabel: string;
  /** The text that the user must type first. */
  readonly typedConfirmation?: { readonly label: string; readonly text: string };
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks for confirmation before an action that ends access or a license. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirmLabel, typedConfirmation, isPending, error, onConfirm, onClose } = props;
  const [typed, setTyped] = useState('');
  const isTyped = !typedConfirmation || typed === typedConfirmation.text;
  return (
    <FormDialog
      title={title}
      help={undefined}
      submitLabel={confirmLabel}
      variant="danger"
      role="alertdialog"
      request={{ isPending, error }}
      isComplete={isTyped}
      onSubmit={onConfirm}
      onClose={onClose}
    >
      {children}
      {typedConfirmation && (
        <TextField label={typedConfirmation.label} value={typed} onChange={setTyped} autoComplete="off" />
      )}
    </FormDialog>
  );
}
