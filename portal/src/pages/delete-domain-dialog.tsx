import { useNavigate } from 'react-router';
import { useDeleteDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { useAnnounce } from '../layout/announcer';
import { ConfirmDialog } from '../components/controls/confirm-dialog';

interface DeleteDomainDialogProps {
  readonly domain: Domain;
  readonly onClose: () => void;
}

export function DeleteDomainDialog({ domain, onClose }: DeleteDomainDialogProps) {
  const remove = useDeleteDomain(domain.domainId);
  const announce = useAnnounce();
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      title={`Delete ${domain.name}?`}
      confirm="Delete for good"
      typeAgain={{ label: `Type “${domain.name}” to confirm`, text: domain.name }}
      isPending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(domain.name, {
          onSuccess: () => {
            announce(`${domain.name} is deleted.`);
            void navigate('/domains');
          },
        })
      }
    >
      <p>
        {domain.counts.users} users and {domain.counts.activeLicenses} active licenses go with it. Nobody can
        bring them back.
      </p>
    </ConfirmDialog>
  );
}
