import { useRevokeKey } from '../api/keys';
import type { ScimKey } from '../api/schema';
import { useAnnounce } from '../layout/announcer';
import { ConfirmDialog } from '../components/controls/confirm-dialog';

interface RevokeKeyDialogProps {
  readonly domainId: string;
  readonly scimKey: ScimKey;
  readonly onClose: () => void;
}

export function RevokeKeyDialog({ domainId, scimKey, onClose }: RevokeKeyDialogProps) {
  const revoke = useRevokeKey(domainId);
  const announce = useAnnounce();
  return (
    <ConfirmDialog
      title={`Revoke “${scimKey.name}”?`}
      confirmLabel="Revoke key"
      isPending={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() =>
        revoke.mutate(scimKey.keyId, {
          onSuccess: () => {
            announce(`The key “${scimKey.name}” was revoked.`);
            onClose();
          },
        })
      }
    >
      <p>Requests with this key are refused immediately. You cannot undo this.</p>
      <p>If a connection still uses the key, generate a new key and enter it there first.</p>
    </ConfirmDialog>
  );
}
