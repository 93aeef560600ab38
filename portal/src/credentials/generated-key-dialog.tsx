import { useState } from 'react';
import type { GeneratedScimKey } from '../api/schema';
import { Button } from '../components/controls/button';
import { CopyField } from '../components/controls/copy-field';
import { Dialog } from '../components/controls/dialog';
import { Notice } from '../components/display/notice';
import { SecretField } from './secret-field';
import { useLeaveGuard } from './use-leave-guard';

/** The URL for an identity provider, with its label there. */
export interface ConnectionUrl {
  readonly label: string;
  readonly value: string;
}

interface GeneratedKeyDialogProps {
  readonly generated: GeneratedScimKey;
  readonly url: ConnectionUrl;
  readonly onClose: () => void;
}

/**
 * Shows a key once. Only its button closes the dialog, and asks for confirmation if the key was not copied.
 */
export function GeneratedKeyDialog({ generated: { key, token }, url, onClose }: GeneratedKeyDialogProps) {
  const [isCopied, setCopied] = useState(false);
  const [isClosing, setClosing] = useState(false);
  const page = useLeaveGuard(!isCopied);
  const needsConfirmation = (isClosing || page.isLeaving) && !isCopied;
  return (
    <Dialog title="Your new API key" onClose={onClose} isDismissable={false}>
      <div className="dialog-body">
        <Notice tone="warning" title="Copy the key now">
          <p>It will not be shown again. If you lose it, revoke it and generate a new one.</p>
        </Notice>
        <CopyField label={url.label} noun={url.label} value={url.value} />
        <SecretField
          label={`API key “${key.name}”`}
          value={token}
          noun="API key"
          description="Paste the complete key into your identity provider as the bearer token or secret token."
          onCopy={() => setCopied(true)}
        />
        {needsConfirmation && (
          <Notice tone="bad" title="You have not copied the key" isAlert>
            <p>
              If you close the dialog now, the key is lost. You would have to revoke it and generate a new
              one.
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
