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

export function DeleteDomainDialog({ domain, onClose }: DeleteDomainDialogProps) {
  const remove = useDeleteDomain(domain.domainId);
  const announce = useAnnounce();
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      title={`Delete ${domain.name}?`}
      confirmLabel="Delete for good"
      typedConfirmation={{ label: `Type “${domain.name}” to confirm`, text: domain.name }}
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

export function DeleteDomainCard({ domain }: { readonly domain: Domain }) {
  const [asking, setAsking] = useState(false);
  return (
    <Card
      title="Delete the domain"
      tone="danger"
      description="Ends all its licenses and removes its users, groups, keys and history."
      action={
        <Button variant="danger" onPress={() => setAsking(true)}>
          Delete domain
        </Button>
      }
    >
      {asking && <DeleteDomainDialog domain={domain} onClose={() => setAsking(false)} />}
    </Card>
  );
}
