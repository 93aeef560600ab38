import { useState } from 'react';
import { Button } from '../components/controls/button';
import { CopyFields } from '../connections/copy-fields';
import { Dialog } from '../components/controls/dialog';
import { Notice } from '../components/display/notice';
import type { ConnectionValue } from '../format/connection-values';
import { SecretField } from './secret-field';
import { useLeaveGuard } from './use-leave-guard';
import { t } from './messages';

interface ShownOnceDialogProps {
  /** The secret, with the label of its field. */
  readonly secret: ConnectionValue;
  readonly kind: 'scimKey' | 'clientSecret' | 'signingSecret' | 'eventsToken';
  /** Says where to paste the secret. */
  readonly description: string;
  /** The values that the user pastes into the same form. */
  readonly values: readonly ConnectionValue[];
  readonly onClose: () => void;
}

/**
 * Shows a secret once. Only its button closes the dialog, and asks for confirmation if the secret was not
 * copied.
 */
export function ShownOnceDialog({ secret, kind, description, values, onClose }: ShownOnceDialogProps) {
  const [isCopied, setCopied] = useState(false);
  const [isClosing, setClosing] = useState(false);
  const page = useLeaveGuard(!isCopied);
  const needsConfirmation = (isClosing || page.isLeaving) && !isCopied;
  return (
    <Dialog title={t(`new.${kind}`)} onClose={onClose} isDismissable={false}>
      <div className="dialog-body">
        <Notice tone="warning" title={t(`copyNow.${kind}`)}>
          <p>{t(kind === 'eventsToken' ? 'shownOnceReplace' : 'shownOnceRevoke')}</p>
        </Notice>
        <CopyFields values={values} />
        <SecretField
          {...secret}
          noun={t(`noun.${kind}`)}
          description={description}
          onCopy={() => setCopied(true)}
        />
        {needsConfirmation && (
          <Notice tone="bad" title={t(`notCopied.${kind}`)} isAlert>
            <p>{t(`lost.${kind}`)}</p>
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
              {t('keepOpen')}
            </Button>
            <Button variant="danger" onPress={page.isLeaving ? page.leave : onClose}>
              {t('closeWithoutCopying')}
            </Button>
          </>
        ) : (
          <Button variant="primary" onPress={isCopied ? onClose : () => setClosing(true)}>
            {t('done')}
          </Button>
        )}
      </footer>
    </Dialog>
  );
}
