import { useGenerateKey } from '../api/keys';
import { Button } from '../components/button';
import { Dialog } from '../components/dialog';
import { Notice } from '../components/notice';
import { SecretField } from '../components/secret-field';
import { useAccess } from '../session/access';
import { NewKeyForm } from './new-key-form';

/** Asks for a name and an expiry, then shows the key for the only time. */
export function GenerateKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const { domain } = useAccess();
  const generate = useGenerateKey(domain.domainId);
  const generated = generate.data;
  if (!generated) {
    return (
      <Dialog title="Generate new API key" isOpen onClose={onClose}>
        <NewKeyForm
          error={generate.error}
          isPending={generate.isPending}
          onSubmit={(key) => generate.mutate(key)}
          onCancel={onClose}
        />
      </Dialog>
    );
  }
  return (
    // Closed by its button alone: what is shown here is not shown again.
    <Dialog title="Your new API key" isOpen onClose={onClose} isDismissable={false}>
      <div className="dialog-body">
        <Notice tone="warning" title="Copy the key now">
          <p>It will not be shown again. If you lose it, revoke it and generate another.</p>
        </Notice>
        <SecretField label={`API key “${generated.key.name}”`} value={generated.token} what="API key" />
        <p className="subtle">Paste it into your identity provider as the bearer token, the whole of it.</p>
      </div>
      <footer className="dialog-footer">
        <Button look="primary" onPress={onClose}>
          I have copied the key
        </Button>
      </footer>
    </Dialog>
  );
}
