import { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { useAnnounce } from '../layout/announcer';
import { ConfirmDialog } from '../components/controls/confirm-dialog';

interface DisableScimDialogProps {
  readonly domain: Domain;
  readonly onClose: () => void;
}

export function DisableScimDialog({ domain, onClose }: DisableScimDialogProps) {
  const change = useChangeDomain(domain.domainId);
  const announce = useAnnounce();
  return (
    <ConfirmDialog
      title="Disable SCIM?"
      confirmLabel="Disable SCIM"
      isPending={change.isPending}
      error={change.error}
      onClose={onClose}
      onConfirm={() =>
        change.mutate(
          { scimEnabled: false },
          {
            onSuccess: () => {
              announce('SCIM is disabled. Requests are now refused.');
              onClose();
            },
          },
        )
      }
    >
      <p>All requests from your identity provider will be refused, and it will report errors.</p>
      <p>
        Users and licenses do not change, and all credentials stay valid. You can enable SCIM again at any
        time.
      </p>
    </ConfirmDialog>
  );
}
