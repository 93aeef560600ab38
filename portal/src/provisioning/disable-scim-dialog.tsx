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
              announce('SCIM is disabled. Requests are refused from now on.');
              onClose();
            },
          },
        )
      }
    >
      <p>From then on every request of your identity provider is refused, and it will report errors.</p>
      <p>Users and licenses stay as they are. You can enable it again at any time; the API keys stay good.</p>
    </ConfirmDialog>
  );
}
