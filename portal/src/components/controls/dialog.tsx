import type { ReactNode } from 'react';
import { Button, Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Icon } from '../display/icon';
import { t } from './messages';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** If true, Escape, a press outside the dialog, and a close button close it. @default true */
  readonly isDismissable?: boolean;
  /** @default 'dialog' */
  readonly role?: 'dialog' | 'alertdialog';
  /** @default 'center' */
  readonly place?: 'center' | 'side';
  readonly children: ReactNode;
}

/** A dialog that is open while it is rendered. When it closes, the focus returns to its previous place. */
export function Dialog(props: DialogProps) {
  const { title, onClose, isDismissable = true, role, place = 'center', children } = props;
  return (
    <ModalOverlay
      className={`overlay overlay-${place}`}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={!isDismissable}
    >
      <Modal className={`modal modal-${place}`}>
        <AriaDialog className="dialog" role={role}>
          <header className="dialog-header">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {isDismissable && (
              <Button className="icon-button" aria-label={t('close')} onPress={onClose}>
                <Icon name="close" />
              </Button>
            )}
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
