import { useState } from 'react';
import { Button } from '../components/controls/button';
import { CopyFields } from '../connections/copy-fields';
import { Dialog } from '../components/controls/dialog';
import { Notice } from '../components/display/notice';
import type { ConnectionValue } from '../format/connection-values';
import { SecretField } from './secret-field';
import { useLeaveGuard } from './use-leave-guard';

interface ShownOnceDialogProps {
  /** The secret, with the label of its field. */
  readonly secret: ConnectionValue;
  /** The kind of the secret. */
  readonly noun: 'SCIM key' | 'client secret' | 'signing secret' | 'events token';
  /** Says where to paste the secret. */
  readonly description: string;
  /** The values that the user pastes into the same form. */
  readonly values: readonly ConnectionValue[];
  readonly onClose: () => void;
}

/** Shows a secret once. Only its button closes the dialog, and asks for confirmation if the secret was not copied. */
export function ShownOnceDialog({ secret, noun, description, values, onClose }: ShownOnceDialogProps) {
  const [isCopied, setCopied] = useState(false);
  const [isClosing, setClosing] = useState(false);
  const page = useLeaveGuard(!isCopied);
  const needsConfirmation = (isClosing || page.isLeaving) && !isCopied;
  // Its last word: key, secret, or token.
  const shortNoun = noun.split(' ').at(-1);
  const remedy = noun === 'events token' ? 'replace it' : 'revoke it and generate a new one';
  return (
    <Dialog title={`Your new ${noun}`} onClose={onClose} isDismissable={false}>
      <div className="dialog-body">
        <Notice tone="warning" title={`Copy the ${shortNoun} now`}>
          <p>It will not be shown again. If you lose it, {remedy}.</p>
        </Notice>
        <CopyFields values={values} />
        <SecretField {...secret} noun={noun} description={description} onCopy={() => setCopied(true)} />
        {needsConfirmation && (
          <Notice tone="bad" title={`You have not copied the ${shortNoun}`} isAlert>
            <p>
              If you close the dialog now, the {shortNoun} is lost. You would have to {remedy}.
            </p>
          </Notice>
        )}
      </div>
      <footer className="dialog-footer">
        {needsConfirmation ? (
          <>
            <Button
              onPress={() => {
                setClosing(false);
                page.stay();
              }}
            >
              Keep open
            </Button>
            <Button variant="danger" onPress={page.isLeaving ? page.leave : onClose}>
              Close without copying
            </Button>
          </>
        ) : (
          <Button variant="primary" onPress={isCopied ? onClose : () => setClosing(true)}>
            Done
          </Button>
        )}
      </footer>
    </Dialog>
  );
}
