import { type ReactNode, useState } from 'react';
import type { Subscription } from '../api/schema';
import { useChangeSubscription, useDeleteSubscription } from '../api/subscriptions';
import { Button } from '../components/controls/button';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { ProblemNotice } from '../components/display/problem-notice';
import { visible } from '../format/visible';
import { useAccess } from '../session/access';
import { EditSubscriptionDialog } from './edit-subscription-dialog';
import { t } from './messages';

interface SubscriptionActionsProps {
  readonly subscription: Subscription;
  /** The actions of its kind. */
  readonly children?: ReactNode;
}

/** The buttons that edit, pause, and delete a subscription, after those of its kind. Viewers see none. */
export function SubscriptionActions({ subscription, children }: SubscriptionActionsProps) {
  const { domain, mayChange } = useAccess();
  const change = useChangeSubscription({ domainId: domain.domainId, ...subscription });
  const [deleting, setDeleting] = useState(false);
  const [editing, setEditing] = useState(false);
  if (!mayChange) return null;
  const isPaused = subscription.state === 'paused';
  return (
    <>
      {change.error && <ProblemNotice error={change.error} />}
      <div className="button-row">
        {children}
        <Button variant="quiet" onPress={() => setEditing(true)}>
          {t('edit')}
        </Button>
        <Button
          variant="quiet"
          isDisabled={change.isPending}
          onPress={() => change.mutate({ state: isPaused ? 'active' : 'paused' })}
        >
          {isPaused ? t('resume') : t('pause')}
        </Button>
        <Button variant="quiet" onPress={() => setDeleting(true)}>
          {t('delete')}
        </Button>
      </div>
      {editing && <EditSubscriptionDialog subscription={subscription} onClose={() => setEditing(false)} />}
      {deleting && <DeleteDialog subscription={subscription} onClose={() => setDeleting(false)} />}
    </>
  );
}

interface DeleteDialogProps {
  readonly subscription: Subscription;
  readonly onClose: () => void;
}

function DeleteDialog({ subscription, onClose }: DeleteDialogProps) {
  const { domain } = useAccess();
  const remove = useDeleteSubscription({ domainId: domain.domainId, ...subscription });
  return (
    <ConfirmDialog
      title={t('deleteTheSubscriptionName', { name: visible(subscription.name) })}
      confirmLabel={t('deleteSubscription')}
      isPending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })}
    >
      <p>{t('getsNoMoreEventsAlso')}</p>
    </ConfirmDialog>
  );
}
