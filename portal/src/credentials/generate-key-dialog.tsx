import { useGenerateKey } from '../api/keys';
import { Dialog } from '../components/controls/dialog';
import { useAccess } from '../session/access';
import { GenerateKeyForm } from './generate-key-form';
import { type ConnectionUrl, GeneratedKeyDialog } from './generated-key-dialog';

interface GenerateKeyDialogProps {
  /** The URL to show next to the key, because the user pastes both into the same form. */
  readonly url: ConnectionUrl;
  readonly onClose: () => void;
}

/** Asks for a name and an expiry, then shows the key once. */
export function GenerateKeyDialog({ url, onClose }: GenerateKeyDialogProps) {
  const { domain } = useAccess();
  const generate = useGenerateKey(domain.domainId);
  if (generate.data) return <GeneratedKeyDialog generated={generate.data} url={url} onClose={onClose} />;
  return (
    // If the user closed the dialog before the response, nobody would ever see the key.
    <Dialog title="Generate new API key" onClose={onClose} isDismissable={!generate.isPending}>
      <GenerateKeyForm
        error={generate.error}
        isPending={generate.isPending}
        onSubmit={(key) => generate.mutate(key)}
        onCancel={onClose}
      />
    </Dialog>
  );
}
