import { useGenerateKey } from '../api/keys';
import type { Connection } from '../api/schema';
import { Dialog } from '../components/controls/dialog';
import { newCredentialName } from '../format/connection';
import { scimUrlValue } from '../format/connection-values';
import { useConnectionAccess } from '../session/access';
import { GenerateKeyForm } from './generate-key-form';
import { GeneratedKeyDialog } from './generated-key-dialog';

interface GenerateKeyDialogProps {
  readonly connection: Connection;
  readonly onClose: () => void;
}

/** Asks for a name and an expiry, then shows the key once. */
export function GenerateKeyDialog({ connection, onClose }: GenerateKeyDialogProps) {
  const { domain } = useConnectionAccess();
  const { connectionId } = connection;
  const generate = useGenerateKey(domain.domainId);
  if (generate.data) {
    const url = scimUrlValue(connection);
    return <GeneratedKeyDialog generated={generate.data} url={url} onClose={onClose} />;
  }
  return (
    // If the user closed the dialog before the response, nobody would ever see the key.
    <Dialog title="Generate SCIM key" onClose={onClose} isDismissable={!generate.isPending}>
      <GenerateKeyForm
        initialName={newCredentialName(connection)}
        error={generate.error}
        isPending={generate.isPending}
        onSubmit={(key) => generate.mutate({ ...key, connectionId })}
        onCancel={onClose}
      />
    </Dialog>
  );
}
