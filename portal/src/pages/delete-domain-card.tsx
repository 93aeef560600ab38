import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useDeleteDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { useAnnounce } from '../components/announcer';
import { Button } from '../components/button';
import { Card } from '../components/card';
import { ConfirmDialog } from '../components/confirm-dialog';

export function DeleteDomainCard({ domain }: { readonly domain: Domain }) {
  const remove = useDeleteDomain(domain.domainId);
  const announce = useAnnounce();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  return (
    <Card
      title="Delete the domain"
      tone="danger"
      description="Ends all its licenses and removes its users, groups, keys and history."
      action={
        <Button look="danger" onPress={() => setAsking(true)}>
          Delete domain
        </Button>
      }
    >
      <ConfirmDialog
        title={`Delete ${domain.name}?`}
        confirm="Delete for good"
        typeAgain={{ label: `Type “${domain.name}” to confirm`, text: domain.name }}
        isOpen={asking}
        isPending={remove.isPending}
        error={remove.error}
        onClose={() => setAsking(false)}
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
          {domain.counts.users} users and {domain.counts.activeLicenses} active licenses go with it. Nobody
          can bring them back.
        </p>
      </ConfirmDialog>
    </Card>
  );
}
