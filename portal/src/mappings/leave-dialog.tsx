import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { useLeaveGuard } from '../credentials/use-leave-guard';
import { t } from './messages';

/** Keeps the page while it is rendered: asks before the owner leaves it with unsaved changes. */
export function LeaveDialog() {
  const { isLeaving, leave, stay } = useLeaveGuard(true);
  if (!isLeaving) return null;
  return (
    <ConfirmDialog
      title={t('discardYourChanges')}
      confirmLabel={t('discardChanges')}
      isPending={false}
      error={null}
      onConfirm={leave}
      onClose={stay}
    >
      <p>{t('changesMappingsNotSavedLeave')}</p>
    </ConfirmDialog>
  );
}
