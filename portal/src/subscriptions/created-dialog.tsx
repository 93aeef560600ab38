import type { Subscription } from '../api/schema';
import { ShownOnceDialog } from '../credentials/shown-once-dialog';
import { useAccess } from '../session/access';
import { receiverValues } from './subscription-values';

interface SecretDialogProps {
  readonly value: string;
  readonly onClose: () => void;
}

/** Shows a signing secret once. */
export const SecretDialog = ({ value, onClose }: SecretDialogProps) => (
  <ShownOnceDialog
    secret={{ label: 'Signing secret', value }}
    noun="signing secret"
    description="Enter it in the receiver, which verifies each message with it."
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
      secret={{ label: 'Events token', value }}
      noun="events token"
      description={
        subscription.kind === 'setPoll'
          ? 'Enter it in the receiver, which sends it as a bearer token when it polls.'
          : 'Enter it in the product, which reads the events with it.'
      }
      values={receiverValues(subscription, domain.domainId)}
      onClose={onClose}
    />
  );
}
