import { type ReactNode, useState } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';
import { Form } from './form';
import { ProblemNotice } from '../display/problem-notice';
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
    <Dialog title={title} onClose={onClose} isDismissable={!isPending} role="alertdialog">
      <Form isPending={isPending} onSubmit={() => isTyped && onConfirm()}>
        <div className="dialog-body">
          {children}
          {typedConfirmation && (
            <TextField label={typedConfirmation.label} value={typed} onChange={setTyped} autoComplete="off" />
          )}
          {error !== null && <ProblemNotice error={error} />}
        </div>
        <footer className="dialog-footer">
          <Button isDisabled={isPending} onPress={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="danger" isPending={isPending} isDisabled={!isTyped}>
            {confirmLabel}
          </Button>
        </footer>
      </Form>
    </Dialog>
  );
}
