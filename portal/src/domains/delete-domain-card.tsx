import { useState } from 'react';
import type { Domain } from '../api/schema';
import { Button } from '../components/controls/button';
import { Card } from '../components/display/card';
import { useNavigate } from 'react-router';
import { useDeleteDomain } from '../api/domains';
import { useAnnounce } from '../layout/announcer';
import { ConfirmDialog } from '../components/controls/confirm-dialog';

interface DeleteDomainDialogProps {
  readonly domain: Domain;
  readonly onClose: () => void;
}

function DeleteDomainDialog({ domain, onClose }: DeleteDomainDialogProps) {
  const remove = useDeleteDomain(domain.domainId);
  const announce = useAnnounce();
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      title={`Delete ${domain.name}?`}
      confirmLabel="Delete permanently"
      typedConfirmation={{ label: `Type “${domain.name}” to confirm`, text: domain.name }}
      isPending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(domain.name, {
          onSuccess: () => {
            announce(`${domain.name} was deleted.`);
            void navigate('/domains');
          },
        })
      }
    >
      <p>
        This deletes all users ({domain.counts.users}) and ends all active licenses (
        {domain.counts.activeLicenses}). You cannot undo this.
      </p>
    </ConfirmDialog>
  );
}

export function DeleteDomainCard({ domain }: { readonly domain: Domain }) {
  const [confirming, setConfirming] = useState(false);
  return (
    <Card
      title="Delete domain"
      tone="danger"
      description="Ends all licenses of the domain, and deletes its users, groups, keys, and history."
      action={
        <Button variant="danger" onPress={() => setConfirming(true)}>
          Delete domain
        </Button>
      }
    >
      {confirming && <DeleteDomainDialog domain={domain} onClose={() => setConfirming(false)} />}
    </Card>
  );
}
