import { useState } from 'react';
import type { Domain } from '../api/schema';
import { Button } from '../components/controls/button';
import { Card } from '../components/display/card';
import { useNavigate } from 'react-router';
import { useDeleteDomain } from '../api/domains';
import { useAnnounce } from '../layout/announcer';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { t } from './messages';

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
      title={t('deleteName', { name: domain.name })}
      confirmLabel={t('deletePermanently')}
      typedConfirmation={{ label: t('typeNameToConfirm', { name: domain.name }), text: domain.name }}
      isPending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(domain.name, {
          onSuccess: () => {
            announce(t('nameWasDeleted', { name: domain.name }));
            void navigate('/domains');
          },
        })
      }
    >
      <p>
        {t('deletesAllUsersUsersEnds', {
          users: domain.counts.users,
          activeLicenses: domain.counts.activeLicenses,
        })}
      </p>
    </ConfirmDialog>
  );
}

export function DeleteDomainCard({ domain }: { readonly domain: Domain }) {
  const [confirming, setConfirming] = useState(false);
  return (
    <Card
      title={t('deleteDomain')}
      tone="danger"
      description={t('endsAllLicensesDomainDeletes')}
      action={
        <Button variant="danger" onPress={() => setConfirming(true)}>
          {t('deleteDomain')}
        </Button>
      }
    >
      {confirming && <DeleteDomainDialog domain={domain} onClose={() => setConfirming(false)} />}
    </Card>
  );
}
