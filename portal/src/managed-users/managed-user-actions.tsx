import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useActivateUser, useDeleteUser } from '../api/managed-users';
import type { UserDetail } from '../api/schema';
import { Button } from '../components/controls/button';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { ProblemNotice } from '../components/display/problem-notice';
import { visible } from '../format/visible';
import { useAnnounce } from '../layout/announcer';
import { useAccess } from '../session/access';
import { t } from './messages';
import { UserFormDialog } from './user-form-dialog';

/**
 * The actions on a user whom the owner may manage manually. Shows none for a user of a connection while SCIM
 * is on.
 */
export function ManagedUserActions({ detail: { user, values } }: { readonly detail: UserDetail }) {
  const { domain } = useAccess();
  const announce = useAnnounce();
  const activate = useActivateUser(domain.domainId);
  const [open, setOpen] = useState<'edit' | 'delete'>();
  const isScimOn = domain.scimAvailable && domain.scimEnabled;
  if (user.managedBy === 'connection' && isScimOn) return null;
  const close = () => setOpen(undefined);
  return (
    <>
      <Button onPress={() => setOpen('edit')}>{t('edit')}</Button>
      {!user.active && (
        <Button
          isPending={activate.isPending}
          onPress={() =>
            activate.mutate(user.userId, {
              onSuccess: () => announce(t('nameWasActivated', { name: visible(user.userName) })),
            })
          }
        >
          {t('activate')}
        </Button>
      )}
      <Button variant="danger" onPress={() => setOpen('delete')}>
        {t('delete')}
      </Button>
      {activate.error && <ProblemNotice error={activate.error} />}
      {open === 'edit' && <UserFormDialog user={{ userId: user.userId, values }} onClose={close} />}
      {open === 'delete' && <DeleteUserDialog user={user} onClose={close} />}
    </>
  );
}

interface DeleteUserDialogProps {
  readonly user: UserDetail['user'];
  readonly onClose: () => void;
}

function DeleteUserDialog({ user, onClose }: DeleteUserDialogProps) {
  const { domain } = useAccess();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const name = visible(user.displayName ?? user.userName);
  const remove = useDeleteUser(domain.domainId, () => {
    announce(t('nameWasDeleted', { name }));
    void navigate('..');
  });
  return (
    <ConfirmDialog
      title={t('deleteName', { name })}
      confirmLabel={t('deleteUser')}
      isPending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() => remove.mutate(user.userId)}
    >
      <p>{t('deletionEndsLicense')}</p>
    </ConfirmDialog>
  );
}
