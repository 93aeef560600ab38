import { type ReactNode, useState } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';
import { ProblemNotice } from './problem-notice';
import { TextField } from './text-field';

interface ConfirmDialogProps {
  readonly title: string;
  /** What follows from it. */
  readonly children: ReactNode;
  /** On the button that does it. */
  readonly confirm: string;
  /** What has to be typed first. */
  readonly typeAgain?: { readonly label: string; readonly text: string };
  readonly isOpen: boolean;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that ends an access or a license. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirm, typeAgain, isOpen, isPending, error, onConfirm, onClose } = props;
  const [typed, setTyped] = useState('');
  const isTyped = !typeAgain || typed === typeAgain.text;
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} role="alertdialog">
      <div className="dialog-body">
        {children}
        {typeAgain && (
          <TextField label={typeAgain.label} value={typed} onChange={setTyped} autoComplete="off" />
        )}
        {error !== null && <ProblemNotice error={error} />}
      </div>
      <footer className="dialog-footer">
        <Button onPress={onClose}>Cancel</Button>
        <Button look="danger" isPending={isPending} isDisabled={!isTyped} onPress={onConfirm}>
          {confirm}
        </Button>
      </footer>
    </Dialog>
  );
}
