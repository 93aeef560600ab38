import type { Subscription } from '../api/schema';
import { ShownOnceDialog } from '../credentials/shown-once-dialog';
import { useAccess } from '../session/access';
import { receiverValues } from './subscription-values';
import { t } from './messages';

interface SecretDialogProps {
  readonly value: string;
  readonly onClose: () => void;
}

/** Shows a signing secret once. */
export const SecretDialog = ({ value, onClose }: SecretDialogProps) => (
  <ShownOnceDialog
    secret={{ label: t('signingSecret'), value }}
    kind="signingSecret"
    description={t('enterReceiverVerifiesEachMessage')}
    values={[]}
    onClose={onClose}
  />
);

interface TokenDialogProps extends SecretDialogProps {
  readonly subscription: Subscription;
}

/** Shows a token once, next to the values that the product or the receiver needs besides. */
export function TokenDialog({ subscription, value, onClose }: TokenDialogProps) {
  const { domain } = useAccess();
  return (
    <ShownOnceDialog
      secret={{ label: t('eventsToken'), value }}
      kind="eventsToken"
      description={
        subscription.kind === 'setPoll' ? t('enterReceiverSendsBearerToken') : t('enterProductReadsEvents')
      }
      values={receiverValues(subscription, domain.domainId)}
      onClose={onClose}
    />
  );
}
