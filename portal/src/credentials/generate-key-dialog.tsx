import { useGenerateKey } from '../api/keys';
import { Dialog } from '../components/controls/dialog';
import { useAccess } from '../session/access';
import { GenerateKeyForm } from './generate-key-form';
import { type ConnectionUrl, GeneratedKeyDialog } from './generated-key-dialog';

interface GenerateKeyDialogProps {
  /** Shown beside the key, as it is pasted into the same form. */
  readonly url: ConnectionUrl;
  readonly onClose: () => void;
}

/** Asks for a name and an expiry, then shows the key for the only time. */
export function GenerateKeyDialog({ url, onClose }: GenerateKeyDialogProps) {
  const { domain } = useAccess();
  const generate = useGenerateKey(domain.domainId);
  if (generate.data) return <GeneratedKeyDialog generated={generate.data} url={url} onClose={onClose} />;
  return (
    // Closed while the key is on its way, it would never be seen.
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
